"""From what a network, a person or a speech recogniser wrote to a plus and digits; nothing is judged here."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

LONGEST_TEXT = 256  # characters looked at: a SIP address with a display name fits

_ADDRESS = re.compile(r"<([^<>]*)>")
_SCHEME = re.compile(r"\s*(sips?|tel|callto|client)\s*:\s*", re.IGNORECASE)
_COUNTRY_CONTEXT = re.compile(r";\s*phone-context\s*=\s*\+(\d{1,3})\b", re.IGNORECASE)
_EXTENSION = re.compile(r"내선|구내|교환|ext|[x#~〜,;]", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"\D+", re.ASCII)

_SPOKEN_DIGITS = dict(zip("공영빵일이삼사오육륙칠팔구", "0001234566789", strict=True))
_HANGUL = re.compile("[가-힣]+")
_ENDING = re.compile("(?:번)?(?:입니다|이에요|예요|이고요|이요|요)?$")
_HYPHEN_SAID = "에"


@dataclass(frozen=True)
class Address:
    """The part of an address that names the line: what stands before the host and its parameters."""

    user: str
    host: str
    is_station: bool  # client:... is a browser station of ours
    country: str | None  # of a tel: address's phone-context, such as 82


def readable(raw: str | None) -> str:
    """Return the text with full-width forms made plain and Hangul composed, at most 256 characters."""
    return unicodedata.normalize("NFKC", str(raw or "")[:LONGEST_TEXT])[:LONGEST_TEXT]


def storable(raw: str | None) -> str:
    """Return the text as any database takes it: its first 256 characters, NUL and lone surrogates as U+FFFD."""
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in str(raw or "")[:LONGEST_TEXT])


def address_in(text: str) -> Address:
    """Take apart a sip:, tel: or client: address, with or without a display name; other text is its own user."""
    bracketed = _ADDRESS.search(text)
    inner = bracketed[1] if bracketed else text
    scheme = _SCHEME.match(inner)
    inner = unquote(inner[scheme.end() :]) if scheme else inner
    context = _COUNTRY_CONTEXT.search(inner)
    is_sip = scheme is not None and scheme[1].lower() in {"sip", "sips"}
    user, _, host = inner.partition("@")
    if is_sip or "@" in inner:
        user = user.partition(":")[0]  # a password, or a port where no user stands
    return Address(
        user=user.partition(";")[0].strip(),
        host=re.split("[:;]", host)[0].strip().lower(),
        is_station=scheme is not None and scheme[1].lower() == "client",
        country=context[1] if context else None,
    )


def dialable(user: str) -> str:
    """Return a plus, if one leads, and the ASCII digits; "" when letters make it a name and not a number.

    Spoken digits are turned into digits first, because phonenumbers drops Hangul silently; an extension is left out.
    """
    text = _HANGUL.sub(_spoken_digits, _EXTENSION.split(user)[0])
    if any(c.isascii() and c.isalpha() for c in text):
        return ""
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    plus = "+" if text.lstrip(" (").startswith("+") else ""
    return plus + _NOT_DIGITS.sub("", text)


def _spoken_digits(run: re.Match[str]) -> str:
    """Turn "공일공에" into "010 "; a run with any other syllable, such as 국번 or 없이, is no number."""
    said = _ENDING.sub("", run[0])
    if not all(c in _SPOKEN_DIGITS or c == _HYPHEN_SAID for c in said):
        return " "
    return "".join(_SPOKEN_DIGITS.get(c, " ") for c in said)
