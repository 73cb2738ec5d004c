"""A call flow: read from YAML, checked as a whole, and then a frozen value."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.checker import problems_of
from ivr.drafts import read_drafts
from ivr.prompts import Prompts
from ivr.steps import Always, Step


class FlowError(Exception):
    """Everything wrong with a flow's files, one problem a line: place, value and what was expected."""

    def __init__(self, problems: Collection[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Flow:
    """A voice menu that passed every check."""

    name: str
    version: str  # of all its sources; every call names the one it walked
    start: str
    steps: Mapping[str, Step]
    always: Always
    prompts: Prompts


def files_in(folder: Path) -> dict[str, str]:
    """Read the flows, the schema and the prompts of a folder; names are relative, such as prompts/ko.yaml."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in {".yaml", ".json"}
    }


def read_flow(files: Mapping[str, str], desks: Collection[str], name: str = "main_line") -> Flow:
    """Read and check every flow among the files, and return the one asked for. Raises FlowError with all problems."""
    drafts, problems = read_drafts(files)
    if f"{name}.yaml" not in files:
        raise FlowError([f"{name}.yaml: the file is not there; expected the flow of that name", *problems])
    problems = [*problems, *problems_of(drafts, desks)]
    if problems:
        raise FlowError(problems)
    draft = drafts.flows[name]
    return Flow(name, version_of(files), draft.start, draft.steps, draft.always, drafts.prompts)


def version_of(files: Mapping[str, str]) -> str:
    """Return a short fingerprint of all sources: the same texts give the same version anywhere."""
    digest = hashlib.sha256()
    for name, text in sorted(files.items()):
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:12]
