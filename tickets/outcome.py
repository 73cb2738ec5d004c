"""How a case came out: the classes of the source, and which of them suit which service."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from ivr.intake import Category
from tickets.written import CaseError


class OutcomeError(CaseError):
    """An outcome does not fit the case; the message says what would."""


class TicketOutcome(StrEnum):
    HELD_TECHNOLOGY = "held_technology"  # through the researcher who holds it, and its transfer
    RESEARCH_SHORT = "research_short"  # development within three months
    RESEARCH_LONG = "research_long"  # a year or more
    RESEARCH_BETWEEN = "research_between"  # over three months and under a year: the source has no class for it
    INFORMATION_GIVEN = "information_given"
    EQUIPMENT_ARRANGED = "equipment_arranged"  # equipment or a laboratory
    EXCHANGE_ARRANGED = "exchange_arranged"
    TRANSFER_SIGNED = "transfer_signed"
    REFERRED_ELSEWHERE = "referred_elsewhere"  # another agency's line
    NOT_SOLVED = "not_solved"


RESEARCH = frozenset(
    {TicketOutcome.RESEARCH_SHORT, TicketOutcome.RESEARCH_LONG, TicketOutcome.RESEARCH_BETWEEN},
)
SHORT_MONTHS, LONG_MONTHS = 3, 12
LONGEST_RESEARCH_DAYS = 3660

_ALWAYS = frozenset({TicketOutcome.INFORMATION_GIVEN, TicketOutcome.REFERRED_ELSEWHERE, TicketOutcome.NOT_SOLVED})
SUITS: Mapping[Category, frozenset[TicketOutcome]] = {
    Category.TECHNICAL_DIFFICULTY: _ALWAYS
    | RESEARCH
    | {TicketOutcome.HELD_TECHNOLOGY, TicketOutcome.EQUIPMENT_ARRANGED},
    Category.DATABASE_ACCESS: _ALWAYS | {TicketOutcome.EQUIPMENT_ARRANGED},
    Category.PERSONNEL_EXCHANGE: _ALWAYS | {TicketOutcome.EXCHANGE_ARRANGED},
    Category.INFORMATION: _ALWAYS,
    Category.TECHNOLOGY_TRANSFER: _ALWAYS | {TicketOutcome.TRANSFER_SIGNED, TicketOutcome.HELD_TECHNOLOGY},
    Category.OPERATOR: frozenset(TicketOutcome),  # the caller only asked for a person: what they wanted came out later
}


def check_outcome(category: Category | None, outcome: TicketOutcome, research_days: int | None, start: date) -> None:
    """Raise OutcomeError when an outcome does not suit the service, or its class not the length of the development."""
    suits = SUITS[category or Category.OPERATOR]
    if outcome not in suits:
        named = ", ".join(sorted(suits))
        raise OutcomeError(f"{outcome} is no outcome of {category}: expected one of {named}")
    if outcome not in RESEARCH:
        if research_days is not None:
            raise OutcomeError(f"{outcome} is no development, yet {research_days} days are given: expected none")
        return
    if research_days is None:
        raise OutcomeError(f"{outcome} needs the days that the development takes")
    fits = research_class(start, research_days)
    if outcome is not fits:
        raise OutcomeError(f"a development of {research_days} days is not {outcome}: expected {fits}")


def research_class(start: date, days: int) -> TicketOutcome:
    """Return the class of a development that begins on a day and takes so many, months counted by the calendar.

    Raises OutcomeError when the days are no plausible number.
    """
    if not 1 <= days <= LONGEST_RESEARCH_DAYS:
        raise OutcomeError(f"a development of {days} days: expected 1 to {LONGEST_RESEARCH_DAYS}")
    if days <= _days_of(start, SHORT_MONTHS):
        return TicketOutcome.RESEARCH_SHORT
    if days >= _days_of(start, LONG_MONTHS):
        return TicketOutcome.RESEARCH_LONG
    return TicketOutcome.RESEARCH_BETWEEN


def _days_of(start: date, months: int) -> int:
    """Return how many days so many months take from a day on; from the last of a month to the last of a shorter one."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, monthrange(year, month + 1)[1])
    return (date(year, month + 1, day) - start).days
