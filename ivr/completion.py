"""A counselor completes and corrects what the menu captured; each part is marked as known by a person."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from directory.model import Directory, InstituteCode, RegionCode
from ivr.category import Category
from ivr.details import DETAILS, LONGEST_TEXT, DetailError, Kind, as_told, details_of, read_detail
from ivr.facts import with_details, with_value, without
from ivr.intake import Intake, KnownBy

BY = KnownBy.COUNSELOR


def completed(intake: Intake, directory: Directory, given: Mapping[str, str]) -> Intake:
    """Return the intake with the values given; an empty one is unknown again. Raises DetailError, naming each.

    The service comes first, because it says which details there are.
    """
    for name in sorted(given, key=lambda name: (name != "category", name)):
        intake = _with(intake, directory, name, given[name].strip())
    return intake


def wished_days(intake: Intake) -> int | None:
    """Return how long a help is wished for, whichever service it is."""
    days = [intake.details.get(name) for name in details_of(intake.category) if DETAILS[name].kind is Kind.DAYS]
    return next((day for day in days if isinstance(day, int)), None)


def _with(intake: Intake, directory: Directory, name: str, value: str) -> Intake:
    if name not in PARTS:
        if name in details_of(intake.category) and not value:
            return without(intake, name)
        return with_details(intake, {name: read_detail(intake.category, name, value, also=tuple(PARTS))}, BY)
    return PARTS[name](intake, directory, value) if value else without(intake, name)


def _category(intake: Intake, _: Directory, value: str) -> Intake:
    if value not in {*Category}:
        raise DetailError(f'category: "{as_told(value)}" (expected one of {", ".join(Category)})')
    return with_value(intake, "category", value, BY)


def _region(intake: Intake, directory: Directory, value: str) -> Intake:
    if value not in directory.regions:
        raise DetailError(f'region: "{as_told(value)}" (expected a code such as KR-41)')
    return with_value(intake, "region", RegionCode(value), BY)


def _institutes(intake: Intake, directory: Directory, value: str) -> Intake:
    codes = tuple(InstituteCode(code) for code in value.replace(",", " ").split())
    for code in codes:
        if code not in directory.institutes:
            raise DetailError(f'institutes: "{as_told(code)}" (expected codes such as KITECH, best first)')
    return replace(intake, institutes=codes)


def _wish(intake: Intake, _: Directory, value: str) -> Intake:
    if len(value) > LONGEST_TEXT:
        raise DetailError(f"wish: {len(value)} characters (expected at most {LONGEST_TEXT})")
    return replace(intake, wish=value)


def _consent(intake: Intake, _: Directory, value: str) -> Intake:
    if value not in {"yes", "no"}:
        raise DetailError(f'consent: "{as_told(value)}" (expected yes or no, as the caller said it)')
    return replace(intake, consent=value == "yes")


PARTS: Mapping[str, Callable[[Intake, Directory, str], Intake]] = {
    "category": _category,
    "region": _region,
    "institutes": _institutes,
    "wish": _wish,
    "consent": _consent,
}
