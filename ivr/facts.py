"""What the menu may look at and what it may find out: the words of `switch`, `asks` and `set`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from directory.model import RegionCode
from ivr.details import DETAILS, Kind, details_of
from ivr.intake import Category, Intake, KnownBy

ASKED = (  # fields a question may find out
    "category", "region", "wish", "consent", "callback_number", "asked_ticket", "ticket_code", *DETAILS,
)  # fmt: skip
INTAKE_FIELDS = (*ASKED, "region_candidates", "institutes", "language", "ticket", "open_ticket")
FACTS = ("number_kind", "suggested_region", "can_call_back", "is_open")
NUMBER_KINDS = (  # the values of calls.telephone_number.NumberKind, which stands beside this package, not below it
    "fixed_line", "mobile", "voip", "personal", "toll_free", "premium", "representative", "special", "relay",
    "overseas", "station", "withheld", "unknown",
)  # fmt: skip


@dataclass(frozen=True)
class TicketFacts:
    """An earlier ticket as its own caller may hear of it."""

    number: str
    progress: str  # the name of its state's words: ticket_received
    desk: str  # as it is said
    due: date | None  # the promised day, while the answer is owed
    late: date | None  # the promised day once it has passed


@dataclass(frozen=True)
class CallerFacts:
    """What is known of a caller before the menu, and of the ticket they have proven to be theirs."""

    number_kind: str  # a NumberKind
    suggested_region: RegionCode | None
    can_call_back: bool
    is_open: bool
    ticket: TicketFacts | None = None


def values_of(field: str) -> frozenset[str] | None:  # noqa: PLR0911 (one line for each kind of field)
    """Return the cases a field can have in a switch, or None when any word is possible."""
    either = {"known", "unknown"}
    match field:
        case _ if field in DETAILS and DETAILS[field].kind is Kind.CHOICE:
            return frozenset({*DETAILS[field].choices} | either)
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
    return intake.value_of(field) if field in INTAKE_FIELDS else getattr(facts, field)


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
    if field in DETAILS:
        return with_details(intake, {field: value}, by)
    match field:
        case "category":
            return of_service(replace(intake, category=Category(str(value)), category_by=by))
        case "region":
            return replace(intake, region=RegionCode(str(value)), region_by=by, region_candidates=())
        case _:
            return replace(intake, **{field: value})  # type: ignore[arg-type]  # the checker knows the field


def with_details(intake: Intake, told: Mapping[str, Any], by: KnownBy) -> Intake:
    return replace(
        intake,
        details={**intake.details, **told},
        details_by={**intake.details_by, **dict.fromkeys(told, str(by))},
    )


def of_service(intake: Intake) -> Intake:
    """Return the intake without the details of any other service than its own."""
    wanted = details_of(intake.category)
    return replace(
        intake,
        details={name: value for name, value in intake.details.items() if name in wanted},
        details_by={name: by for name, by in intake.details_by.items() if name in wanted},
    )


def without(intake: Intake, field: str) -> Intake:
    """Return the intake with one field unknown again; without a service there are no details."""
    if field in DETAILS:
        return replace(intake, details={name: value for name, value in intake.details.items() if name != field})
    if field == "category":
        return of_service(replace(intake, category=None, category_by=None))
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
        elif name in {"category_by", "region_by"} and value is not None:
            typed[name] = KnownBy(str(value))
        else:
            typed[name] = tuple(value) if isinstance(value, list) else value
    return replace(intake, **typed)
