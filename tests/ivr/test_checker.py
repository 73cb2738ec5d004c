"""A flow that would lose a caller is refused, and the message says where, what, and what was expected."""

import re

import pytest

from commands.menu_lint import OWN
from ivr.checker import problems_of
from ivr.checker_paths import deepest
from ivr.drafts import read_drafts
from ivr.flow import FlowError, read_flow
from ivr.refusals_ko import in_korean

KEYS = '{"0": {step: person}, "#": {back: true}, "*": {repeat: true}}'


def problems(sources, directory, *changes, file="main_line.yaml"):
    text = sources[file]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    with pytest.raises(FlowError) as refused:
        read_flow({**sources, file: text}, directory.desks)
    return refused.value.problems


def with_step(text):
    """Return the change that adds a step at the end of the main flow."""
    return ("  done: {wait: []}\n", f"  done: {{wait: []}}\n{text}\n")


CONSENT_TWO = '"2": {says: "no", set: {consent: false}}'
REFUSED = {
    "a key that does not exist": (
        ('"5": {set', '"12": {set'),
        'main_line.category: keys key "12" is not one of 0-9, * or #',
    ),
    "a key given twice": (
        ('"5": {set', '"4": {set'),
        'key "4" is given twice; expected once',
    ),
    "a step that does not exist": (
        ("unsure: category_confirm", "unsure: category_confrm"),
        'main_line.category: unsure leads to "category_confrm", which is not a step; expected one of this flow\'s steps',
    ),
    "a step nobody reaches": (
        with_step("  forgotten: {wait: []}"),
        "main_line.forgotten: no step leads here; expected a way from who_calls",
    ),
    "a step without an end": (
        (
            '      "2": {says: "no", set: {consent: false}}\n      "0": {step: person}\n      "#": {back: true}\n      "*": {repeat: true}\n    hints_from: [answers]\n    then: number_needed',
            '      "2": {says: "no", set: {consent: false}}\n      "0": {step: person}\n      "#": {back: true}\n      "*": {repeat: true}\n    hints_from: [answers]',
        ),
        "main_line.consent: has no then; expected a menu with keys and then",
    ),
    "a loop of questions without a way out": (
        ('{says: "no", set: {consent: false}}', '{says: "no", set: {consent: false}, step: again}'),
        with_step(f"  again: {{menu: [consent], keys: {KEYS}, then: again}}"),
        "main_line.again: no answer from here ends at a wait step; expected a way out of the loop",
    ),
    "a loop the caller would not hear": (
        ("cases: {relay: relay_greeting} ", "cases: {relay: relay_greeting, special: who_calls} "),
        "main_line.who_calls: leads back to itself without a question; expected a way out of the loop",
    ),
    "a desk that does not exist": (
        ("person:\n    wait: [person_coming]", "person:\n    desk: center:XXX\n    wait: [person_coming]"),
        'main_line.person: desk "center:XXX" is not in the directory; expected one of its desks',
    ),
    "a menu without a person": (
        (CONSENT_TWO + '\n      "0": {step: person}', CONSENT_TWO),
        'main_line.consent: key "0" is missing; expected it for a person',
    ),
    "a menu without a way back": (
        (
            CONSENT_TWO + '\n      "0": {step: person}\n      "#": {back: true}',
            CONSENT_TWO + '\n      "0": {step: person}',
        ),
        'main_line.consent: key "#" is missing; expected it for the previous question',
    ),
    "a menu that cannot be heard again": (
        ('"*": {repeat: true}\n    hints_from: [services', "hints_from: [services"),
        "main_line.yaml: line",
    ),
    "a 0 that is no person": (
        (CONSENT_TWO + '\n      "0": {step: person}', CONSENT_TWO + '\n      "0": {step: done}'),
        'main_line.consent: key "0" does something else; expected a person',
    ),
    "a key with two meanings": (
        (CONSENT_TWO, '"2": {back: true, step: done}'),
        'main_line.consent: key "2" clashes: back and step; expected one of them',
    ),
    "a number key where places are numbered": (
        (
            "choices: region_candidates\n    keys:\n",
            'choices: region_candidates\n    keys:\n      "1": {step: region}\n',
        ),
        'main_line.region_which: key "1" clashes: a choice numbers its places itself; expected only 0, # and *',
    ),
    "two keys for one spoken answer": (
        (CONSENT_TWO, '"2": {says: "yes", set: {consent: false}}'),
        'main_line.consent: "yes" means keys 1 and 2; expected one',
    ),
    "a telephone number nobody can end": (
        ('    ends_with: "#"\n', ""),
        'main_line.callback_number: a telephone number has no fixed length; expected ends_with: "#"',
    ),
    "a case that never happens": (
        ("{relay: relay_greeting}", "{rely: relay_greeting}"),
        'main_line.who_calls: case "rely" never happens; number_kind is one of fixed_line',
    ),
    "a look-up with a case that never happens": (
        (
            "cases: {proven: ticket, limited: ticket_limited}\n    otherwise: ticket_number",
            "cases: {proven: ticket, refused: ticket_limited}\n    otherwise: ticket_number",
        ),
        'main_line.callers_ticket: case "refused" never happens; callers_ticket is one of proven, unproven, limited',
    ),
    "an entry that asks for something else": (
        ("asks: asked_ticket", "asks: ticket_code"),
        "main_line.ticket_number: asks ticket_code, but its keys are a ticket_number; expected asks: asked_ticket",
    ),
    "a hint with a comma": (
        ("    hints_from: [services, institutes, fields]", '    hints: ["기술, 이전"]\n    hints_from: [services]'),
        'main_line.category: hint "기술, 이전" has a comma; expected one word or phrase',
    ),
    "a hint too long": (
        ("    hints_from: [services, institutes, fields]", f"    hints: [{'가' * 101}]"),
        "has 101 characters; expected at most 100",
    ),
    "a prompt without words": (
        ("menu: [consent]", "menu: [consnt]"),
        'main_line.consent: prompt "consnt" is not in prompts/ko.yaml; expected its words there',
    ),
    "a part nobody knows": (
        ("    asks: wish\n", "    asks: wish\n    colour: red\n"),
        'main_line.wish: "colour" is not known here; expected one of asks',
    ),
    "a step of no kind": (
        with_step("  nothing: {then: done}"),
        "main_line.nothing: is {'then': 'done'}; expected a step: one of say, menu, choice, entry, words, record, switch, look_up or wait",
    ),
    "a service that does not exist": (
        ("category: technology_transfer}", "category: technology}"),
        "main_line.category: keys.5.set.category is 'technology'; expected one of technical_difficulty",
    ),
    "a step after which the caller is still asked": (
        ("person: person  ", "person: wish  "),
        "main_line: always.person is wish, which is no wait step; expected a step that waits",
    ),
    "a name that is not the file's": (
        ("flow: main_line", "flow: other_line"),
        'main_line: flow "other_line" is in main_line.yaml; expected the file\'s own name',
    ),
    "text that is no YAML": (("steps:", "steps: ]"), "main_line.yaml: line"),
}
del REFUSED["a menu that cannot be heard again"]


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_flow_is_refused(sources, directory, case):
    *changes, expected = case

    found = problems(sources, directory, *changes)

    assert any(expected in problem for problem in found), found


