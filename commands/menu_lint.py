"""`menu-lint`: a voice menu as an operator reads it before it is published."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from commands.building import DIRECTORY_FOLDER, FLOW_FOLDER
from directory.model import Directory
from directory.reading import files_in as directory_files
from directory.reading import read_directory
from ivr.checker import problems_of
from ivr.drafts import Drafts, FlowDraft, read_drafts
from ivr.flow import FlowError, files_in
from ivr.menu_lint import Finding, Severity, findings_of
from ivr.menu_lint_words import FINDINGS, FRAME, LEVEL_NAMES, SEVERITIES
from ivr.menu_measures import MenuMeasures, StepMeasure, measured
from ivr.refusals_ko import in_korean
from ivr.speaking_time import SYLLABLES_A_SECOND, WORDS_A_SECOND

MAIN = FLOW_FOLDER / "main_line.yaml"
FOUND_ERRORS = 1
OWN = ("is missing; expected it for", "does something else; expected", "levels deep")  # the lint says it itself


@click.command("menu-lint")
@click.option("--flow", "path", type=click.Path(path_type=Path), default=MAIN, help="A flow's YAML file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Of the report.")
def menu_lint(path: Path, as_json: bool, lang: str) -> int:
    """Measure a menu, and say what to mend before it is published; exit 1 when something must be."""
    directory = read_directory(directory_files(DIRECTORY_FOLDER))
    drafts, flow = read_draft(path)
    menus = {language: measured(flow, drafts.prompts, language) for language in sorted(drafts.prompts.wordings)}
    found = (*refusals(drafts, flow, directory), *findings_of(flow, drafts.prompts, directory, menus))
    menu = menus[lang] if lang in menus else menus["ko"]
    if as_json:
        click.echo(json.dumps(as_data(flow, menu, found, lang), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(as_text(flow, menu, found, lang)))
    return FOUND_ERRORS if any(finding.severity is Severity.ERROR for finding in found) else 0


def read_draft(path: Path) -> tuple[Drafts, FlowDraft]:
    """Read one flow with the house's schema and prompts, or with the prompts that stand beside it.

    Raises FlowError for files that cannot be read at all.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FlowError([f"{path}: cannot be read as text ({error})"]) from None
    files = {name: told for name, told in files_in(FLOW_FOLDER).items() if not is_flow(name)}
    files |= {name: told for name, told in files_in(path.parent).items() if name.startswith("prompts/")}
    drafts, problems = read_drafts({**files, f"{path.stem}.yaml": text})
    if problems or path.stem not in drafts.flows:
        raise FlowError(problems or [f"{path}: no flow (expected a file that ends in .yaml)"])
    return drafts, drafts.flows[path.stem]


def is_flow(name: str) -> bool:
    return name.endswith(".yaml") and "/" not in name


def refusals(drafts: Drafts, flow: FlowDraft, directory: Directory) -> Iterator[Finding]:
    """Give what the check refuses, without what the lint finds by itself."""
    for problem in problems_of(drafts, directory.desks):
        if not any(part in problem for part in OWN):
            place, _, _ = problem.partition(": ")
            yield Finding(Severity.ERROR, "refused", place.removeprefix(f"{flow.name}."), {"problem": problem})


def as_text(flow: FlowDraft, menu: MenuMeasures, found: tuple[Finding, ...], lang: str) -> Iterator[str]:
    frame, count = FRAME[lang], Counter(finding.severity for finding in found)
    yield frame["title"].format(flow=flow.name)
    yield frame["pace"].format(syllables=SYLLABLES_A_SECOND, words=WORDS_A_SECOND)
    yield frame["depth"].format(depth=len(menu.levels), levels=levels_said(menu.levels, lang))
    yield frame["opening"].format(seconds=menu.before_first_question)
    yield frame["longest"].format(seconds=menu.longest_seconds, questions=menu.most_questions)
    yield frame["way"].format(way=" → ".join(menu.longest))
    yield ""
    counts = {f"{severity}s": count[severity] for severity in Severity}
    yield frame["findings"].format(**counts)
    for finding in found:
        what, do = said(finding, lang)
        severity = SEVERITIES[lang][finding.severity]
        yield frame["finding"].format(severity=severity, place=finding.place or frame["whole"], what=what, do=do)
    if not found:
        yield frame["none"]
    yield ""
    yield frame["steps"].format(language=menu.language)
    for step in menu.steps.values():
        yield from step_lines(step, frame)


def step_lines(step: StepMeasure, frame: Mapping[str, str]) -> Iterator[str]:
    if not step.prompts:
        return
    choices = frame["choices"].format(count=step.choices) if step.choices else ""
    yield frame["step"].format(name=step.name, seconds=step.seconds, choices=choices)
    for prompt in step.prompts:
        measures = {name: value for name, value in asdict(prompt).items() if name not in {"name", "language"}}
        yield frame["prompt"].format(**measures, unit=frame["unit"])


def said(finding: Finding, lang: str) -> tuple[str, str]:
    what, do = FINDINGS[lang][finding.rule]
    values = dict(finding.values)
    if finding.rule == "refused" and lang == "ko":
        values["problem"] = in_korean(str(values["problem"]))
    if "levels" in values:
        values["levels"] = levels_said(tuple(map(str, finding.values["levels"])), lang)  # type: ignore[call-overload]
    return what.format(**values), do.format(**values)


def levels_said(levels: tuple[str, ...], lang: str) -> str:
    return " → ".join(LEVEL_NAMES.get(level, level) if lang == "ko" else level for level in levels)


def as_data(flow: FlowDraft, menu: MenuMeasures, found: tuple[Finding, ...], lang: str) -> dict[str, Any]:
    return {
        "flow": flow.name,
        "pace": {"ko_syllables_a_second": SYLLABLES_A_SECOND, "en_words_a_second": WORDS_A_SECOND},
        "depth": len(menu.levels),
        "levels": list(menu.levels),
        "before_first_question_seconds": menu.before_first_question,
        "longest_way": {"steps": list(menu.longest), "seconds": menu.longest_seconds, "questions": menu.most_questions},
        "steps": [asdict(step) | {"seconds": step.seconds} for step in menu.steps.values()],
        "findings": [
            {"severity": finding.severity, "rule": finding.rule, "place": finding.place, "what": what, "do": do}
            for finding in found
            for what, do in [said(finding, lang)]
        ],
    }
