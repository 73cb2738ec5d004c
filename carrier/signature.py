"""Twilio's signature: who cannot sign is not Twilio, and changes no row."""

from collections.abc import Sequence

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict


def is_signed(url: str, fields: Sequence[tuple[str, str]], signature: str, auth_tokens: Sequence[str]) -> bool:
    """Say whether Twilio signed this request with one of the tokens; two are in force while one is replaced.

    `url` is the address Twilio was given, percent-escapes and all; every field counts, known or not. An address that
    cannot be read was signed by nobody.
    """
    parameters = MultiDict(fields)
    try:
        return bool(signature) and any(
            RequestValidator(token).validate(url, parameters, signature) for token in auth_tokens
        )
    except ValueError:
        return False
