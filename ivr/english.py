"""English as it is said aloud: digits one by one, counted people, hours and days. It needs no particles."""

import re
from datetime import date, time

from ivr import telephone_groups

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEENTHS = ("thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")
_ORDINAL_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
ORDINALS = (  # of the days of a month
    *_ORDINAL_UNITS, "tenth", "eleventh", "twelfth", *_TEENTHS,
    "twentieth", *(f"twenty {day}" for day in _ORDINAL_UNITS), "thirtieth", "thirty first",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def digit_by_digit(number: str) -> str:
    """Read each digit, and a hyphen as a pause: 26-0001237 is two six, zero zero zero one two three seven."""
    groups = [re.sub(r"\D", "", group) for group in re.split(r"[-\s]+", number)]
    return ", ".join(" ".join(UNITS[int(digit)] for digit in group) for group in groups if group)


def telephone(number: str) -> str:
    """Read a Korean number in its usual groups, with a pause between them."""
    return digit_by_digit(telephone_groups.grouped(number))


def number(count: int) -> str:
    """Return 0 to 99 in words; larger numbers as digits, which a machine reads well enough."""
    if not 0 <= count < 100:
        return str(count)
    if count < 20:
        return UNITS[count]
    ten, one = divmod(count, 10)
    return TENS[ten] + (f" {UNITS[one]}" if one else "")


def counted(count: int, one: str, many: str) -> str:
    """Return one person, three people."""
    return f"{number(count)} {one if count == 1 else many}"


def clock(at: time) -> str:
    """Return a time of day: nine in the morning, two thirty in the afternoon."""
    half = "in the morning" if at.hour < 12 else "in the afternoon" if at.hour < 18 else "in the evening"
    minutes = "" if at.minute == 0 else f" oh {number(at.minute)}" if at.minute < 10 else f" {number(at.minute)}"
    return f"{number(at.hour % 12 or 12)}{minutes} {half}"


def calendar_day(day: date) -> str:
    """Return a day: Wednesday, June third."""
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {ORDINALS[day.day - 1]}"
