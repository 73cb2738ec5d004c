"""The worker as a real process, with real children that are killed in the middle."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from commands.clock import FileClock, set_clock
from jobs.bell import RqBell
from switchboard.dispatch_outbox import dispatch_outbox

pytestmark = pytest.mark.processes
HERE = Path(__file__).resolve().parents[2]


@dataclass
class Team:
    """A worker in a process of its own, and what it has told."""

    folder: Path
    line: object
    url: str
    process: subprocess.Popen | None = None

    def __post_init__(self) -> None:
        set_clock(self.folder / "clock", self.line.clock.at, speed=0)
        self.line.house = replace(self.line.house, clock=FileClock(self.folder / "clock"))
        self.bell = RqBell(self.url, lost_after_seconds=0.5)

    def starts(self, **environment: str) -> "Team":
        self.process = subprocess.Popen(
            [sys.executable, HERE / "tests" / "jobs" / "slow_worker.py", self.folder],
            env={
                **os.environ,
                "PYTHONPATH": str(HERE),
                "DATABASE_URL": str(self.line.database.engine.url),
                "REDIS_URL": self.url,
                **environment,
            },
            cwd=self.folder,
        )
        return self

    def rings(self) -> bool:
        """Ring for what is due, as the ticker does; True for `until`."""
        dispatch_outbox(self.line.house, self.bell)
        return True

    def passes(self, seconds: float) -> None:
        self.line.clock.passes(seconds=seconds)
        set_clock(self.folder / "clock", self.line.clock.at, speed=0)

    def may_do(self, subject: str) -> None:
        (self.folder / f"go-{subject}").touch()

    def told(self, name: str) -> list[str]:
        with suppress(FileNotFoundError):
            return (self.folder / name).read_text().splitlines()
        return []

    def state_of(self, subject: str) -> str:
        return next(row.state for row in self.line.rows("outbox") if row.subject == subject)

    def stops(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=20)


@pytest.fixture
def team(sqlite_line, server_of_session, workers, tmp_path):
    team = Team(tmp_path, sqlite_line, server_of_session.url)
    yield team
    if team.process and team.process.poll() is None:
        team.process.kill()
        team.process.wait()
    team.bell.close()


def test_work_is_done_in_another_process_and_a_stop_waits_for_the_job_in_hand(team, until):
    team.starts()
    team.line.owes("slow", "1")
    team.line.owes("slow", "2")
    until(lambda: team.rings() and team.told("began"))

    team.process.terminate()
    team.may_do("1")

    assert team.process.wait(timeout=20) == 0
    assert team.told("done") == ["1"]
    assert (team.state_of("1"), team.state_of("2")) == ("done", "waiting")


def test_each_task_whose_worker_is_killed_in_the_middle_is_done_once_and_soon(team, until, running):
    team.starts()
    for number in range(1, 4):
        subject = str(number)
        team.line.owes("slow", subject)
        until(lambda number=number: team.rings() and len(team.told("began")) == 2 * number - 1)

        child = int(team.told("began")[-1].split()[1])
        os.kill(child, signal.SIGKILL)
        until(lambda child=child: not running(child))
        team.may_do(subject)
        team.passes(10)

        until(lambda subject=subject: team.rings() and team.state_of(subject) == "done")

    assert team.told("done") == ["1", "2", "3"]
    assert team.stops() == 0


def test_when_the_worker_itself_is_killed_the_next_one_does_its_task(team, until, running):
    team.starts()
    team.line.owes("slow", "1")
    until(lambda: team.rings() and team.told("began"))
    child = int(team.told("began")[0].split()[1])

    team.process.kill()
    team.process.wait()
    until(lambda: not running(child))  # nothing of it is left behind
    team.may_do("1")
    team.passes(10)
    team.starts()

    until(lambda: team.rings() and team.state_of("1") == "done")
    assert team.told("done") == ["1"]
    assert team.stops() == 0


def test_a_worker_without_a_server_waits_for_one_and_outlives_the_next(team, start_server, until, tmp_path):
    team.url = f"unix://{tmp_path}/queue/socket"
    team.bell = RqBell(team.url)
    team.starts()
    team.line.owes("slow", "1")
    until(lambda: any("worker.waits" in told for told in team.told("line.log")))
    for subject in ("1", "2"):
        team.line.owes("slow", subject)
        team.may_do(subject)
        server = start_server()
        until(lambda subject=subject: team.rings() and team.state_of(subject) == "done")
        server.stop()

    assert team.process.poll() is None
    assert team.stops() == 0
    assert team.told("done") == ["1", "2"]


def test_the_command_does_what_was_owed_before_it_started(sqlite_line, tmp_path, until):
    ticket = sqlite_line.opens_ticket()
    database = sqlite_line.database.engine.url.database
    process = subprocess.Popen(
        [sys.executable, HERE / "app.py", "worker", "--die-with-parent", str(os.getpid())],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "var"), "DATABASE_URL": f"sqlite:///{database}"},
        cwd=tmp_path,
    )
    messages = tmp_path / "var" / "messages.log"

    until(messages.exists)
    process.terminate()

    assert process.wait(timeout=20) == 0
    (told,) = messages.read_text(encoding="utf-8").splitlines()
    assert ticket.number in told
    assert "010-****-5678" in told
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT state FROM outbox WHERE kind = 'confirm_ticket'").fetchall() == [("done",)]
