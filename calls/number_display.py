"""How a number is shown: in Korean grouping, and with its middle hidden wherever it is not needed."""

import re

import phonenumbers

from calls.number_text import address_in, readable
from calls.telephone_number import NumberKind, TelephoneNumber

WITHHELD_TEXT = "발신번호 표시제한"
UNKNOWN_TEXT = "알 수 없는 번호"

_OWN_TEXT = {"0809988114": "080-9988-114"}  # as the line has always printed it; phonenumbers gives 080-998-8114
_PUBLIC_KINDS = {NumberKind.SPECIAL, NumberKind.RELAY, NumberKind.REPRESENTATIVE, NumberKind.TOLL_FREE}
_GROUPS = {  # the digits before the last four, in groups; phonenumbers prints 050-4123-4567 where people say 0504
    NumberKind.FIXED_LINE: re.compile(r"(02|0\d\d)(\d{3,4})(\d{4})"),
    NumberKind.MOBILE: re.compile(r"(\d{3})(\d{3,4})(\d{4})"),
    NumberKind.VOIP: re.compile(r"(\d{3})(\d{3,4})(\d{4})"),
    NumberKind.PERSONAL: re.compile(r"(\d{4})(\d{3,4})(\d{4})"),
    NumberKind.TOLL_FREE: re.compile(r"(\d{3})(\d{3,4})(\d{4})"),
    NumberKind.PREMIUM: re.compile(r"(\d{3})(\d{3,4})(\d{4})"),
    NumberKind.REPRESENTATIVE: re.compile(r"(\d{4})(\d{4})"),
}


def display(number: TelephoneNumber) -> str:
    """Return the number as people in Korea write it: 02-2110-1234, 010-1234-5678, 1588-0800, +1 202-555-0123."""
    if number.kind is NumberKind.WITHHELD:
        return WITHHELD_TEXT
    if number.kind is NumberKind.STATION:
        return address_in(readable(number.raw)).user
    if number.national is None:
        return UNKNOWN_TEXT
    return _OWN_TEXT.get(number.national) or "-".join(_groups(number.kind, number.national))


def masked(number: TelephoneNumber) -> str:
    """Return the number for logs and screens: 010-****-5678, +1 ****0123; public numbers such as 107 stay whole."""
    if number.national is None or number.kind in _PUBLIC_KINDS:
        return display(number)
    if number.kind is NumberKind.OVERSEAS:
        parsed = phonenumbers.parse(number.national)
        return f"+{parsed.country_code} {_ending_only(str(parsed.national_number))}"
    groups = _groups(number.kind, number.national)
    if len(groups) == 3:
        return f"{groups[0]}-{'*' * len(groups[1])}-{groups[2]}"
    return _ending_only(number.national)


def _groups(kind: NumberKind, national: str) -> tuple[str, ...]:
    if kind is NumberKind.OVERSEAS:
        pretty = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return (phonenumbers.format_number(phonenumbers.parse(national), pretty),)
    pattern = _GROUPS.get(kind)
    found = pattern.fullmatch(national) if pattern else None
    return found.groups() if found else (national,)


def _ending_only(digits: str) -> str:
    """Hide all but the last four digits, or all of a number too short for that."""
    return f"****{digits[-4:]}" if len(digits) >= 8 else "****"
