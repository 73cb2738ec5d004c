"""Errors of the REST API in Twilio's form."""

from typing import Any

INVALID_PARAMETER = 20001
NOT_FOUND = 20404
MISSING_TO = 21201
INVALID_TO = 21211
INVALID_FROM = 21212
MISSING_FROM = 21213
INVALID_URL = 21205
URL_XOR_TWIML = 21218
NOT_IN_PROGRESS = 21220
NOT_ELIGIBLE = 21220  # for recording: the same number


class RestError(Exception):
    """A refusal: the HTTP status, Twilio's code and a message."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    def content(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "message": str(self),
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
