"""Korean time, which has no daylight saving: rows keep UTC, people read and hear this."""

from zoneinfo import ZoneInfo

KOREA = ZoneInfo("Asia/Seoul")
