"""Korean time, which has no daylight saving: rows keep UTC, people read and hear this."""

from datetime import datetime
from zoneinfo import ZoneInfo

KOREA = ZoneInfo("Asia/Seoul")
_WEEKDAYS = "월화수목금토일"


def moment_ko(at: datetime) -> str:
    """Write a moment as it stands in a message: 11월 27일(금) 10:00."""
    there = at.astimezone(KOREA)
    return f"{there.month}월 {there.day}일({_WEEKDAYS[there.weekday()]}) {there:%H:%M}"