def test_a_menu_that_cannot_be_heard_again_is_refused(sources, directory):
    changes = (
        (
            '"0": {step: person}\n      "#": {back: true}\n      "*": {repeat: true}',
            '"0": {step: person}\n      "#": {back: true}',
        ),
    )

    assert 'main_line.category: key "*" is missing; expected it for the question again' in problems(
        sources, directory, *changes
    )


def test_menus_too_deep_are_refused(sources, directory):
    sixth = f'  sixth: {{menu: [consent], keys: {{"1": {{step: done}}, {KEYS[1:]}, then: done}}'
    found = problems(
        sources,
        directory,
        ("    hints_from: [answers]\n    then: done", "    hints_from: [answers]\n    then: sixth"),
        with_step(sixth),
    )

    assert found == (
        "main_line: menus are 6 levels deep (category, region, wish, consent, callback_number, sixth); expected at most 5",
    )


def test_the_main_flow_is_five_levels_deep(sources):
    drafts, _ = read_drafts(sources)

    assert deepest(drafts.flows["main_line"]) == (5, ("category", "region", "wish", "consent", "callback_number"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  wait_please:", "  wait_pleas:", 'prompts/ko.yaml: prompt "wait_please" is missing; expected it'),
        ("  wait_please:", "  spare: 예비\n  wait_please:", 'prompts/ko.yaml: prompt "spare" is never spoken'),
        (
            "{desk:으로}",
            "{desc:으로}",
            "prompts/ko.yaml: transferring names {desc}, which it is not given; expected desk",
        ),
        ("{desk:으로}", "{desk:에게로}", 'prompts/ko.yaml: transferring reads {desk} as "에게로"; expected a particle'),
        ("{desk:으로}", "{desk 으로}", "prompts/ko.yaml: transferring has a brace without a value"),
        ("  operator: 상담원 연결\n", "", 'prompts/ko.yaml: name "operator" is missing'),
        (
            "hold_on: 잠시만 기다려 주십시오.",
            "hold_on: 5",
            "prompts/ko.yaml: prompts.hold_on is 5; expected a sentence",
        ),
        ("language: ko", "language: en", 'prompts/ko.yaml: language "en"; expected "ko", as the file is called'),
    ],
)
def test_prompts_are_refused(sources, directory, old, new, expected):
    found = problems(sources, directory, (old, new), file="prompts/ko.yaml")

    assert any(problem.startswith(expected) for problem in found), found


