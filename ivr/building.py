"""Turns the data of a flow file, already held against the schema, into steps."""

from collections.abc import Mapping
from typing import Any

from ivr.steps import Always, Choice, Entry, Key, LookUp, Menu, Record, Say, Step, Switch, Wait, Words

KINDS = ("say", "menu", "choice", "entry", "words", "record", "switch", "look_up", "wait")
QUESTION_PARTS = ("then", "asks", "confirms", "silence", "wait_seconds")
QUESTION_LISTS = ("retry", "last_retry", "hints", "hints_from")


def step_of(name: str, data: Mapping[str, Any]) -> Step:
    kind = next(kind for kind in KINDS if kind in data)
    match kind:
        case "say":
            return Say(
                name=name,
                prompts=tuple(data["say"]),
                then=data["then"],
                interruptible=data.get("interruptible", False),
                serves=data.get("serves", False),
                forget=tuple(data.get("forget", ())),
            )
        case "record":
            return Record(name=name, prompts=tuple(data["record"]), then=data["then"], silence=data.get("silence"))
        case "look_up":
            return LookUp(name=name, look_up=data["look_up"], cases=data["cases"], otherwise=data["otherwise"])
        case "switch":
            return Switch(name=name, on=data["switch"], cases=data["cases"], otherwise=data["otherwise"])
        case "wait":
            return Wait(
                name=name,
                prompts=tuple(data["wait"]),
                when_closed=tuple(data["when_closed"]) if "when_closed" in data else None,
                if_unknown=data.get("if_unknown", {}),
                known_by=data.get("known_by"),
                desk=data.get("desk"),
            )
        case _:
            return question_of(name, kind, data)


def question_of(name: str, kind: str, data: Mapping[str, Any]) -> Menu | Choice | Entry | Words:
    common: dict[str, Any] = {"name": name, "prompts": tuple(data[kind])}
    common |= {part: data[part] for part in QUESTION_PARTS if part in data}
    common |= {part: tuple(data[part]) for part in QUESTION_LISTS if part in data}
    common["keys"] = {key: key_of(given) for key, given in data["keys"].items()}
    match kind:
        case "menu":
            return Menu(**common, unsure=data.get("unsure"), serves=data.get("serves", False))
        case "choice":
            return Choice(**common, choices=data["choices"])
        case "entry":
            return Entry(**common, takes=data["takes"], ends_with=data.get("ends_with", ""))
        case _:
            return Words(**common)


def key_of(data: Mapping[str, Any]) -> Key:
    return Key(**{**data, "forget": tuple(data.get("forget", ()))})


def always_of(data: Mapping[str, Any]) -> Always:
    return Always(**data)
