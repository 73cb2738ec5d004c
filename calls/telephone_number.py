"""What a calling number says: its kind, its normal form and the region it suggests."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NewType

import phonenumbers
from phonenumbers import PhoneNumberType

from calls.number_text import Address, address_in, dialable, readable, storable
from calls.special_numbers import (
    AREA_CODE,
    RELAY_NUMBER,
    WITHHELD_SPELLINGS,
    WITHHELD_WORDS,
    is_short_behind_area_code,
    representative_number,
    special_number,
)
from directory.model import RegionCode

E164 = NewType("E164", str)  # +821012345678; never a special number such as 1379


class NumberKind(StrEnum):
    """Kinds of Korean telephone numbers, as far as routing and callbacks need to tell them apart."""

    FIXED_LINE = "fixed_line"
    MOBILE = "mobile"
    VOIP = "voip"
    PERSONAL = "personal"
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    REPRESENTATIVE = "representative"
    SPECIAL = "special"
    RELAY = "relay"
    OVERSEAS = "overseas"
    STATION = "station"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How far the kind and the place of a number can be believed."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True)
class TelephoneNumber:
    """A number as it came and as we read it."""

    raw: str
    e164: E164 | None
    national: str | None  # digits for comparing callers and dialing in Korea: 01012345678
    kind: NumberKind
    confidence: Confidence
    region: RegionCode | None  # a suggestion to confirm, never a fact


# Fixed lines whose area code is dialed from provinces of two centers: Seoul or Gyeonggi, Daejeon or Chungnam.
SHARED_AREA_CODES = frozenset({"02", "042"})

LONGEST_NUMBER = 20  # digits kept of what is no number; E.164 ends at 15

_KINDS = {
    PhoneNumberType.FIXED_LINE: NumberKind.FIXED_LINE,
    PhoneNumberType.MOBILE: NumberKind.MOBILE,
    PhoneNumberType.VOIP: NumberKind.VOIP,
    PhoneNumberType.PERSONAL_NUMBER: NumberKind.PERSONAL,
    PhoneNumberType.TOLL_FREE: NumberKind.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE: NumberKind.PREMIUM,
}
_MOBILE_SHAPE = re.compile(r"01[016-9][0-9]{7,8}")
_MOBILE_IN_SERVICE = re.compile(r"010[1-9]\d{7}")  # 010-0..., ten digits, 011, 012, 016 to 019: not in service
_FROM_KOREA_ABROAD = re.compile(r"00(?:[125689]|3(?:[46]5|91)|7(?:00|27|3|55|6[126]))")  # 001, 00700 ... then a country
_AREA_CODE = re.compile(AREA_CODE)


def read_number(raw: str | None, area_codes: Mapping[str, RegionCode]) -> TelephoneNumber:
    """Read a calling number in any form a network, a person or a speech recogniser gives it; never raises.

    The order: withheld words and their keypad spellings, special numbers by exact digits, representative numbers, then
    phonenumbers. `national` is the same for every spelling of one number and reading it again gives it again. It is
    None for withheld numbers and stations, and keeps its plus when the number is not Korean. `raw` is cut to 256
    characters a database takes. The region is a suggestion to confirm: see `_confidence` for how far it is believed.
    Source: facts/domain.md, section 3.
    """
    address = address_in(readable(raw))
    if address.is_station and address.user:
        return TelephoneNumber(storable(raw), None, None, NumberKind.STATION, Confidence.NONE, None)
    if _is_withheld(address):
        return _withheld(raw)
    digits = dialable(address.user)
    if address.country is not None and not digits.startswith("+"):
        digits = digits if address.country == "82" else f"+{address.country}{digits}"
    kind, national = _first_that_reads(digits)
    if kind is NumberKind.WITHHELD:
        return _withheld(raw)
    region = _region(national, area_codes) if kind is NumberKind.FIXED_LINE else None
    confidence = _confidence(kind, national, region)
    return TelephoneNumber(storable(raw), _e164(kind, national), national or None, kind, confidence, region)


def can_be_called_back(number: TelephoneNumber) -> bool:
    """Say whether a person can be reached by dialing it: a fixed, mobile (in service), internet or personal number."""
    if number.kind is NumberKind.MOBILE:
        return number.confidence is Confidence.HIGH
    return number.kind in {NumberKind.FIXED_LINE, NumberKind.VOIP, NumberKind.PERSONAL}


def _withheld(raw: str | None) -> TelephoneNumber:
    return TelephoneNumber(storable(raw), None, None, NumberKind.WITHHELD, Confidence.NONE, None)


def _is_withheld(address: Address) -> bool:
    """Say whether the caller kept the number back: no user at all, the host RFC 3323 gives, or a word for it."""
    if not address.user or address.host == "anonymous.invalid":
        return True
    return re.sub(r"[\W_]+", "", address.user).casefold() in WITHHELD_WORDS


@lru_cache(maxsize=1024)  # a call's number is read again at its end, and to know our own
def _first_that_reads(digits: str) -> tuple[NumberKind, str]:
    """Return kind and normal form; when no way of reading fits, UNKNOWN and the digits themselves.

    Digits with the shape of a mobile number that nobody has yet are kept as such, however they are spelled.
    """
    for candidate in _ways_to_read(digits):
        kind, national = _classified(candidate)
        if kind is not NumberKind.UNKNOWN:
            return kind, national
    ways = list(_ways_to_read(digits))
    kept = next(filter(_MOBILE_SHAPE.fullmatch, ways), ways[0])
    return NumberKind.UNKNOWN, kept if len(kept) <= LONGEST_NUMBER else ""


def _ways_to_read(digits: str) -> Iterator[str]:
    """Yield national digits, or +digits for abroad, the surest reading first.

    00 is no Korean prefix but 0082 is written often, and 8210... lost its plus on the way: both are tried as Korean.
    266696687 is 02-6669-6687 without its zero, yet eight digits could as well be a number without its area code.
    """
    if digits.startswith("+82"):
        yield _with_zero(digits[3:])
        return
    if digits.startswith("+"):
        yield digits
        return
    yield digits
    if digits.startswith("82"):
        yield _with_zero(digits[2:])
    if digits.startswith("0082"):
        yield _with_zero(digits[4:])
    if prefix := _FROM_KOREA_ABROAD.match(digits):
        abroad = digits[prefix.end() :]
        yield _with_zero(abroad[2:]) if abroad.startswith("82") else f"+{abroad}"
    if digits[:1] in set("123456789") and len(digits) >= 9:
        yield f"0{digits}"


def _with_zero(rest: str) -> str:
    """Return what is dialed in Korea for what follows +82; 1379 and 1588-0800 take no zero."""
    rest = rest.lstrip("0")  # +82(0)10-...
    if special_number(rest) or representative_number(rest):
        return rest
    return f"0{rest}" if rest else ""


def _classified(number: str) -> tuple[NumberKind, str]:
    if number in WITHHELD_SPELLINGS:
        return NumberKind.WITHHELD, ""
    if special := special_number(number):
        return NumberKind.RELAY if special == RELAY_NUMBER else NumberKind.SPECIAL, special
    if representative := representative_number(number):
        return NumberKind.REPRESENTATIVE, representative
    if number.startswith("+"):
        return _overseas(number)
    return _by_library(number), number


def _overseas(number: str) -> tuple[NumberKind, str]:
    parsed = _parsed(number)
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        return NumberKind.UNKNOWN, number
    return NumberKind.OVERSEAS, phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _by_library(national: str) -> NumberKind:
    """Return the kind phonenumbers sees, less what it takes for a fixed line or free number and is none."""
    if not national.startswith("0") or national.startswith("00") or is_short_behind_area_code(national):
        return NumberKind.UNKNOWN
    parsed = _parsed(f"+82{national[1:]}")
    if parsed is None or str(parsed.national_number) != national[1:]:
        return NumberKind.UNKNOWN
    kind = _KINDS.get(phonenumbers.number_type(parsed), NumberKind.UNKNOWN)
    if kind is NumberKind.TOLL_FREE and not national.startswith("080"):
        return NumberKind.UNKNOWN  # 030x forwards messages and faxes
    return kind


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, "KR")
    except phonenumbers.NumberParseException:
        return None


def _e164(kind: NumberKind, national: str) -> E164 | None:
    if kind in {NumberKind.UNKNOWN, NumberKind.SPECIAL, NumberKind.RELAY}:
        return None
    if kind is NumberKind.OVERSEAS:
        return E164(national)
    return E164(f"+82{national.removeprefix('0')}")


def _region(national: str, area_codes: Mapping[str, RegionCode]) -> RegionCode | None:
    area_code = _AREA_CODE.match(national)
    return area_codes.get(area_code[0]) if area_code else None


def _confidence(kind: NumberKind, national: str, region: RegionCode | None) -> Confidence:
    """Return how far kind and place can be believed; a pure function of the normal form.

    HIGH: a mobile in service; a fixed line whose area code lies with one center; a special number; a valid number
    abroad. LOW: 02 and 042, which two centers share; an area code we have no region for; a mobile not in service; and
    070, 050x, 15xx, 060 and 080, which are portable and may ring anywhere and for anyone. NONE: not a number.
    Fixed lines can be ported too and keep their area code, which nothing in the number shows.
    """
    if kind is NumberKind.UNKNOWN:
        return Confidence.NONE
    if kind is NumberKind.FIXED_LINE:
        shared = region is None or any(national.startswith(code) for code in SHARED_AREA_CODES)
        return Confidence.LOW if shared else Confidence.HIGH
    if kind is NumberKind.MOBILE:
        return Confidence.HIGH if _MOBILE_IN_SERVICE.fullmatch(national) else Confidence.LOW
    sure = kind in {NumberKind.SPECIAL, NumberKind.RELAY, NumberKind.OVERSEAS}
    return Confidence.HIGH if sure else Confidence.LOW
