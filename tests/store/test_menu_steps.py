"""A step of the menu is kept by one conditional statement, with the document of its turn, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from calls.call import Call, CallEvent, Outcome

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DOCUMENT = b"<Response/>"


def stands(store, call_id) -> Call:
    with store.reading() as work:
        return work.calls.get(call_id)


def stepped(call: Call, turn: int = 1) -> Call:
    return replace(call, turn=turn, position={"step": "place"}, intake={**call.intake, "region": "KR-28"})


def kept(store, call_id, turn="1") -> bytes | None:
    with store.reading() as work:
        return work.turns.kept(call_id, turn)


def test_a_step_keeps_the_call_with_its_document(store, rows):
    before = stands(store, rows.call())

    assert store.keep_step(stepped(before), DOCUMENT, NOW)

    assert stands(store, before.id) == stepped(before)
    assert kept(store, before.id) == DOCUMENT


def ended(work, call):
    work.calls.end(call.id, Outcome.ABANDONED_IN_MENU, NOW)


def in_the_queue(work, call):
    work.calls.move(call.id, CallEvent.QUEUED)


def a_turn_further(work, call):
    work.calls.keep(stepped(call))


def taken_by_another(work, call):
    work.turns.add(call.id, "1", b"<another/>", NOW)


@pytest.mark.parametrize("meanwhile", [ended, in_the_queue, a_turn_further, taken_by_another])
def test_of_a_call_that_has_moved_on_meanwhile_nothing_is_kept(store, rows, meanwhile):
    before = stands(store, rows.call())
    with store.work() as work:
        meanwhile(work, before)
    moved_on, document = stands(store, before.id), kept(store, before.id)

    assert not store.keep_step(replace(stepped(before), position={"step": "wish"}), DOCUMENT, NOW)

    assert stands(store, before.id) == moved_on
    assert kept(store, before.id) == document


def test_of_two_who_take_a_step_at_once_one_keeps_it(store, rows, at_once):
    for number in range(8):
        before = stands(store, rows.call(f"CA{number}"))

        took = at_once(2, lambda tab, call=before: store.keep_step(stepped(call), b"<tab%d/>" % tab, NOW))

        assert sorted(took) == [False, True]
        assert kept(store, before.id) == b"<tab%d/>" % took.index(True)
