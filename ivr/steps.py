"""The kinds of steps a flow is made of, as callflows/flow.schema.json describes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Key:
    """What one key means at a question."""

    set: Mapping[str, str | bool] = field(default_factory=dict)  # intake field -> value, or the fact to take it from
    forget: tuple[str, ...] = ()  # fields, or a fact such as suggested_region that turned out wrong
    says: str | None = None  # "yes", "no" or "ticket": the spoken answer that means the same
    missed: bool = False  # counts as a failure: we had misunderstood
    back: bool = False
    repeat: bool = False
    step: str | None = None  # None: the question's own next step


@dataclass(frozen=True, kw_only=True)
class Say:
    """Speaks and goes on."""

    name: str
    prompts: tuple[str, ...]
    then: str
    interruptible: bool = False
    serves: bool = False  # what is said is what the caller wanted: one who leaves then was served
    forget: tuple[str, ...] = ()  # done with once it is said


@dataclass(frozen=True, kw_only=True)
class Question:
    """What every question has in common."""

    name: str
    prompts: tuple[str, ...]
    then: str
    retry: tuple[str, ...] = ()  # after the first failure; empty: the prompts again
    last_retry: tuple[str, ...] = ()  # after the second and later ones
    asks: str | None = None  # the intake field it finds out; skipped when known
    confirms: str | None = None  # the field it checks; never skipped
    keys: Mapping[str, Key] = field(default_factory=dict)
    silence: str | None = None  # where silence leads, when the answer may be left out
    wait_seconds: int = 5
    hints: tuple[str, ...] = ()
    hints_from: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Menu(Question):
    """Answered with one key or by speech."""

    serves: bool = False
    unsure: str | None = None  # where to go when speech was understood only weakly


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """Asks which of several regions is meant; they are numbered from 1."""

    choices: str


@dataclass(frozen=True, kw_only=True)
class Entry(Question):
    """Takes several keys."""

    takes: str  # area_code, telephone_number, ticket_number or ticket_code
    ends_with: str = ""  # the key that ends the entry; "": none, so that # stays "back"


@dataclass(frozen=True, kw_only=True)
class Words(Question):
    """Takes the caller's own words."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """Takes a spoken note after a tone."""

    name: str
    prompts: tuple[str, ...]
    then: str
    silence: str | None = None  # where it leads when nothing was said; None: on as well


FOUND_BY = {  # what the house may answer to each look-up
    "callers_ticket": ("proven", "unproven", "limited"),
    "ticket": ("proven", "unproven", "refused", "limited"),
    "ticket_code": ("proven", "refused", "limited"),
}
FINDS_OUT = {  # the part of the intake that the keys of an entry become
    "area_code": "region",
    "telephone_number": "callback_number",
    "ticket_number": "asked_ticket",
    "ticket_code": "ticket_code",
}


@dataclass(frozen=True, kw_only=True)
class LookUp:
    """Asks the house for what only its rows know, and goes on by what was found."""

    name: str
    look_up: str  # callers_ticket, ticket or ticket_code
    cases: Mapping[str, str]
    otherwise: str


@dataclass(frozen=True, kw_only=True)
class Switch:
    """Goes on by what is known; the cases "known" and "unknown" ask only whether it is."""

    name: str
    on: str
    cases: Mapping[str, str]
    otherwise: str


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Ends the menu: the caller waits for a person."""

    name: str
    prompts: tuple[str, ...] = ()
    when_closed: tuple[str, ...] | None = None  # said instead out of hours; None: the same
    if_unknown: Mapping[str, str | bool] = field(default_factory=dict)
    known_by: str | None = None
    desk: str | None = None  # None: the route decides


Step = Say | Menu | Choice | Entry | Words | Record | Switch | LookUp | Wait


@dataclass(frozen=True, kw_only=True)
class Always:
    """What holds at every question of a flow."""

    person: str
    emergency: str
    gives_up: str
    not_heard: str
    not_understood: str
    refer: str
    tries: int = 3


def exits(step: Step) -> tuple[tuple[str, str], ...]:
    """Return where a step may lead, each with the place in the flow file that says so."""
    match step:
        case Wait():
            return ()
        case Say():
            return (("then", step.then),)
        case Switch() | LookUp():
            return (*((f"cases.{case}", to) for case, to in step.cases.items()), ("otherwise", step.otherwise))
        case Record():
            return (("then", step.then), *((("silence", step.silence),) if step.silence else ()))
        case _:
            found = [("then", step.then)]
            found += [(f"keys.{name}", key.step) for name, key in step.keys.items() if key.step]
            if isinstance(step, Menu) and step.unsure:
                found.append(("unsure", step.unsure))
            if step.silence:
                found.append(("silence", step.silence))
            return tuple(found)
