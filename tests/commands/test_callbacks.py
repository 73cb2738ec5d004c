"""Callbacks and announcements from the command line: listed, given up, set, ended; and played by a script."""

import json
from datetime import UTC, datetime

import click
import pytest
from click.testing import CliRunner

from commands.main import line

pytestmark = pytest.mark.usefixtures("data_dir")
CLOSED = "2026-11-24T20:00"


@pytest.fixture
def data_dir(copied_sqlite, tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", copied_sqlite)
    return tmp_path


def run(*arguments) -> str:
    result = CliRunner().invoke(line, arguments, catch_exceptions=False, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.output


def plays(tmp_path, *acts, at=CLOSED) -> dict:
    script = tmp_path / "call.txt"
    script.write_text("\n".join(acts), encoding="utf-8")
    return json.loads(run("call", "--from", "01012345678", "--at", at, "--script", str(script), "--json"))


def callbacks() -> list[dict]:
    return json.loads(run("callbacks", "--json"))["callbacks"]


def test_a_callback_is_listed_with_its_masked_number_and_given_up_with_a_reason(tmp_path):
    played = plays(tmp_path, "keys 0", "wait 40")

    (owed,) = callbacks()
    assert (owed["mode"], owed["number"], owed["attempts"]) == ("callback", "010-****-5678", [])
    assert owed["ticket"] == played["ticket"]["number"]
    assert f"{owed['entry']} callback {owed['ticket']}" in run("callbacks")

    run("callbacks", "cancel", str(owed["entry"]), "--reason", "solved by mail", "--by", "icg_1")
    assert callbacks() == []


def test_a_supervisor_lets_a_callback_stand_further_ahead_or_back(tmp_path):
    plays(tmp_path, "keys 0", "wait 40")
    entry = str(callbacks()[0]["entry"])

    told = run("queue", "priority", entry, "600", "--by", "icg_lead", "--reason", "설비 멈춤")

    assert told == f"{entry}: 600 s, 설비 멈춤\n"
    assert json.loads(run("queue", "--json"))["waiting"][0]["priority_seconds"] == 600
    run("queue", "priority", entry, "-60", "--by", "icg_lead", "--reason", "x")
    assert json.loads(run("queue", "--json"))["waiting"][0]["priority_seconds"] == -60
    with pytest.raises(click.UsageError, match="may not change a waiting caller's priority"):
        run("queue", "priority", entry, "60", "--by", "icg_1", "--reason", "x")


def test_a_script_plays_the_customer_who_is_called_back_the_next_morning(tmp_path):
    run("agent", "icg_1", "available")

    played = plays(
        tmp_path, "keys 0", "wait 20", "hangup", "agent icg_1 accepts", "called busy", "wait 46800", "called answers",
        "wait 900",
    )  # fmt: skip

    (talking,) = callbacks()
    assert [attempt["outcome"] for attempt in talking["attempts"]] == ["busy", "answered"]
    ticket = json.loads(run("ticket", played["ticket"]["number"], "--json"))
    assert (ticket["state"], ticket["agent"]) == ("assigned", "icg_1")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("callbacks", "cancel", "7", "--reason", "x", "--by", "icg_1"),
            "entry 7 is no callback (expected one that `callbacks` lists)",
        ),
        (
            ("queue", "priority", "7", "60", "--by", "icg_lead", "--reason", "x"),
            "entry 7 is not known (expected one that `queue` or `callbacks` lists)",
        ),
        (
            ("queue", "priority", "7", "7201", "--by", "icg_lead", "--reason", "x"),
            "a priority of 7201 seconds (expected -3600 to 7200)",
        ),
        (
            ("announcement", "set", " ", "--until", "2099-01-01T00:00", "--by", "line_operator"),
            "the announcement has 0 characters",
        ),
        (
            ("announcement", "set", "안내", "--until", "2001-01-01T00:00", "--by", "line_operator"),
            "has passed (expected a moment after",
        ),
        (("announcement", "set", "안내", "--until", "tomorrow", "--by", "line_operator"), '"tomorrow" is not a time'),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments, expected):
    with pytest.raises(click.UsageError) as refused:
        run(*arguments)

    assert expected in refused.value.message


def test_an_announcement_is_set_shown_and_cleared():
    assert datetime.now(UTC).year < 2099
    run("announcement", "set", "오늘은  세 시에 마칩니다.", "--until", "2099-01-01T00:00", "--by", "line_operator")
    assert "ko, until 2099-01-01T00:00:00+09:00: 오늘은 세 시에 마칩니다." in run("announcement", "show")
    assert json.loads(run("announcement", "show", "--json"))["announcements"][0]["language"] == "ko"

    assert run("announcement", "clear", "--by", "line_operator").startswith("1 ended")
    assert "no announcement" in run("announcement", "show")
