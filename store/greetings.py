"""What must be known of a call before its first words, asked with one question."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, true

from store.announcements import IN_FORCE, korean_first
from store.driven import Driven
from store.tickets import NEWEST_OPEN_OF
from switchboard.doors import Announcement, Greeting
from tickets.number import TicketNumber

_announced = IN_FORCE.subquery("announced")
_open_of = select(NEWEST_OPEN_OF.scalar_subquery().label("open_ticket")).subquery("open_of")
_GREETING = Driven(
    select(_open_of.c.open_ticket, _announced.c.language, _announced.c.words, _announced.c.until_at)
    .select_from(_open_of.outerjoin(_announced, true()))
    .order_by(*korean_first(_announced.c))
)


@dataclass(frozen=True)
class StoredGreetings:
    connection: Connection

    def of(self, national: str | None, now: datetime) -> Greeting:
        rows = _GREETING.rows(self.connection, {"national": national, "now": now})
        ticket = rows[0].open_ticket
        announced = [Announcement(row.language, row.words, row.until_at) for row in rows if row.words is not None]
        return Greeting(announced, None if ticket is None else TicketNumber(ticket))
