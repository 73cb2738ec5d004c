"""The command line as people run it: what one process leaves is the next one's, and what is wrong is told in a line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands import main

HERE = Path(__file__).resolve().parents[2]
SCRIPT = """agent kitech_1 accepts
say 안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요
keys 1
wait 20
hangup
"""


def run(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, HERE / "app.py", *arguments],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "var"), **settings},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.processes
def test_what_one_process_leaves_the_next_one_finds(tmp_path):
    (tmp_path / "call.txt").write_text(SCRIPT)
    station = "sip:kitech_1@pbx.example.kr"

    signed_in = run(tmp_path, "agent", "kitech_1", "available", "--station", station)
    called = run(
        tmp_path, "call", "--from", "01012345678", "--at", "2026-11-24T10:00", "--script", "call.txt", "--json"
    )
    assert (signed_in.returncode, called.returncode) == (0, 0), signed_in.stderr + called.stderr
    report = json.loads(called.stdout)
    number = report["ticket"]["number"]
    queue = json.loads(run(tmp_path, "queue", "--json").stdout)
    ticket = json.loads(run(tmp_path, "ticket", number.replace("-", ""), "--json").stdout)
    why = run(tmp_path, "why", number).stdout

    is_the_documented_report(report)
    assert (report["outcome"], report["desk"], report["agent"]) == ("answered", "institute:KITECH", "kitech_1")
    (kitech,) = queue["agents"]
    assert (kitech["id"], kitech["work_state"], kitech["station"]) == ("kitech_1", "idle", station)
    assert queue["waiting"] == []
    assert (ticket["number"], ticket["agent"], ticket["call_outcome"]) == (number, "kitech_1", "answered")
    assert "01012345678" not in ticket["caller"]["number"]
    assert number in why
    assert "field_fits" in why
    assert "longest_idle" in why


def is_the_documented_report(report: dict) -> None:
    assert set(report) == {
        *("call", "line", "from", "transcript", "intake", "desk", "agent", "offers", "ticket", "outcome", "reasons"),
        "directory_version",
    }
    assert set(report["from"]) == {"raw", "e164", "kind"}
    assert set(report["intake"]) == {"category", "category_by", "region", "region_by", "wish", "consent"}
    assert set(report["ticket"]) == {"number", "state", "due_at"}
    assert report["offers"]
    assert all(set(offer) == {"id", "agent", "state", "made_at"} for offer in report["offers"])
    assert report["reasons"]
    assert all(set(reason) == {"tier", "subject", "rule", "verdict", "text", "text_en"} for reason in report["reasons"])
    for heard in report["transcript"]:
        assert set(heard) in ({"at", "who", "text"}, {"at", "who", "keys"}, {"at", "who", "speech"})


WRONG = {
    "an unknown option": (["queue", "--loud"], {}, "--loud"),
    "an unknown command": (["dance"], {}, "dance"),
    "a missing script": (["call", "--from", "01012345678", "--script", "none.txt"], {}, "none.txt"),
    "no caller": (["call", "--script", "good.txt"], {}, "--from"),
    "a number not ours": (["call", "--from", "1", "--to", "114", "--script", "good.txt"], {}, "114"),
    "a time that is none": (["call", "--from", "1", "--at", "noon", "--script", "good.txt"], {}, "noon"),
    "a time out of range": (["call", "--from", "1", "--at", "0001-01-01T00:00", "--script", "good.txt"], {}, "0001"),
    "a script line": (["call", "--from", "1", "--script", "bad.txt"], {}, "bad.txt:2"),
    "a script that is no text": (["call", "--from", "1", "--script", "binary.txt"], {}, "binary.txt"),
    "an agent of a script": (["call", "--from", "1", "--script", "stranger.txt"], {}, "stranger.txt:1"),
    "an unknown agent": (["agent", "nobody", "available"], {}, "nobody"),
    "a station": (["agent", "icg_1", "available", "--station", "fax:1"], {}, "fax:1"),
    "a presence": (["agent", "icg_1", "asleep"], {}, "asleep"),
    "a ticket that is no number": (["ticket", "12"], {}, "12"),
    "a ticket nobody opened": (["ticket", "26-000001-9"], {}, "26-000001-9"),
    "a port": (["queue"], {"PORT": "http"}, "PORT"),
    "a database": (["queue"], {"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
    "a folder": (["queue"], {"DATA_DIR": "/dev/null/x"}, "DATA_DIR"),
    "a folder nobody may write to": (["queue"], {"DATA_DIR": "/proc", "DATABASE_URL": "sqlite:///line.db"}, "DATA_DIR"),
    "a folder for the demo": (["demo", "--once"], {"DATA_DIR": "/dev/null/x"}, "DATA_DIR"),
    "no port at all": (["serve"], {"CARRIER": "simulator", "PORT": "0"}, "PORT"),
    "no carrier": (["serve"], {}, "CARRIER"),
    "no way out": (["serve"], {"CARRIER": "twilio"}, "FALLBACK_NUMBER"),
    "no database for the worker": (
        ["worker"],
        {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        "DATABASE_URL",
    ),
    "a product's address": (["simulator", "--port", "0", "--product-url", "1379.kr"], {}, "--product-url"),
}


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A folder with scripts to run the commands in."""
    (tmp_path / "good.txt").write_text("hangup\n")
    (tmp_path / "bad.txt").write_text("keys 1\nshout\n")
    (tmp_path / "stranger.txt").write_text("agent nobody accepts\n")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "PORT", "HOST", "PUBLIC_BASE_URL", "FALLBACK_NUMBER", "CARRIER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    return tmp_path


@pytest.mark.parametrize(("arguments", "settings", "names"), WRONG.values(), ids=WRONG)
def test_whatever_is_wrong_is_told_in_one_clear_line_with_exit_code_2(
    folder, monkeypatch, capsys, arguments, settings, names
):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("commands.environment.start_log", lambda _folder: None)  # the log is this process's own

    with pytest.raises(SystemExit) as left:
        main.run(arguments)

    told = capsys.readouterr()
    assert left.value.code == 2
    assert names in told.err
    assert len(told.err.splitlines()) == 1
    assert told.out == ""


@pytest.mark.processes
@pytest.mark.parametrize("wrong", ["an unknown option", "a script line", "a port"])
def test_a_process_that_is_asked_wrongly_says_so_and_leaves_with_2(folder, wrong):
    arguments, settings, names = WRONG[wrong]

    left = run(folder, *arguments, **settings)

    assert left.returncode == 2
    assert names in left.stderr
    assert len(left.stderr.splitlines()) == 1
    assert left.stdout == ""
