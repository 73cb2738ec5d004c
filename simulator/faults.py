"""What went wrong on the line, under Twilio's error numbers."""

from dataclasses import dataclass
from datetime import datetime

HTTP_RETRIEVAL_FAILURE = 11200
CONNECTION_FAILURE = 11205
BAD_HOST = 11210
TOO_MANY_REDIRECTS = 11215
TLS_HANDSHAKE = 11220
BODY_TOO_LARGE = 11750
NOT_WELL_FORMED = 12100
SCHEMA_WARNING = 12200
WRONG_CONTENT_TYPE = 12300
WRONG_ACTION_ON_EMPTY_RESULT = 13338
COACH_TARGET_MISSING = 13240
SAY_INVALID = 13520
LABEL_TAKEN = 16025


class TwimlError(Exception):
    """Something Twilio would refuse or only warn about; names the place, the value and what was expected."""

    def __init__(self, code: int, place: str, value: str, expected: str) -> None:
        super().__init__(f"{code} {place}: {value!r} is wrong; expected {expected}")
        self.code = code
        self.place = place
        self.value = value
        self.expected = expected


@dataclass(frozen=True)
class NetworkError:
    """One line of the network's error log, as Twilio's debugger would show it."""

    at: datetime
    code: int
    call_sid: str
    url: str
    message: str
