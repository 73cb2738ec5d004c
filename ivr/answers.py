"""What one answer at a question means: where it leads and what it makes known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from directory.model import Directory
from ivr.facts import CallerFacts, with_value, without
from ivr.flow import Flow
from ivr.heard import Heard, Speech
from ivr.intake import Intake, KnownBy
from ivr.prompts import Spoken
from ivr.steps import Key, Question


class Meaning(StrEnum):
    """What the walk does next."""

    GO = "go"
    REPEAT = "repeat"
    BACK = "back"
    MISSED = "missed"
    NOT_HEARD = "not_heard"


@dataclass(frozen=True)
class Asking:
    """A question that is being asked, with everything an answer may depend on."""

    flow: Flow
    directory: Directory
    facts: CallerFacts
    question: Question
    intake: Intake


@dataclass(frozen=True)
class Answer:
    """The meaning of one answer."""

    meaning: Meaning
    intake: Intake
    by: KnownBy
    step: str | None = None  # where GO leads, and MISSED when we had misunderstood
    forgotten: tuple[str, ...] = ()
    instead: tuple[Spoken, ...] = field(default=())  # said in place of "I did not understand"


def by_of(heard: Heard) -> KnownBy:
    return KnownBy.SPEECH if isinstance(heard, Speech) else KnownBy.KEYS


def goes(asking: Asking, by: KnownBy, intake: Intake | None = None, step: str | None = None) -> Answer:
    return Answer(Meaning.GO, intake or asking.intake, by, step or asking.question.then)


def missed(asking: Asking, by: KnownBy, *instead: Spoken) -> Answer:
    return Answer(Meaning.MISSED, asking.intake, by, instead=instead)


def press(asking: Asking, key: Key, by: KnownBy) -> Answer:
    """Return what a key of the question means, pressed or said."""
    if key.back:
        return Answer(Meaning.BACK, asking.intake, by)
    if key.repeat:
        return Answer(Meaning.REPEAT, asking.intake, by)
    intake = asking.intake
    for name in key.forget:
        intake = without(intake, name)
    for name, given in key.set.items():
        intake = set_value(intake, asking.facts, name, given, by)
    meaning = Meaning.MISSED if key.missed else Meaning.GO
    return Answer(meaning, intake, by, key.step or asking.question.then, forgotten=facts_in(key))


def facts_in(key: Key) -> tuple[str, ...]:
    return tuple(name for name in key.forget if name == "suggested_region")


def set_value(intake: Intake, facts: CallerFacts, name: str, given: str | bool, by: KnownBy) -> Intake:
    """Set one field; "suggested_region" takes the region the number suggests, and does nothing without one."""
    if given != "suggested_region":
        return with_value(intake, name, given, by)
    if facts.suggested_region is None:
        return intake
    return with_value(intake, name, facts.suggested_region, KnownBy.CALLER_NUMBER)


def fill_unknown(intake: Intake, facts: CallerFacts, values: Mapping[str, str | bool], by: KnownBy) -> Intake:
    """Fill in what nobody knows yet; a region taken from the number alone stays marked as unconfirmed."""
    for name, given in values.items():
        if getattr(intake, name) is not None:
            continue
        if name == "region" and intake.region_candidates:
            continue  # the caller named a place: that says more than the number
        intake = set_value(intake, facts, name, given, by)
        if given == "suggested_region" and intake.region is not None:
            intake = replace(intake, region_by=KnownBy.NUMBER_UNCONFIRMED)
    return intake


def silent(asking: Asking) -> Answer:
    return Answer(Meaning.NOT_HEARD, asking.intake, KnownBy.KEYS)
