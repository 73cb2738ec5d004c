"""X-Twilio-Signature, written from the description and not from Twilio's library.

https://www.twilio.com/docs/usage/security#validating-requests
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence


def sign(auth_token: str, url: str, fields: Sequence[tuple[str, str | bytes]] = ()) -> str:
    """Return base64(HMAC-SHA1(token, url + name + value ...)), names sorted, equal name-value pairs counted once.

    Bytes that are no UTF-8 are signed as their replacement character.
    """
    pairs = sorted({(name, as_text(value)) for name, value in fields})
    signed = url + "".join(name + value for name, value in pairs)
    digest = hmac.new(auth_token.encode(), signed.encode("utf-8", "replace"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def as_text(value: str | bytes) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
