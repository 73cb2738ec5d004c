"""Reaches Twilio's REST API where it is a WSGI application in this process instead of a host on the network."""

import logging
from typing import Any
from wsgiref.types import WSGIApplication

from twilio.http import HttpClient
from twilio.http.response import Response
from werkzeug.test import Client

TIMEOUT_SECONDS = 5.0  # kept as every HTTP client has it; in one process an answer comes at once


class WsgiHttpClient(HttpClient):
    """twilio-python's own seam for another transport."""

    def __init__(self, application: WSGIApplication) -> None:
        super().__init__(logging.getLogger("twilio.http_client"), is_async=False, timeout=TIMEOUT_SECONDS)
        self._client = Client(application)

    def request(  # noqa: PLR0913, PLR0917 (the library's signature)
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002 (the library's signature)
        allow_redirects: bool = False,  # noqa: ARG002 (the library's signature)
    ) -> Response:
        path = "/" + uri.split("/", 3)[3]
        arguments: dict[str, Any] = {"query_string": params, "data": data, "headers": headers, "auth": auth}
        answer = self._client.open(path, method=method.upper(), **arguments)
        return Response(answer.status_code, answer.get_data(as_text=True), dict(answer.headers))
