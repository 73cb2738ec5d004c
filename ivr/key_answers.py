"""Keys pressed at each kind of question."""

import re
from collections.abc import Mapping

from directory.model import Directory, RegionCode
from ivr.answers import Answer, Asking, goes, missed, press
from ivr.choices import choices_of
from ivr.facts import with_value
from ivr.heard import Keys
from ivr.intake import KnownBy
from ivr.steps import FINDS_OUT, Choice, Entry

SPELLS = {
    "telephone_number": re.compile(r"0\d{8,11}|1[568]\d{6}"),  # with area code, or a representative number
    "ticket_number": re.compile(r"\d{8,11}"),  # the house looks whether there is such a ticket
    "ticket_code": re.compile(r"\d{4}"),
}


def answer_to_keys(asking: Asking, heard: Keys) -> Answer:
    """Return what keys mean. More keys than a menu takes count as not understood, so 11 is not 1."""
    question = asking.question
    if isinstance(question, Entry):
        return entered(asking, question, heard.digits)
    if isinstance(question, Choice) and heard.digits.isdecimal() and heard.digits != "0":
        return chosen(asking, heard.digits, KnownBy.KEYS)
    key = question.keys.get(heard.digits)
    return press(asking, key, KnownBy.KEYS) if key else missed(asking, KnownBy.KEYS)


def chosen(asking: Asking, digit: str, by: KnownBy) -> Answer:
    choices = choices_of(asking.directory, asking.intake)
    if not digit.isascii() or not 0 < int(digit) <= len(choices):
        return missed(asking, by)
    return goes(asking, by, with_value(asking.intake, "region", choices[int(digit) - 1].region, by))


def entered(asking: Asking, entry: Entry, digits: str) -> Answer:
    """Return what an entry means: a lone 0, # or * is that key, everything else is the number asked for."""
    if entry.ends_with and digits in {"", entry.ends_with}:
        digits = entry.ends_with
    if digits in entry.keys:
        return press(asking, entry.keys[digits], KnownBy.KEYS)
    number = digits.removesuffix(entry.ends_with) if entry.ends_with else digits
    if number == "0" and "0" in entry.keys:
        return press(asking, entry.keys["0"], KnownBy.KEYS)
    taken = taken_by(asking, entry, number, KnownBy.KEYS)
    if taken:
        return taken
    sign = next((key for key in number if key in "*#" and key in entry.keys), None)
    return press(asking, entry.keys[sign], KnownBy.KEYS) if sign else missed(asking, KnownBy.KEYS)


def taken_by(asking: Asking, entry: Entry, number: str, by: KnownBy) -> Answer | None:
    """Return the answer that digits are to an entry, keyed or said, or None when they are none."""
    value: str | None = number
    if entry.takes == "area_code":
        value = region_of_area_code(asking.directory, number)
    elif not (number.isascii() and SPELLS[entry.takes].fullmatch(number)):
        value = None
    return None if value is None else goes(asking, by, with_value(asking.intake, FINDS_OUT[entry.takes], value, by))


def region_of_area_code(directory: Directory, keys: str) -> RegionCode | None:
    """Return the region whose area code the keys begin with; 02 is complete, so 021 and 02# are Seoul too."""
    codes = area_codes(directory)
    return codes.get(keys[:3]) or codes.get(keys[:2])


def area_codes(directory: Directory) -> Mapping[str, RegionCode]:
    return {code: region.code for region in directory.regions.values() for code in region.area_codes}
