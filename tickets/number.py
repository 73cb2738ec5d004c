"""Ticket numbers that callers can key: year, sequence and a check digit, 26-000123-4."""

import re
import unicodedata
from typing import NewType

TicketNumber = NewType("TicketNumber", str)  # 26-000123-4; from the millionth ticket of a year on 26-1000000-x

FIRST_SEQUENCE, LAST_SEQUENCE = 1, 9_999_999

# H. M. Damm's quasigroup of order 10 (https://en.wikipedia.org/wiki/Damm_algorithm): it catches each single wrong digit
# and each swap of two neighbors, and zeros in front change nothing.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−ー.·#]+")  # hyphens of all kinds, spaces, and the # that ends a keyed number
_KEYED = re.compile(r"([0-9]{2})([0-9]{6}|[1-9][0-9]{6})([0-9])")


def make_number(year: int, sequence: int) -> TicketNumber:
    """Return the number of the year's n-th ticket: make_number(2026, 123) is 26-000123-3.

    Raises ValueError outside 2000 to 2099 and 1 to 9,999,999.
    """
    if not 2000 <= year <= 2099:
        raise ValueError(f"ticket number: year {year} (expected 2000 to 2099)")
    if not FIRST_SEQUENCE <= sequence <= LAST_SEQUENCE:
        raise ValueError(f"ticket number: sequence {sequence} (expected {FIRST_SEQUENCE} to {LAST_SEQUENCE})")
    digits = f"{year % 100:02}{sequence:06}"
    return TicketNumber(f"{digits[:2]}-{digits[2:]}-{check_digit(digits)}")


def read_number_keyed(text: str) -> TicketNumber | None:
    """Return the number a person keyed or typed, or None when it is none or its check digit does not fit.

    Hyphens, spaces, a closing # and full-width digits are all fine: 26-000123-3, 260001233, ２６ ０００１２３ ３.
    """
    found = _KEYED.fullmatch(_SEPARATORS.sub("", unicodedata.normalize("NFKC", text[:64])))
    if found is None or check_digit(found[1] + found[2]) != found[3] or int(found[2]) < FIRST_SEQUENCE:
        return None
    return TicketNumber("-".join(found.groups()))


def check_digit(digits: str) -> str:
    """Return the digit that makes a row of digits sum up to nothing in Damm's table."""
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim
