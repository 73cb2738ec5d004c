"""The database stops in the middle and comes back: callers are held, nothing that was told is lost."""

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.crowd import PER_SECOND, Crowd
from tests.faults.postgres import Postgres
from tests.faults.processes import wait_until
from tests.faults.rig import Rig, paths, ringing, sid


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

    with Crowd(line, calls=size.of(1200, 24), per_second=size.of(PER_SECOND, 12)) as crowd:
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
def test_a_database_that_hangs_keeps_no_webhook_waiting_and_is_used_again(lines, postgres, size, figures):
    line = lines(postgres.url, web_processes=1).start()
    line.sign_in("icg_1")
    hangs = size.of(10, 4)
    with Crowd(line, calls=12, per_second=6) as crowd:
        crowd.dialed(0.5)
        began = line.clock.now()
        postgres.hangs()
        try:
            with ThreadPoolExecutor(12) as posts:
                told = list(posts.map(lambda number: dialed(line, number), range(12)))
            wait_until(lambda: line.asks_health()[0] == 503, "health says so")
            hung_until = began + timedelta(seconds=hangs * line.speed)
            wait_until(lambda: line.clock.now() > hung_until, "it hangs for a while")
        finally:
            postgres.goes_on()
        back = time.monotonic()
        line.wait_until_ready()
        line.outages.append((began, line.clock.now() + line.slack))
        recovered_after = time.monotonic() - back
        line.sign_in()
        crowd.finishes()

    figures.update(answered_after=max(seconds for *_, seconds in told), recovered_after=round(recovered_after, 1))
    figures.update(calls=len(crowd.callers), lost=len(crowd.lost))
    assert {(status, held) for status, held, _ in told} == {(200, True)}
    assert figures["answered_after"] < 10
    assert recovered_after <= 5
    assert not crowd.lost, crowd.told_of_the_lost()
    line.check(crowd.sids)


def dialed(line: Rig, number: int) -> tuple[int, bool, float]:
    """Announce a call; return the status, whether the caller is held, and how long that took."""
    answer = line.post(paths.first_turn("1379"), ringing(sid(number)), timeout=20)
    return answer.status_code, b"<Redirect" in answer.content, round(answer.elapsed.total_seconds(), 1)
