"""Everything arrives twice: the same bytes again, and one effect."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from simulator import Answer
from switchboard import paths
from tests.web.conftest import ringing

PLATING = "안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요"
TWINS = 20


def at_once(post: Callable[[], Answer], times: int = 2) -> list[Answer]:
    """Make the same post from several threads at one moment."""
    together = Barrier(times)

    def one(_: int) -> Answer:
        together.wait()
        return post()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_a_whole_call_whose_every_request_comes_three_times_has_one_effect(line):
    desk = line.agent("kitech_1").signs_in().accepts()
    network = line.stage.network
    network.duplicate_requests(2)
    network.duplicate_callbacks(2)

    caller = line.caller().dials().says(PLATING).presses("1").waits(30)

    assert caller.talks_to(desk)
    assert network.repeated_answers
    assert all(first == again and first.status == 200 for first, again in network.repeated_answers)
    assert not network.errors
    assert len(caller.report["offers"]) == 1


def test_twins_of_the_first_request_make_one_call(edge):
    for number in range(TWINS):
        first, second = at_once(lambda sid=f"CA{number:032x}": edge.rings(sid))

        assert (first.status, first.body) == (second.status, second.body)

    rows = edge.rows()
    assert (len(rows["calls"]), len(rows["turns"])) == (TWINS, TWINS)
    assert edge.events().count("call.started") == TWINS
    assert "call.broken" not in edge.events()


def test_twins_of_the_turn_that_enters_the_queue_make_one_ticket_and_one_place(edge):
    edge.line.agent("icg_1").signs_in()
    for number in range(TWINS):
        sid = f"CA{number:032x}"
        opening = edge.rings(sid)
        first, second, third = at_once(
            lambda opening=opening, sid=sid: edge.goes_on(opening, ringing(sid, Digits="0")), times=3
        )
        assert first.status == 200
        assert first.body == second.body == third.body

    rows = edge.rows()
    assert [len(rows[name]) for name in ("calls", "tickets", "queue_entries", "offers")] == [TWINS, TWINS, TWINS, 1]
    assert "call.broken" not in edge.events()


def test_twins_that_say_different_things_in_one_turn_are_heard_once(edge):
    """Both wait for the same claim; whichever comes first is what the caller said."""
    opening = edge.rings()
    keys = iter(["0", "4"])

    first, second = at_once(lambda: edge.goes_on(opening, ringing(Digits=next(keys))))

    assert first == second
    assert len(edge.rows()["turns"]) == 2


def test_twins_who_accept_one_offer_hear_the_same(line, edge):
    line.agent("icg_1").signs_in()
    line.caller().dials().presses("0").waits(1)
    offer = edge.rows()["offers"][0]
    fields = ringing("CA" + "b" * 32, From=offer.station, offer=str(offer.id))

    first, second = at_once(lambda: edge.posts(paths.STATION_CALLS, fields))

    assert first == second
    assert b"<Conference" in first.body
    assert len(edge.rows()["legs"]) == 1


@pytest.mark.parametrize("later_seconds", [1, 600])
def test_requests_replayed_after_the_end_change_nothing(line, edge, later_seconds):
    desk = line.agent("kitech_1").signs_in().accepts()
    caller = line.caller().dials().says(PLATING).presses("1").waits(30)
    assert caller.talks_to(desk)
    caller.hangs_up()
    desk.ignores()
    line.passes(later_seconds)
    sent, before = list(line.stage.network.deliveries), edge.rows()

    base = edge.settings.public_base_url
    again = [edge.posts(one.url.removeprefix(base), as_sent(one.fields)) for one in sent]
    line.passes(5)

    assert [(answer.status, answer.body) for answer in again] == [(one.answer.status, one.answer.body) for one in sent]
    assert changed(before, edge.rows()) == {}


def test_requests_replayed_in_the_middle_of_a_call_do_not_move_it(line, edge):
    desk = line.agent("kitech_1").signs_in().accepts()
    caller = line.caller().dials().says(PLATING).presses("1").waits(30)
    sent, before = list(line.stage.network.deliveries), edge.rows()

    base = edge.settings.public_base_url
    for one in reversed(sent):
        edge.posts(one.url.removeprefix(base), as_sent(one.fields))
    line.passes(5)

    assert caller.talks_to(desk)
    assert changed(before, edge.rows()) == {}


def as_sent(pairs):
    """Return fields that flatten to the same pairs; none is repeated here."""
    return dict(pairs)


def changed(before, after):
    return {name: (rows, after[name]) for name, rows in before.items() if rows != after[name]}