def test_every_language_has_every_prompt(sources, directory):
    english = "language: en\nnames: {}\nprompts: {hold_on: Please hold.}\n"

    with pytest.raises(FlowError, match='prompt "greeting" is not in prompts/en'):
        read_flow({**sources, "prompts/en.yaml": english}, directory.desks)


def test_all_problems_come_at_once(sources, directory):
    found = problems(
        sources, directory, ("unsure: category_confirm", "unsure: nowhere"), with_step("  lost: {wait: [nothing]}")
    )

    assert len(found) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "5",
        "flow: main_line",
        "steps: {a: 1}",
        "a: &a [*a]",
        "? [a]\n: b",
        "\x00",
        "- !!python/object:os.system {}",
    ],
)
def test_a_file_that_is_no_flow_is_refused_calmly(sources, directory, text):
    with pytest.raises(FlowError):
        read_flow({**sources, "main_line.yaml": text}, directory.desks)


@pytest.mark.parametrize("missing", ["main_line.yaml", "flow.schema.json", "prompts/ko.yaml"])
def test_a_missing_file_is_named(sources, directory, missing):
    with pytest.raises(FlowError, match=missing):
        read_flow({name: text for name, text in sources.items() if name != missing}, directory.desks)


def test_the_version_changes_with_any_source(sources, directory, flow):
    again = read_flow(dict(reversed(sources.items())), directory.desks)
    changed = read_flow({**sources, "prompts/ko.yaml": sources["prompts/ko.yaml"] + "# \n"}, directory.desks)

    assert flow.version == again.version != changed.version


def test_another_flow_can_stand_beside_the_main_one(sources, directory):
    night = f"""
flow: night_line
start: ask
always: {{person: person, emergency: person, gives_up: person, not_heard: not_heard, not_understood: not_understood, refer: refer}}
steps:
  ask: {{menu: [consent], asks: consent, keys: {{1: {{set: {{consent: true}}, says: "yes"}}, {KEYS[1:]}, then: person}}
  person: {{wait: [person_coming], desk: pool}}
"""

    flow = read_flow({**sources, "night_line.yaml": night}, directory.desks, "night_line")

    assert flow.name == "night_line"
    assert flow.steps["person"].desk == "pool"


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_a_flow_is_refused_for_is_told_to_operators_in_korean(sources, directory, case):
    text = sources["main_line.yaml"]
    for old, new in case[:-1]:
        text = text.replace(old, new, 1)
    drafts, _ = read_drafts({**sources, "main_line.yaml": text})

    for problem in problems_of(drafts, directory.desks) if drafts.flows else ():
        assert re.search("[가-힣]", in_korean(problem)) or any(said in problem for said in OWN), problem
