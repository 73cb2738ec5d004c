"""Webhooks come twice, three times at once, out of order, late, for calls nobody knows, or again from a thief's file."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from tests.faults.conftest import FULL
from tests.faults.processes import wait_until
from tests.faults.rig import Rig, exported, paths, ringing, sid
from tests.faults.story import (
    AGENTS,
    Hook,
    Send,
    Story,
    everyone_comes_back,
    goes_on_tomorrow,
    once,
    tell,
    time_leaps,
)

HOOKS = 11  # of one call
CALLS = 4  # in the small size: one for each agent


@pytest.fixture
def still(lines) -> Callable[..., Rig]:
    """Start a line on which time stands still and all of the staff are there."""

    def started(url: str | None = None, **given) -> Rig:
        return begin(lines(url, speed=0, **given))

    return started


def begin(line: Rig) -> Rig:
    line.serve()
    line.wait_until_ready()
    line.sign_in()
    return line


def stories(line: Rig, count: int, first: int = 1) -> list[Story]:
    return [Story(line, number) for number in range(first, first + count)]


@pytest.fixture(scope="module")
def told_once(tmp_path_factory, size) -> bytes:
    """The rows of calls whose every webhook came once."""
    line = Rig(tmp_path_factory.mktemp("once"), f"sqlite:///{tmp_path_factory.mktemp('once') / 'line.db'}", speed=0)
    begin(line)
    tell(stories(line, size.of(1200, CALLS)), once(line))
    everyone_comes_back(line)
    yield exported(line)
    line.close()


@pytest.mark.fault(11)
@pytest.mark.parametrize("at_once", [False, True] if FULL else [True])
def test_every_webhook_three_times_is_as_good_as_once(still, told_once, size, figures, at_once):
    calls = size.of(1200, CALLS)
    line = still()
    differing = []

    def three_times(hook: Hook):
        with ThreadPoolExecutor(3) as posts:
            sent = [line.post] * 3
            answers = (
                list(posts.map(lambda post: post(hook.path, hook.fields), sent))
                if at_once
                else [post(hook.path, hook.fields) for post in sent]
            )
        assert {answer.status_code for answer in answers} <= {200, 204}
        if len({answer.content for answer in answers}) > 1:
            differing.append(hook.name)
        return answers[0]

    tell(stories(line, calls), three_times)
    everyone_comes_back(line)
    seen = exported(line)

    figures.update(
        calls=calls, webhooks=calls * HOOKS * 3, rows=len(seen.splitlines()), answers_that_differ=len(differing)
    )
    assert seen == told_once
    assert not differing
    line.check({sid(number) for number in range(1, calls + 1)})


@pytest.mark.fault(12)
def test_the_reports_of_a_call_in_any_order_lead_to_the_same_end(still, size, figures):
    calls, order = size.of(1000, 12), random.Random(12)
    line = still()
    outcomes: Counter[str] = Counter()
    for told, story in enumerate(stories(line, calls), start=1):
        documents, reports = ["first", "turn 1", "accept", "turn 2"], story.reports()
        order.shuffle(reports)
        over: set[str] = set()
        places = sorted(order.randrange(len(documents) + 1) for _ in reports)
        for place in range(len(documents) + 1):
            for report in (report for report, at in zip(reports, places, strict=True) if at == place):
                assert once(line)(report).status_code == 204
            if place < len(documents) and documents[place] not in over:
                hook = next(hook for hook in story.documents(story.offer()) if hook.name == documents[place])
                answer = once(line)(hook)
                assert answer.status_code == 200
                if hook.name == "first" and b"<Gather" not in answer.content:
                    over |= {"turn 1", "turn 2"}  # a call that was hung up asks for nothing more
                if hook.name == "turn 1":
                    line.settles()
        if told % AGENTS == 0:
            everyone_comes_back(line)
    everyone_comes_back(line)

    outcomes.update(call["outcome"] for call in line.rows("calls"))
    figures.update(calls=calls, **outcomes)
    assert not [call["id"] for call in line.rows("calls") if call["state"] != "ended"]
    line.check()


@pytest.mark.fault(13)
def test_late_and_unknown_reports_change_nothing_and_revive_nobody(still, size, figures):
    calls = size.of(200, CALLS)
    line = still()
    hooks = tell(stories(line, calls), once(line))
    everyone_comes_back(line)
    nobody = [hook for story in stories(line, calls, first=5_000_000) for hook in story.reports()]
    statuses: Counter[int] = Counter()

    for late, told in ((timedelta(minutes=10), hooks), (timedelta(days=1), hooks), (timedelta(0), nobody)):
        time_leaps(line, late)
        line.settles()  # a day later somebody is warned of an answer that is owed
        before = exported(line)
        statuses.update(once(line)(hook).status_code for hook in told)
        line.settles()
        assert exported(line) == before

    figures.update(
        calls=calls, late=2 * len(hooks), unknown=len(nobody), **{f"http_{s}": n for s, n in statuses.items()}
    )
    assert set(statuses) <= {200, 204, 404}
    assert not line.logged("call.broken") + line.logged("report.lost") + line.logged("leg.broken")


@pytest.mark.fault(14)
def test_twins_on_two_processes_have_one_effect(still, told_once, migrated_copy, size, figures):
    calls = size.of(1200, CALLS)
    line = still(migrated_copy, web_processes=2)
    twins = 0

    with ThreadPoolExecutor(2) as posts:

        def both(hook: Hook):
            nonlocal twins
            twins += 1
            together = Barrier(2)
            answers = list(posts.map(lambda _: (together.wait(), line.post(hook.path, hook.fields))[1], range(2)))
            assert {answer.status_code for answer in answers} <= {200, 204}
            return answers[0]

        tell(stories(line, calls), both)
    everyone_comes_back(line)

    figures.update(twins=twins, processes=len(line.web_workers))
    assert exported(line) == told_once
    line.check({sid(number) for number in range(1, calls + 1)})


@pytest.mark.fault(27)
def test_a_replay_changes_nothing_at_any_moment_of_a_call(still, size, figures):
    calls = size.of(50, 2)
    line = still()
    replayed = 0
    taken: list[Hook] = []

    def replays(hooks: list[Hook], send: Send) -> None:
        nonlocal replayed
        line.settles()
        before = exported(line)
        for hook in hooks:
            assert send(hook).status_code in {200, 204}
            replayed += 1
        assert exported(line) == before

    for story in stories(line, calls):
        for hook in story.told():
            once(line)(hook)
            taken.append(hook)
            replays(taken[-HOOKS:], once(line))
        time_leaps(line, timedelta(minutes=10))
        line.comes_to_rest()
        replays(taken[-HOOKS:], once(line))
        goes_on_tomorrow(line)

    figures.update(calls=calls, replayed=replayed)
    line.check()


@pytest.mark.fault(27)
def test_an_accept_taken_from_the_wire_gives_nobody_else_the_call(still):
    line = still()
    story = Story(line, 1)
    for hook in story.enters():
        once(line)(hook)
    offer = wait_until(story.offer, "the caller is offered to somebody")
    accept = story.accept(offer["station"], str(offer["id"]))
    once(line)(accept)

    thief = {**ringing(sid(99), "client:sel_1"), "offer": str(offer["id"])}
    answer = line.post(paths.STATION_CALLS, thief)

    assert b"<Hangup" in answer.content
    assert b"<Conference" not in answer.content
    assert [leg["id"] for leg in line.rows("legs")] == [story.leg]
