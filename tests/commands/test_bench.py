"""The bench runs, and says what it promises to say. How fast this machine is, is no test's business."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands.bench import NAMES, WITHOUT_ROWS, Bench
from commands.bench_calls import calls, interleaved, turns_of
from commands.bench_client import is_whole
from commands.bench_figure import Figure, Rounds, Times
from commands.bench_postgresql import development_packages, postgresql

HERE = Path(__file__).resolve().parents[2]
KEYS = [
    "name",
    "db",
    "n",
    "p50_ms",
    "p95_ms",
    "p99_ms",
    "floor_p50_ms",
    "floor_p99_ms",
    "ratio",
    "limit",
    "ok",
    "value",
    "unit",
]


@pytest.mark.processes
@pytest.mark.timeout(400)
def test_a_quick_run_measures_each_figure_on_each_database_and_tells_it_in_one_line_of_json():
    left = subprocess.run(
        [sys.executable, HERE / "app.py", "bench", "--quick"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )

    lines = [json.loads(line) for line in left.stdout.splitlines()]
    there = {"sqlite", "postgresql"} if development_packages() else {"sqlite"}
    beside = [line for line in lines if line["name"] in {"webhook_throughput", "webhook_p99", "turn_inside"}]
    assert left.returncode == (0 if all(line["ok"] for line in lines) else 1), left.stderr
    assert [list(line) for line in lines] == [KEYS] * len(lines)
    for name in NAMES:
        told_as = {"routing_quality": "routing_in_20_s"}.get(name, name)
        measured = {line["db"] for line in lines if line["name"].startswith(told_as)}
        alone = {"demo_first_answer": {"sqlite"}, **{name: {None} for name in WITHOUT_ROWS}}
        assert measured == alone.get(name, there), name + left.stderr
    free = {"waiting_cpu", "waiting_memory"}  # may cost nothing at all
    assert all(line["n"] > 0 and (line["value"] > 0 or line["name"] in free or not line["db"]) for line in lines)
    assert all(0 < line["floor_p50_ms"] <= line["floor_p99_ms"] for line in beside)
    assert all(0 < line["p50_ms"] <= line["p99_ms"] and line["ratio"] == line["value"] for line in beside)


def test_no_database_but_its_own_is_written_to(tmp_path, fresh_postgresql):
    given = fresh_postgresql()

    with postgresql({"DATABASE_URL": given.replace("postgresql:", "postgresql+psycopg:")}, tmp_path) as fresh:
        made = [fresh(), fresh()]

    assert len({given, *made}) == 3


def test_without_a_server_only_sqlite_is_measured(tmp_path, monkeypatch):
    measured = []
    monkeypatch.setattr(Bench, "_measured", lambda _self, name, db, _url: measured.append((name, db)) or iter(()))

    list(Bench(tmp_path, None, quick=True).figures("webhook_p99"))

    assert measured == [("webhook_p99", "sqlite")]


def test_a_caller_takes_their_turns_in_order_among_the_others():
    first, second = calls(2)
    order = interleaved([first, second], at_once=25)

    assert [turn for turn in order if turn in list(turns_of(first))] == list(turns_of(first))
    assert order[:4] == [first, second, first.then, second.then]


def test_callers_come_one_after_the_other_and_each_is_at_a_point_of_their_own():
    first, second, third = (list(turns_of(one)) for one in calls(3))
    assert len(first) == 8

    order = interleaved([first[0], second[0], third[0]], at_once=2)

    # the turns of the first stand at 0, 2, 4 …, those of the second at 8, 10 … and those of the third at 16, 18 …
    assert order[:4] == first[:4]
    assert order[4:12] == [first[4], second[0], first[5], second[1], first[6], second[2], first[7], second[3]]
    assert order[12:20] == [second[4], third[0], second[5], third[1], second[6], third[2], second[7], third[3]]
    assert order[20:] == third[4:]


def test_times_are_read_in_milliseconds_and_the_middle_round_counts():
    rounds = Rounds([Times([0.001, 0.002, 0.003], 1.0), Times([0.1, 0.2, 0.3], 3.0), Times([0.01, 0.02, 0.03], 2.0)])

    assert (rounds.n, rounds.p50_ms, rounds.p99_ms, rounds.per_second) == (9, 20.0, 30.0, 1.5)


def test_a_figure_without_a_floor_says_null():
    line = json.loads(Figure("web_memory", "sqlite", 1000, 101.23456, "MB", 150.0, ok=True).line())

    assert (line["value"], line["ratio"], line["floor_p99_ms"]) == (101.235, None, None)


@pytest.mark.parametrize(
    ("got", "whole"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Le", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd", True),
        (b"HTTP/1.1 204 NO CONTENT\r\n\r\n", True),
    ],
)
def test_an_answer_is_whole_when_its_length_is_there(got, whole):
    assert is_whole(got) is whole
