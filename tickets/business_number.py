"""사업자등록번호, the number every business in Korea is registered under: 123-45-67891, the last a check digit."""

import re
import unicodedata
from typing import NewType

from tickets.written import CaseError

BusinessNumber = NewType("BusinessNumber", str)  # ten digits

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_LOWEST_TAX_OFFICE = 101
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−]+")


def read_business_number(text: str) -> BusinessNumber:
    """Return the number, typed with or without hyphens, or raise CaseError saying what is wrong with it."""
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text[:64]))
    shown = f'business number "{text[:40]}"'
    if not re.fullmatch("[0-9]{10}", digits):
        raise CaseError(f"{shown}: expected ten digits such as 220-81-62517")
    if int(digits[:3]) < _LOWEST_TAX_OFFICE or digits[-1] != check_digit(digits[:9]):
        raise CaseError(f"{shown}: its check digit does not fit (expected the number as it stands on the certificate)")
    return BusinessNumber(digits)


def looks_like_business_number(text: str) -> bool:
    """Say whether a text is written as such a number is: 220-81-62517."""
    return re.fullmatch(r"\d{3}-\d{2}-\d{5}", unicodedata.normalize("NFKC", text[:64])) is not None


def check_digit(digits: str) -> str:
    """Return the tenth digit that belongs to nine."""
    products = [int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)]
    return str(-(sum(products) + products[-1] // 10) % 10)


def shown_business_number(number: BusinessNumber) -> str:
    """Return the number as it is printed: 220-81-62517."""
    return f"{number[:3]}-{number[3:5]}-{number[5:]}"
