"""The doors to what is kept around a case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from calls.telephone_number import TelephoneNumber
from directory.model import InstituteCode
from tickets.business_number import BusinessNumber
from tickets.company import Company
from tickets.follow_up import FollowUp, FollowUpResult
from tickets.life import FollowUpState, ReferralEvent
from tickets.note import Note
from tickets.number import TicketNumber
from tickets.referral import Referral
from tickets.ticket import CompanyId


class Notes(Protocol):
    def add(self, note: Note) -> int: ...

    def of(self, ticket: TicketNumber) -> Sequence[Note]:
        """Return a case's notes, the oldest first."""


class Referrals(Protocol):
    def ask(
        self, ticket: TicketNumber, institute: InstituteCode, question: str, by: str, at: datetime, due_at: datetime
    ) -> Referral | None:
        """Put a question to an institute, or return None when it is asked in this case already."""

    def get(self, referral_id: int) -> Referral | None: ...

    def of(self, ticket: TicketNumber) -> Sequence[Referral]: ...

    def awaited(self, ticket: TicketNumber) -> Sequence[Referral]: ...

    def awaited_of(self, ticket: TicketNumber, institute: InstituteCode) -> Referral | None: ...

    def end(self, referral_id: int, event: ReferralEvent, by: str, answer: str, at: datetime) -> bool: ...

    def due(self, now: datetime, most: int) -> Sequence[Referral]: ...

    def lapse(self, referral_id: int) -> bool: ...


class FollowUps(Protocol):
    def plan(self, ticket: TicketNumber, round_: int, days: int, due_at: datetime) -> bool: ...

    def get(self, follow_up_id: int) -> FollowUp | None: ...

    def of(self, ticket: TicketNumber) -> Sequence[FollowUp]: ...

    def in_state(self, *states: FollowUpState) -> Sequence[FollowUp]: ...

    def due(self, now: datetime, most: int) -> Sequence[FollowUp]:
        """Return those planned for now or before."""

    def put_off(self, follow_up: FollowUp, due_at: datetime) -> bool: ...

    def fall_due(self, follow_up_id: int) -> bool: ...

    def again(self, follow_up: FollowUp, due_at: datetime) -> bool:
        """Plan a call that is due and reached nobody once more, and count it."""

    def done(self, follow_up_id: int, result: FollowUpResult, by: str, at: datetime) -> bool: ...

    def drop(self, follow_up_id: int) -> bool: ...


class Companies(Protocol):
    def add(self, name: str, business_number: BusinessNumber | None, by: str, at: datetime) -> CompanyId | None:
        """Add a record, or return None when there is one with this business number."""

    def get(self, company_id: CompanyId) -> Company | None:
        """Return a record, merged or not, locked until the transaction is over unless it only reads."""

    def of_business_number(self, number: BusinessNumber) -> Company | None: ...

    def of_number(self, national: str) -> Sequence[Company]: ...

    def resembling(self, name: str, numbers: Sequence[str]) -> Sequence[Company]:
        """Return the records that might be of a company with this name or one of these numbers."""

    def keep(self, company: Company) -> None: ...

    def add_number(self, company_id: CompanyId, national: str, by: str, at: datetime) -> bool: ...

    def remove_number(self, company_id: CompanyId, national: str) -> bool: ...

    def bar(self, company_id: CompanyId, institute: InstituteCode, reason: str, by: str, at: datetime) -> bool: ...

    def unbar(self, company_id: CompanyId, institute: InstituteCode) -> bool: ...

    def merge(self, gone: Company, into: Company) -> bool: ...

    def do_not_route(self, number: TelephoneNumber, company_id: CompanyId | None = None) -> frozenset[InstituteCode]:
        """Return the institutes that must not be told of this caller, by any company of the number or by this one."""
