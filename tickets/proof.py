"""Whether a caller may hear how a case stands: by the number they call from, or by the end of the number they left.

Nothing tells a wrong number from a wrong proof, and tries are few: by call, by caller and by the number that is tried.
Why the end of a telephone number, and not a code told at receipt: docs/adr/0020.
"""

from dataclasses import dataclass
from datetime import timedelta

from calls.telephone_number import NumberKind, TelephoneNumber, can_be_called_back
from tickets.ticket import Ticket

MOST_IN_CALL = 3
MOST_OF_CALLER = 6
MOST_FOR_TICKET = 9
WITHIN = timedelta(hours=1)  # for a caller and for a number tried; a call counts whole
_NOT_LEFT = frozenset(
    {NumberKind.WITHHELD, NumberKind.UNKNOWN, NumberKind.STATION, NumberKind.SPECIAL, NumberKind.RELAY}
)
_CODE_DIGITS = 4


@dataclass(frozen=True)
class FailedTries:
    """How often a proof failed lately."""

    in_call: int
    of_caller: int
    for_ticket: int


def may_try(failed: FailedTries) -> bool:
    return failed.in_call < MOST_IN_CALL and failed.of_caller < MOST_OF_CALLER and failed.for_ticket < MOST_FOR_TICKET


def calls_from_its_number(ticket: Ticket, caller: TelephoneNumber) -> bool:
    """Say whether the caller's number is one of the case's; a number many people share proves nobody."""
    return can_be_called_back(caller) and caller.national in numbers_left(ticket)


def is_proven_by(ticket: Ticket | None, code: str | None) -> bool:
    """Say whether these are the last digits of a number left with the case. An unknown case is never proven."""
    return ticket is not None and code in {number[-_CODE_DIGITS:] for number in numbers_left(ticket)}


def numbers_left(ticket: Ticket) -> frozenset[str]:
    called_from = None if ticket.caller.kind in _NOT_LEFT else ticket.caller.national
    return frozenset(number for number in (called_from, ticket.intake.callback_number) if number)
