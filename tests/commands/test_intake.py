"""`intake` as a counselor runs it."""

import json

import pytest
from click.testing import CliRunner

from commands.main import line

SCRIPT = "keys 3\nsay 안산이요\nsay 세라믹 분야로 반년쯤 와 주실 분이요\nkeys 1\nhangup\n"


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    script = tmp_path / "call.txt"
    script.write_text(SCRIPT, encoding="utf-8")

    def invoke(*arguments):
        return CliRunner().invoke(line, arguments, standalone_mode=False)

    played = invoke("call", "--from", "01012345678", "--at", "2026-11-24T10:00", "--script", str(script))
    assert played.exception is None
    return invoke


def test_the_form_shows_what_is_known_and_hides_no_overlap_of_the_source(run):
    form = run("intake", "26-000001-9").output

    assert "교류 기간: 182일 (speech)" in form
    assert "6개월은 두 구분에 모두 들어갑니다" in form


def test_a_counselor_completes_it_and_programs_can_read_it(run):
    report = json.loads(run("intake", "260000019", "--set", "exchange_days=14", "--by", "icg_1", "--json").output)

    period = report["details"]["exchange_days"]
    assert (period["value"], period["by"]) == (14, "counselor")
    assert (period["class"]["classes"], period["class"]["is_certain"]) == ([], False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("26-000001-9", "--set", "exchange_days=many", "--by", "icg_1"), 'exchange_days: "many" (expected whole days'),
        (("26-000001-9", "--set", "urgency=urgent", "--by", "icg_1"), "urgency: not asked for personnel_exchange"),
        (("26-000001-9", "--set", "field", "--by", "icg_1"), "expected NAME=VALUE"),
        (("26-000001-9", "--set", "field=x"), "--set needs --by AGENT"),
        (("26-000001-9", "--set", "field=x", "--by", "nobody_1"), '"nobody_1" is not on the staff'),
        (("26-000001-8",), "is not a ticket number"),
        (("26-000002-4",), "there is no ticket 26-000002-4"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(run, arguments, said):
    refused = run("intake", *arguments).exception

    assert said in refused.message
