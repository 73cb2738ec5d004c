"""Calls back to a company 30 and 90 days after its case was resolved: what became of it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from directory.model import HoursOverride
from records.korean_time import KOREA
from routing.opening_hours import korean_moment, working_day
from tickets.deadline import DAY_BEGINS
from tickets.life import FollowUpState
from tickets.number import TicketNumber

AFTER_DAYS = (30, 90)


class FollowUpResult(StrEnum):
    SOLVED = "solved"
    IN_PROGRESS = "in_progress"
    NOT_SOLVED = "not_solved"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class FollowUp:
    id: int
    ticket: TicketNumber
    days: int
    due_at: datetime
    state: FollowUpState
    result: FollowUpResult | None = None
    done_at: datetime | None = None
    done_by: str | None = None
    missed: int = 0  # calls that reached nobody


@dataclass(frozen=True)
class Again:
    """How a company that was not reached is called once more."""

    working_days: int = 2  # later
    tries: int = 3  # in all; after the last nobody was reached


AS_A_RULE = Again()  # unless the operator sets other numbers


def called_again_at(
    follow_up: FollowUp, now: datetime, again: Again, overrides: Sequence[HoursOverride]
) -> datetime | None:
    """Return when a company that was not reached just now is called again, or None when it was tried often enough."""
    if follow_up.missed + 1 >= again.tries:
        return None
    morning = now
    for _ in range(again.working_days):
        morning = on_working_day(morning + timedelta(days=1), overrides)
    return morning


def follow_up_at(resolved_at: datetime, days: int, overrides: Sequence[HoursOverride]) -> datetime:
    """Return the morning of that many days later, or of the next working day."""
    return on_working_day(resolved_at + timedelta(days=days), overrides)


def on_working_day(at: datetime, overrides: Sequence[HoursOverride]) -> datetime:
    """Return the morning, in UTC, of a moment's Korean day if that is a working day, else of the next one."""
    day = at.astimezone(KOREA).date()
    while not working_day(day, overrides):
        day += timedelta(days=1)
    return korean_moment(day, DAY_BEGINS).astimezone(UTC)
