"""Flows and prompts as their files give them, before the checker has looked at what they mean."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import yaml

from ivr import yaml_text
from ivr.building import always_of, step_of
from ivr.prompts import Prompts, Wording
from ivr.schema_check import schema_problems
from ivr.steps import Always, Step

SCHEMA = "flow.schema.json"


@dataclass(frozen=True)
class FlowDraft:
    """One flow file that fits the schema."""

    name: str
    start: str
    always: Always
    steps: Mapping[str, Step]


@dataclass(frozen=True)
class Drafts:
    """Every flow among the files, and the prompts they share."""

    flows: Mapping[str, FlowDraft] = field(default_factory=dict)
    prompts: Prompts = field(default_factory=lambda: Prompts({}))
    complete: bool = True  # False: some file could not be read, so what is missing may be there


def read_drafts(files: Mapping[str, str]) -> tuple[Drafts, list[str]]:
    """Return what could be read and every problem of form; a file with a problem is left out."""
    problems: list[str] = []
    schema = read_schema(files, problems)
    flows: dict[str, FlowDraft] = {}
    wordings: dict[str, Wording] = {}
    for name, text in sorted(files.items()):
        path = PurePosixPath(name)
        if path.suffix != ".yaml":
            continue
        if path.parent.name == "prompts":
            found = read_wording(path, text, problems)
            if found:
                wordings[path.stem] = found
        elif schema is not None:
            draft = read_flow_draft(path.stem, text, schema, problems)
            if draft:
                flows[path.stem] = draft
    if "ko" not in wordings and "prompts/ko.yaml" not in files:
        problems.append("prompts/ko.yaml: the file is not there; expected the Korean prompts")
    return Drafts(flows, Prompts(wordings), complete=not problems), problems


def read_schema(files: Mapping[str, str], problems: list[str]) -> Mapping[str, Any] | None:
    try:
        schema: Mapping[str, Any] = json.loads(files[SCHEMA])
    except KeyError:
        problems.append(f"{SCHEMA}: the file is not there; expected the JSON Schema of a flow")
    except ValueError as error:
        problems.append(f"{SCHEMA}: {error}; expected JSON")
    else:
        return schema
    return None


def read_flow_draft(name: str, text: str, schema: Mapping[str, Any], problems: list[str]) -> FlowDraft | None:
    data = parsed(f"{name}.yaml", text, problems)
    if data is None:
        return None
    found = schema_problems(name, data, schema)
    if found:
        problems.extend(found)
        return None
    if data["flow"] != name:
        problems.append(f'{name}: flow "{data["flow"]}" is in {name}.yaml; expected the file\'s own name')
    steps = {step: step_of(step, given) for step, given in data["steps"].items()}
    return FlowDraft(name, data["start"], always_of(data["always"]), steps)


def read_wording(path: PurePosixPath, text: str, problems: list[str]) -> Wording | None:
    data = parsed(str(path), text, problems)
    if data is None:
        return None
    before = len(problems)
    if not isinstance(data, dict):
        problems.append(f"{path}: {type(data).__name__}; expected language, names and prompts")
        return None
    if data.get("language") != path.stem:
        problems.append(f'{path}: language "{data.get("language")}"; expected "{path.stem}", as the file is called')
    for part in ("names", "prompts"):
        given = data.get(part)
        if not isinstance(given, dict):
            problems.append(f"{path}: {part} is missing; expected a list of name: sentence")
            continue
        problems.extend(
            f"{path}: {part}.{name} is {said!r}; expected a sentence"
            for name, said in given.items()
            if not isinstance(said, str) or not said.strip()
        )
    spoken_in = data.get("spoken_in", {})
    if not isinstance(spoken_in, dict) or not all(isinstance(word, str) for word in spoken_in.values()):
        problems.append(f"{path}: spoken_in is {spoken_in!r}; expected a list of prompt: language")
    if len(problems) > before:
        return None
    return Wording(prompts=data["prompts"], names=data["names"], spoken_in=spoken_in)


def parsed(name: str, text: str, problems: list[str]) -> Any:
    try:
        data = yaml_text.parse(text)
    except yaml.YAMLError as error:
        problems.append(f"{name}: {yaml_text.place_and_reason(error)}")
        return None
    if data is None:
        problems.append(f"{name}: the file is empty; expected YAML")
    return data
