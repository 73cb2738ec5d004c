"""A line of real processes for each test, the size of the tests, and one line of figures for each."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import structlog

from tests.faults.rig import Rig

FULL = os.environ.get("FAULTS_SIZE") == "full"
REPORT_TO = os.environ.get("FAULTS_REPORT")
FIGURES = pytest.StashKey[dict]()


@dataclass
class Size:
    """How much of a test is done: a fiftieth in every CI run, all of it with `app.py faults --full`."""

    full: bool

    def of(self, full: int, small: int) -> int:
        return full if self.full else small


def pytest_configure(config) -> None:
    config.addinivalue_line("markers", "fault(number): the test of this number on the fault page")


def pytest_addoption(parser) -> None:
    parser.addoption("--fault", help="the tests of one number of the fault page, or with these words in their name")


def pytest_collection_modifyitems(config, items) -> None:
    for item in items:
        if item.get_closest_marker("fault"):
            item.add_marker("processes")
    wanted = config.getoption("--fault", default=None)
    for item in list(items) if wanted else ():
        mark = item.get_closest_marker("fault")
        if not (mark and str(mark.args[0]) == wanted) and (wanted.isdigit() or wanted not in item.name):
            items.remove(item)


@pytest.fixture(autouse=True)
def quiet_log(tmp_path_factory):
    """Keep what the house says in this very process out of the reports of tests."""
    with (tmp_path_factory.mktemp("log") / "test.log").open("w") as told:
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(told))
        yield
        structlog.reset_defaults()


@pytest.fixture(scope="session")
def size() -> Size:
    return Size(FULL)


@pytest.fixture
def figures(request) -> dict:
    """What this test has measured, by name."""
    request.node.stash[FIGURES] = {}
    return request.node.stash[FIGURES]


@dataclass
class Lines:
    """Makes rigs and closes them all, whatever happened."""

    folder: Path
    made: list[Rig] = field(default_factory=list)

    def __call__(self, database_url: str | None = None, **given) -> Rig:
        folder = self.folder / f"line{len(self.made)}"
        folder.mkdir()
        rig = Rig(folder, database_url or f"sqlite:///{folder / 'line.db'}", **given)
        self.made.append(rig)
        return rig

    def close(self) -> None:
        failures = []
        for rig in self.made:
            try:
                rig.close()
            except AssertionError as failure:
                failures.append(str(failure))
        assert not failures, "\n".join(failures)


@pytest.fixture
def lines(tmp_path) -> Iterator[Lines]:
    lines = Lines(tmp_path)
    yield lines
    lines.close()


@pytest.fixture
def line(lines) -> Rig:
    """One line on SQLite, taking calls."""
    return lines().start()


@pytest.fixture(scope="module")
def shared_line(tmp_path_factory) -> Iterator[Rig]:
    """One line on SQLite for tests that leave nothing behind that another would mind."""
    lines = Lines(tmp_path_factory.mktemp("shared"))
    yield lines().start()
    lines.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    report.figures = item.stash.get(FIGURES, {})
    mark = item.get_closest_marker("fault")
    report.fault = mark.args[0] if mark else None
    return report


def _why(longrepr: str) -> str:
    """Return where it failed, and what was said there."""
    lines = longrepr.strip().splitlines()
    said = [line.removeprefix("E").strip() for line in lines if line.startswith("E ")]
    return " | ".join([lines[-1], *said])[:600]


def pytest_runtest_logreport(report) -> None:
    """Tell `app.py faults` of a test that is over, with its figures."""
    over = report.when == "call" or (report.when in {"setup", "teardown"} and not report.passed)
    if REPORT_TO and over:
        told = {
            "fault": report.fault,
            "name": report.nodeid.rpartition("::")[2],
            "outcome": report.outcome,
            "seconds": round(report.duration, 1),
            "figures": report.figures,
            "why": "" if report.passed else _why(str(report.longrepr)),
        }
        with Path(REPORT_TO).open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False, default=str) + "\n")


@pytest.fixture
def migrated_copy(fresh_postgresql, migrated_postgresql) -> str:
    """A migrated, empty PostgreSQL database of the test's own."""
    return fresh_postgresql(migrated_postgresql)
