"""What the lint finds in a menu, and that an operator can read it."""

from dataclasses import replace

import pytest

from ivr.drafts import read_drafts
from ivr.menu_lint import Severity, findings_of
from ivr.menu_lint_words import FINDINGS, SEVERITIES
from ivr.menu_measures import measured
from ivr.speaking_time import seconds, units


def lint(sources, directory, *changes, file="main_line.yaml"):
    text = sources[file]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    drafts, problems = read_drafts({**sources, file: text})
    assert problems == []
    flow = drafts.flows["main_line"]
    menus = {language: measured(flow, drafts.prompts, language) for language in drafts.prompts.wordings}
    return [(found.severity, found.rule, found.place) for found in findings_of(flow, drafts.prompts, directory, menus)]


def test_the_shipped_menu_has_no_error(sources, directory):
    assert [found for found in lint(sources, directory) if found[0] is Severity.ERROR] == []


CONSENT = '"2": {says: "no", set: {consent: false}}\n      "0": {step: person}\n      "#": {back: true}\n      "*": {repeat: true}'


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('      "0": {step: person}\n', "", "no_person"),
        ('      "#": {back: true}\n', "", "no_back"),
        ('      "*": {repeat: true}', "", "no_repeat"),
        ('"0": {step: person}', '"0": {step: done}', "other_person"),
        ('"#": {back: true}', '"#": {repeat: true}', "other_back"),
        ('"*": {repeat: true}', '"*": {back: true}', "other_repeat"),
    ],
)
def test_a_question_without_the_three_keys_is_an_error(sources, directory, old, new, rule):
    changed = CONSENT.replace(old, new)

    assert (Severity.ERROR, rule, "consent") in lint(sources, directory, (CONSENT, changed))


def test_an_end_at_which_nobody_answers_is_an_error(sources, directory):
    deserted = replace(directory, staff={})
    named = ("  done: {wait: []}", "  done: {wait: [], desk: center:ICG}")

    found = lint(sources, deserted, named)

    assert (Severity.ERROR, "unstaffed_step", "done") in found
    assert (Severity.ERROR, "unstaffed_pool", "pool") in found
    assert (Severity.WARNING, "unstaffed_desk", "center:ICG") in found
    assert (Severity.NOTE, "unstaffed_desk", "institute:KITECH") in found


def test_a_question_nobody_would_hear_to_its_end_is_an_error(sources, directory):
    longer = ("  wish_question: ", "  wish_question: " + "아주 긴 안내입니다. " * 30)

    assert (Severity.ERROR, "long_question", "wish") in lint(sources, directory, longer, file="prompts/ko.yaml")


def test_digits_that_a_machine_reads_as_it_likes_are_pointed_at(sources, directory):
    digits = ("지역 번호부터 누르시고", "02부터 누르시고")

    found = lint(sources, directory, digits, file="prompts/ko.yaml")

    assert (Severity.WARNING, "unread", "prompts/ko.yaml") in found


def test_the_way_back_to_the_first_menu_makes_it_no_deeper(flow, sources):
    drafts, _ = read_drafts(sources)

    assert len(measured(drafts.flows["main_line"], drafts.prompts, "ko").levels) == 5


def test_the_longest_way_ends_with_a_person_and_passes_no_step_twice(flow, sources):
    drafts, _ = read_drafts(sources)

    menu = measured(drafts.flows["main_line"], drafts.prompts, "ko")

    assert len(set(menu.longest)) == len(menu.longest)
    assert menu.longest_seconds >= max(step.seconds for step in menu.steps.values())


def test_korean_is_counted_by_syllables_and_english_by_words():
    assert (units("접수 번호는 이육에 구입니다.", "ko"), units("Press one, please.", "en")) == (12, 3)
    assert seconds("가" * 11, "ko") == 2.0


def test_every_finding_has_words_in_both_languages():
    assert set(FINDINGS["ko"]) == set(FINDINGS["en"])
    assert all(set(names) == {*Severity} for names in SEVERITIES.values())
