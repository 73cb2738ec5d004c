"""The database stops in the middle and comes back: callers are held, nothing that was told is lost."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.conftest import FULL
from tests.faults.crowd import Crowd
from tests.faults.postgres import Postgres
from tests.faults.processes import wait_until
from tests.faults.rig import paths, ringing, sid


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        postgres = Postgres(Path(folder))
        yield postgres
        postgres.close()


@pytest.mark.fault(6)
def test_the_database_is_cut_off_twice_and_no_caller_is_lost(lines, postgres, size, figures):
    line = lines(postgres.url, web_processes=2).start()
    line.sign_in()
    away = size.of(5, 1)
    told = []

    with Crowd(line, calls=size.of(1200, 24), per_second=size.of(10, 12)) as crowd:
        for number, share in enumerate((0.35, 0.7), start=1):
            crowd.dialed(share)
            began = line.clock.now()
            postgres.stops_at_once()
            wait_until(
                lambda: line.asks_health() == (503, ["database"]) or "ticker" in line.asks_health()[1], "health says so"
            )
            answer = line.post(paths.first_turn("1379"), ringing(sid(number)))
            told.append((answer.status_code, b"<Redirect" in answer.content))
            gone_until = began + timedelta(seconds=away * line.speed)
            wait_until(lambda: line.clock.now() > gone_until, "it stays away for a while")
            postgres.starts()
            line.wait_until_ready()
            line.outages.append((began, line.clock.now() + line.slack))
        crowd.finishes()

    figures.update(calls=len(crowd.callers), lost=len(crowd.lost), rescued=len(line.logged("call.rescued")))
    assert told == [(200, True)] * 2
    assert not crowd.lost
    line.check(crowd.sids)


@pytest.mark.fault(7)
@pytest.mark.skipif(not FULL, reason="known not to hold, and takes half a minute")
@pytest.mark.xfail(
    strict=True, reason="a PostgreSQL that takes connections and answers nothing is waited for without end"
)
def test_a_database_that_hangs_keeps_no_webhook_waiting_and_is_used_again(lines, postgres, size, figures):
    line = lines(postgres.url, web_processes=1).start()
    line.sign_in("icg_1")
    postgres.hangs()
    try:
        answer = line.post(paths.first_turn("1379"), ringing(sid(1)), timeout=20)
    finally:
        postgres.goes_on()
    line.wait_until_ready()

    figures.update(answered_after=round(answer.elapsed.total_seconds(), 1))
    assert (answer.status_code, b"<Redirect" in answer.content) == (200, True)
    assert answer.elapsed.total_seconds() < 10
