"""Questions to institutes: one awaited at a time of each institute in a case, guarded by a partial unique index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from directory.model import InstituteCode
from store.case_tables import referrals
from store.columns import is_word
from store.inserts import insert_if_new
from store.moves import move
from tickets.life import AWAITED, REFERRAL, ReferralEvent, ReferralState
from tickets.number import TicketNumber
from tickets.referral import Referral

_AWAITED = referrals.c.state.in_([str(state) for state in AWAITED])


@dataclass(frozen=True)
class StoredReferrals:
    connection: Connection

    def ask(
        self, ticket: TicketNumber, institute: InstituteCode, question: str, by: str, at: datetime, due_at: datetime
    ) -> Referral | None:
        row = {
            "ticket": ticket,
            "institute": institute,
            "question": question,
            "state": str(ReferralState.ASKED),
            "asked_at": at,
            "asked_by": by,
            "due_at": due_at,
        }
        return self.awaited_of(ticket, institute) if insert_if_new(self.connection, referrals, row) else None

    def get(self, referral_id: int) -> Referral | None:
        return self._first(referrals.c.id == referral_id)

    def of(self, ticket: TicketNumber) -> Sequence[Referral]:
        return self._all(referrals.c.ticket == ticket)

    def awaited(self, ticket: TicketNumber) -> Sequence[Referral]:
        return self._all(referrals.c.ticket == ticket, _AWAITED)

    def awaited_of(self, ticket: TicketNumber, institute: InstituteCode) -> Referral | None:
        return self._first(referrals.c.ticket == ticket, referrals.c.institute == institute, _AWAITED)

    def end(self, referral_id: int, event: ReferralEvent, by: str, answer: str, at: datetime) -> bool:
        changes = {"ended_at": at, "ended_by": by, "answer": answer}
        return move(self.connection, referrals, referral_id, REFERRAL, event, changes=changes)

    def due(self, now: datetime, most: int) -> Sequence[Referral]:
        rows = self.connection.execute(
            select(referrals)
            .where(is_word(referrals.c.state, ReferralState.ASKED), referrals.c.due_at <= now)
            .order_by(referrals.c.due_at, referrals.c.id)
            .limit(most)
        )
        return [_referral(row) for row in rows]

    def lapse(self, referral_id: int) -> bool:
        return move(self.connection, referrals, referral_id, REFERRAL, ReferralEvent.LAPSED)

    def _first(self, *conditions: Any) -> Referral | None:
        row = self.connection.execute(select(referrals).where(*conditions)).one_or_none()
        return None if row is None else _referral(row)

    def _all(self, *conditions: Any) -> Sequence[Referral]:
        rows = self.connection.execute(select(referrals).where(*conditions).order_by(referrals.c.id))
        return [_referral(row) for row in rows]


def _referral(row: Row[Any]) -> Referral:
    return Referral(
        id=row.id,
        ticket=TicketNumber(row.ticket),
        institute=InstituteCode(row.institute),
        question=row.question,
        state=ReferralState(row.state),
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        due_at=row.due_at,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        answer=row.answer,
    )
