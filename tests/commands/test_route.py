"""`route` and `why`: the plan before a call, and the decisions after it, for people and for programs."""

import json

import pytest
from click.testing import CliRunner

from commands.look import why
from commands.route import route

TUESDAY_AT_10 = "2026-11-24T10:00"


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Ask for a route on a fresh line; return the exit code and what was printed."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)

    def run(*options, command=route) -> tuple[int, str]:
        done = CliRunner().invoke(command, options)
        return done.exit_code, done.output

    return run


def test_a_route_is_printed_as_one_object_with_its_tiers_and_reasons_in_both_languages(asked):
    options = ["--category", "technical_difficulty", "--region", "KR-41", "--institute", "KITECH"]

    code, printed = asked(*options, "--at", TUESDAY_AT_10, "--staffed", "all", "--json")

    told = json.loads(printed)
    assert code == 0
    assert told["tiers"][0] == {"opens_after_s": 0, "desks": ["institute:KITECH"], "skipped": None}
    assert [tier["desks"] for tier in told["tiers"][1:]] == [["center:ICG"], ["center:SEL"], ["pool"]]
    assert told["fallback"] == "callback"
    assert all(reason["text"] and reason["text_en"] for reason in told["reasons"])


@pytest.mark.parametrize(("at", "rule"), [(TUESDAY_AT_10, "unstaffed"), ("2026-11-29T10:00", "closed")])
def test_nobody_signed_in_and_a_sunday_skip_every_tier_by_another_rule(asked, at, rule):
    _, printed = asked("--category", "information", "--at", at, "--staffed", "none", "--json")

    assert {tier["skipped"] for tier in json.loads(printed)["tiers"]} == {rule}


def test_the_region_of_the_caller_s_number_counts_when_none_is_named(asked):
    _, printed = asked("--category", "information", "--from", "0531234567", "--at", TUESDAY_AT_10, "--staffed", "all")

    assert "center:DGB" in printed


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--region", "KR-99"], '--region: "KR-99" is not a region: expected one of KR-11'),
        (["--institute", "NASA"], '--institute: "NASA" is no institute: expected one of ETRI'),
        (["--at", "yesterday"], '"yesterday" is not a time: expected ISO such as 2026-11-24T10:00'),
        (["--staffed", "some"], "'some' is not one of 'all', 'none', 'live'"),
    ],
)
def test_what_cannot_be_asked_gives_one_line_that_says_what_was_expected(asked, options, expected):
    code, printed = asked("--category", "information", *options)

    assert code == 2
    assert expected in printed


def test_a_ticket_that_is_none_and_one_that_is_not_there_are_told_apart(asked):
    assert "is not a ticket number: expected one such as 26-000123-3" in asked("x", command=why)[1]
    assert "there is no ticket 26-000123-3" in asked("26-000123-3", "--json", command=why)[1]
