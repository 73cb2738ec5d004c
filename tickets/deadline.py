"""By when a company has its answer: the promise of three days ("전화 한 통이면 3일 내 친구"), in working time.

Whether calendar or working days were promised in 2013 is to be confirmed by the operator; working days are assumed.
Working time is 09:00 to 18:00 in Korea. A working day counts nine hours whatever hours an override gives it; days
closed or opened for every desk count as the override says.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from directory.model import HoursOverride
from records.korean_time import KOREA
from routing.opening_hours import korean_moment, working_day

DAY_BEGINS, DAY_ENDS = time(9), time(18)
WORKING_DAY = timedelta(hours=9)
PROMISE = 3 * WORKING_DAY


def answer_due(received: datetime, overrides: Sequence[HoursOverride], left: timedelta = PROMISE) -> datetime:
    """Return the moment, in UTC, at which so much working time has passed: three working days unless told otherwise.

    Tuesday 10:00 is due on Friday 10:00. Outside working time the count begins with the next working day, so Saturday
    11:00 and Monday 09:00 are both due on Wednesday 18:00: a promise that ends with a day is due that evening, not the
    next morning. At 18:00 sharp the day is over. Raises ValueError when `received` has no time zone.
    """
    moment = _in_korea(received)
    day = moment.date()
    begins = max(moment, korean_moment(day, DAY_BEGINS))
    while left > (today := _working_time_left(day, begins, overrides)):
        left -= today
        day += timedelta(days=1)
        begins = korean_moment(day, DAY_BEGINS)
    return (begins + left).astimezone(UTC)


def working_time(start: datetime, end: datetime, overrides: Sequence[HoursOverride]) -> timedelta:
    """Return the working time between two moments; none when the end does not come after the start."""
    begins, ends = _in_korea(start), _in_korea(end)
    total, day = timedelta(0), begins.date()
    while day <= ends.date():
        if working_day(day, overrides):
            today = min(ends, korean_moment(day, DAY_ENDS)) - max(begins, korean_moment(day, DAY_BEGINS))
            total += max(today, timedelta(0))
        day += timedelta(days=1)
    return total


def moment_before(due: datetime, left: timedelta, overrides: Sequence[HoursOverride]) -> datetime:
    """Return the last moment, in UTC, at which so much working time is left until `due`.

    With whole days left this is the beginning of a day, not the evening before: nobody reads a warning at night.
    """
    moment = _in_korea(due)
    day = moment.date()
    ends = min(moment, korean_moment(day, DAY_ENDS))
    while left > (today := _working_time_gone(day, ends, overrides)):
        left -= today
        day -= timedelta(days=1)
        ends = korean_moment(day, DAY_ENDS)
    return (ends - left).astimezone(UTC)


def _working_time_left(day: date, begins: datetime, overrides: Sequence[HoursOverride]) -> timedelta:
    """Return how much of a day's working time follows a moment of that day."""
    if not working_day(day, overrides):
        return timedelta(0)
    return max(korean_moment(day, DAY_ENDS) - begins, timedelta(0))


def _working_time_gone(day: date, ends: datetime, overrides: Sequence[HoursOverride]) -> timedelta:
    """Return how much of a day's working time comes before a moment of that day."""
    if not working_day(day, overrides):
        return timedelta(0)
    return max(ends - korean_moment(day, DAY_BEGINS), timedelta(0))


def _in_korea(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"deadline: {moment.isoformat()} has no time zone (expected aware UTC)")
    return moment.astimezone(KOREA)
