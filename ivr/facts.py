"""What the menu may look at and what it may find out: the words of `switch`, `asks` and `set`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from directory.model import RegionCode
from ivr.intake import Category, Intake, KnownBy

ASKED = ("category", "region", "wish", "consent", "callback_number")  # fields a question may find out
INTAKE_FIELDS = (*ASKED, "region_candidates", "institutes", "language")
FACTS = ("number_kind", "suggested_region", "can_call_back", "is_open")
NUMBER_KINDS = (  # the values of calls.telephone_number.NumberKind, which stands beside this package, not below it
    "fixed_line", "mobile", "voip", "personal", "toll_free", "premium", "representative", "special", "relay",
    "overseas", "station", "withheld", "unknown",
)  # fmt: skip


@dataclass(frozen=True)
class CallerFacts:
    """What is known of a caller before the menu."""

    number_kind: str  # a NumberKind
    suggested_region: RegionCode | None
    can_call_back: bool
    is_open: bool


def values_of(field: str) -> frozenset[str] | None:
    """Return the cases a field can have in a switch, or None when any word is possible."""
    either = {"known", "unknown"}
    match field:
        case "number_kind":
            return frozenset(NUMBER_KINDS)
        case "can_call_back" | "is_open":
            return frozenset({"yes", "no"})
        case "consent":
            return frozenset({"yes", "no"} | either)
        case "category":
            return frozenset({*Category} | either)
        case "language" | "region" | "suggested_region":
            return None
        case _:
            return frozenset(either)


def look_up(field: str, facts: CallerFacts, intake: Intake) -> object:
    return getattr(intake, field) if field in INTAKE_FIELDS else getattr(facts, field)


def is_known(value: object) -> bool:
    return value is not None and value != ()


def case_of(value: object) -> str:
    """Return the word a switch compares: yes or no, the value itself, or unknown."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "known" if value else "unknown"
    return "unknown" if value is None else str(value)


def with_value(intake: Intake, field: str, value: object, by: KnownBy) -> Intake:
    """Return the intake with one field set, and how it became known."""
    match field:
        case "category":
            return replace(intake, category=Category(str(value)), category_by=by)
        case "region":
            return replace(intake, region=RegionCode(str(value)), region_by=by, region_candidates=())
        case _:
            return replace(intake, **{field: value})  # type: ignore[arg-type]  # the checker knows the field


def without(intake: Intake, field: str) -> Intake:
    """Return the intake with one field unknown again."""
    empty = {name: getattr(Intake(), name) for name in (field, f"{field}_by") if hasattr(intake, name)}
    return replace(intake, **empty)


def changed_from(before: Intake, after: Intake) -> dict[str, object]:
    """Return the fields that differ, each with its value before: enough to take an answer back."""
    names = (part.name for part in fields(Intake))
    return {name: getattr(before, name) for name in names if getattr(before, name) != getattr(after, name)}


def restored(intake: Intake, before: Mapping[str, object]) -> Intake:
    """Return the intake as it was; the values may have been stored as plain data meanwhile."""
    typed: dict[str, Any] = {}
    for name, value in before.items():
        if name == "category" and value is not None:
            typed[name] = Category(str(value))
        elif name.endswith("_by") and value is not None:
            typed[name] = KnownBy(str(value))
        else:
            typed[name] = tuple(value) if isinstance(value, list) else value
    return replace(intake, **typed)
