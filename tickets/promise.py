"""The promise of an answer: when it is due, who is warned before, and how it is paused and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from directory.model import HoursOverride
from tickets.deadline import WORKING_DAY, answer_due, moment_before, working_time
from tickets.written import CaseError


class PromiseError(CaseError):
    """The promise does not stand so that this could be done to it."""


class Alarm(StrEnum):
    """What the ticker does next while no answer is given; each one once, in this order."""

    WARN_OWNER = "warn_owner"
    WARN_SUPERVISOR = "warn_supervisor"
    OVERDUE = "overdue"


LEFT_AT: Mapping[Alarm, timedelta] = {  # the working time left when it sounds: as the second and the third day begin
    Alarm.WARN_OWNER: 2 * WORKING_DAY,
    Alarm.WARN_SUPERVISOR: WORKING_DAY,
    Alarm.OVERDUE: timedelta(0),
}
_AFTER: Mapping[Alarm, Alarm | None] = {
    Alarm.WARN_OWNER: Alarm.WARN_SUPERVISOR,
    Alarm.WARN_SUPERVISOR: Alarm.OVERDUE,
    Alarm.OVERDUE: None,
}


@dataclass(frozen=True)
class Promise:
    """`due_at` says nothing while the promise is paused: then `left` of its working time waits to be counted."""

    due_at: datetime
    alarm: Alarm | None  # the next one; None when all have sounded, or none is needed any more
    alarm_at: datetime | None  # None also while paused
    paused_at: datetime | None = None
    pause_reason: str | None = None
    left: timedelta | None = None
    kept_at: datetime | None = None  # when the company had its answer
    round: int = 1  # a case that is opened again is promised an answer anew

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None


def promised(at: datetime, overrides: Sequence[HoursOverride], round_: int = 1) -> Promise:
    due_at = answer_due(at, overrides)
    return Promise(due_at, Alarm.WARN_OWNER, _alarm_at(Alarm.WARN_OWNER, due_at, overrides), round=round_)


def after_alarm(promise: Promise, overrides: Sequence[HoursOverride]) -> Promise:
    """Return the promise once its alarm has sounded."""
    following = _AFTER[promise.alarm] if promise.alarm else None
    alarm_at = _alarm_at(following, promise.due_at, overrides) if following else None
    return replace(promise, alarm=following, alarm_at=alarm_at)


def paused(promise: Promise, at: datetime, reason: str, overrides: Sequence[HoursOverride]) -> Promise:
    """Stop the clock. Raises PromiseError when it does not run, or without a reason."""
    if promise.kept_at:
        raise PromiseError("the company has its answer: there is nothing to pause")
    if promise.is_paused:
        raise PromiseError(f"the deadline is paused already ({promise.pause_reason})")
    if at >= promise.due_at:
        raise PromiseError("the answer is overdue: its deadline cannot be paused any more")
    if not reason.strip():
        raise PromiseError("a deadline is paused only with a reason")
    left = working_time(at, promise.due_at, overrides)
    return replace(promise, alarm_at=None, paused_at=at, pause_reason=reason.strip(), left=left)


def resumed(promise: Promise, at: datetime, overrides: Sequence[HoursOverride]) -> Promise:
    """Let the clock run on with exactly the working time that was left. Raises PromiseError when it is not paused."""
    if promise.left is None:
        raise PromiseError("the deadline is not paused")
    due_at = answer_due(at, overrides, promise.left)
    alarm_at = _alarm_at(promise.alarm, due_at, overrides) if promise.alarm else None
    return replace(promise, due_at=due_at, alarm_at=alarm_at, paused_at=None, pause_reason=None, left=None)


def kept(promise: Promise, at: datetime, overrides: Sequence[HoursOverride]) -> Promise:
    """Note that the company has its answer; a second answer does not change when it had the first."""
    if promise.kept_at:
        return promise
    running = resumed(promise, at, overrides) if promise.is_paused else promise
    return replace(running, alarm=None, alarm_at=None, kept_at=at)


def is_late(promise: Promise, now: datetime) -> bool:
    """Say whether the answer came, or still has to come, after its time."""
    return not promise.is_paused and (promise.kept_at or now) > promise.due_at


def _alarm_at(alarm: Alarm, due_at: datetime, overrides: Sequence[HoursOverride]) -> datetime:
    return moment_before(due_at, LEFT_AT[alarm], overrides)
