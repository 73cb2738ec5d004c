"""What /health says is so: whoever asks it decides whether calls come here."""

import json
import threading

import pytest

from commands.building import front_desk
from commands.health_checks import checks_of
from commands.ticking import Ticker
from simulator.courier import call as run
from simulator.courier import environment
from web.app import create_app


@pytest.fixture
def asked(edge):
    """Return what health says of a process with these checks, by the page asked for."""

    def asked(checks, page="ready"):
        app = create_app(front_desk(edge.line.stage.house, edge.settings, checks))
        answer = run(app.wsgi_app, environment(f"{edge.settings.public_base_url}/health/{page}", "GET", b""))
        return answer.status, json.loads(answer.body)

    return asked


class Broken:
    def takes_writes(self) -> bool:
        raise OSError("no space left on device")


class Stopped:
    def looked_within(self, seconds: float) -> bool:
        return False


def test_a_line_whose_database_and_ticker_are_well_is_ready(edge, asked):
    ticker = Ticker(edge.line.stage.house)

    assert asked(checks_of(edge.database, ticker)) == (200, {"ready": True, "wrong": []})


def test_what_is_wrong_is_named_and_the_process_itself_is_still_alive(edge, asked):
    checks = checks_of(Broken(), Stopped())

    assert asked(checks) == (503, {"ready": False, "wrong": ["database", "ticker"]})
    assert asked(checks, "live") == (200, {"live": True})
    assert "health.failed" in edge.events()


def test_a_ticker_that_does_not_come_back_from_its_look_has_not_looked(edge):
    in_it, may_go = threading.Event(), threading.Event()

    def hang() -> None:
        in_it.set()
        may_go.wait()

    ticker = Ticker(edge.line.stage.house)
    ticker._go_round = hang  # noqa: SLF001 (anything a look does might hang)
    ticker.start(lambda: None)
    in_it.wait()

    assert not ticker.looked_within(0)
    may_go.set()
    ticker.stop()


def test_however_often_people_look_the_database_is_asked_once_a_second(edge, asked):
    looks = []

    class Counted:
        def takes_writes(self) -> bool:
            looks.append(1)
            return True

    checks = checks_of(Counted(), Ticker(edge.line.stage.house))
    for _ in range(20):
        assert asked(checks)[0] == 200

    assert len(looks) < 20
