"""By when a company has its answer: the promise of three days ("전화 한 통이면 3일 내 친구"), in working time.

Whether calendar or working days were promised in 2013 is to be confirmed by the operator; working days are assumed.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from directory.model import HoursOverride
from records.korean_time import KOREA
from routing.opening_hours import korean_moment, working_day

DAY_BEGINS, DAY_ENDS = time(9), time(18)
WORKING_DAY = timedelta(hours=9)
PROMISE = 3 * WORKING_DAY


def answer_due(received: datetime, overrides: Sequence[HoursOverride]) -> datetime:
    """Return the moment, in UTC, at which three working days of 09:00 to 18:00 Korean time have passed.

    Tuesday 10:00 is due on Friday 10:00. Outside working time the count begins with the next working day, so Saturday
    11:00 and Monday 09:00 are both due on Wednesday 18:00: a promise that ends with a day is due that evening, not the
    next morning. At 18:00 sharp the day is over. A working day counts nine hours whatever hours an override gives it;
    days closed or opened for every desk count as the override says. Raises ValueError when `received` has no time zone.
    """
    if received.tzinfo is None:
        raise ValueError(f"deadline: {received.isoformat()} has no time zone (expected aware UTC)")
    moment = received.astimezone(KOREA)
    day, left = moment.date(), PROMISE
    begins = max(moment, korean_moment(day, DAY_BEGINS))
    while left > (today := _working_time_left(day, begins, overrides)):
        left -= today
        day += timedelta(days=1)
        begins = korean_moment(day, DAY_BEGINS)
    return (begins + left).astimezone(UTC)


def _working_time_left(day: date, begins: datetime, overrides: Sequence[HoursOverride]) -> timedelta:
    """Return how much of a day's working time follows a moment of that day."""
    if not working_day(day, overrides):
        return timedelta(0)
    return max(korean_moment(day, DAY_ENDS) - begins, timedelta(0))
