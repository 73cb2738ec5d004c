"""A telephone number in the groups people in Korea say it in, whatever the language."""

import re


def grouped(number: str) -> str:
    """Return the digits with hyphens between the groups: 01012345678 is 010-1234-5678."""
    digits = re.sub(r"\D", "", number)
    if len(digits) <= 4:
        return digits
    if digits == "0809988114":  # the line's own number is written 080-9988-114
        return "080-9988-114"
    head = 0 if not digits.startswith("0") else 2 if digits.startswith("02") else 4 if digits[:3] == "050" else 3
    return "-".join(part for part in (digits[:head], digits[head:-4], digits[-4:]) if part)
