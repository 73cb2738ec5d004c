"""A ticket to stand on."""

from datetime import UTC, datetime

import pytest

from calls.call import CallId
from calls.telephone_number import read_number
from directory.model import AgentId, DeskId
from ivr.intake import Category, Intake
from tickets.life import TicketState
from tickets.number import make_number
from tickets.promise import promised
from tickets.ticket import Ticket

TUESDAY_AT_10 = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def ticket() -> Ticket:
    """A case of icg_1 at center:ICG, received on a Tuesday at 10:00, which may be passed on."""
    return Ticket(
        number=make_number(2026, 1),
        call_id=CallId("CA1"),
        line="1379",
        dialed="1379",
        caller=read_number("0317801234", {}),
        intake=Intake(category=Category.TECHNICAL_DIFFICULTY, consent=True),
        desk=DeskId("center:ICG"),
        agent=AgentId("icg_1"),
        state=TicketState.ASSIGNED,
        received_at=TUESDAY_AT_10,
        promise=promised(TUESDAY_AT_10, []),
    )
