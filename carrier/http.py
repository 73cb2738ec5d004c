"""Reaches Twilio's REST API at another address than Twilio's own: the simulated network, or a proxy."""

from typing import Any
from urllib.parse import urlsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response


class RelocatedHttpClient(TwilioHttpClient):
    """twilio-python knows no base address of its own; this sends each request to another scheme and host."""

    def __init__(self, base_url: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._base_url = base_url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return super().request(method, self._base_url + path, *args, **kwargs)
