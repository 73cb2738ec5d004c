"""A call begins, and takes a step of the menu, by one statement: kept with the document of its turn, or not at all."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from calls.call import Call, CallEvent, Outcome
from calls.telephone_number import read_number
from records.record import Record
from store import tables
from switchboard.turn_names import CALLER_COMES
from tests.store.conftest import new_call

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


def fresh_call(call_id: str = "CAnew") -> Call:
    """Return a new call whose values have all that has to be escaped anywhere."""
    return replace(
        new_call(call_id),
        number=read_number('0532345678 "Kim" 김', {}),
        position={"step": "need", "heard": ["가", "\\"]},
        intake={"wish": '도금 "벗겨짐"', "institutes": []},
    )


def began(call: Call) -> Record:
    return Record("call.started", NOW, call=call.id, fields={"line": call.line})


def records(store, call_id) -> list[str]:
    with store.reading() as work:
        rows = work.past.connection.execute(select(tables.records.c.kind).where(tables.records.c.call_id == call_id))
        return [row.kind for row in rows]


def test_a_call_is_kept_with_its_first_document_and_its_record(store):
    call = fresh_call()

    assert store.keep_begun(call, CALLER_COMES, DOCUMENT, began(call))

    assert stands(store, call.id) == call
    assert kept(store, call.id, CALLER_COMES) == DOCUMENT
    assert records(store, call.id) == ["call.started"]


def test_a_call_that_is_there_is_not_begun_again(store, rows):
    before = stands(store, rows.call())

    assert not store.keep_begun(fresh_call(before.id), CALLER_COMES, DOCUMENT, began(before))

    assert stands(store, before.id) == before
    assert kept(store, before.id, CALLER_COMES) is None
    assert records(store, before.id) == []


def test_a_call_whose_first_turn_was_taken_is_not_begun(store):
    call = fresh_call()
    with store.work() as work:
        work.turns.add(call.id, CALLER_COMES, b"<another/>", NOW)

    assert not store.keep_begun(call, CALLER_COMES, DOCUMENT, began(call))

    assert stands(store, call.id) is None
    assert kept(store, call.id, CALLER_COMES) == b"<another/>"
    assert records(store, call.id) == []


def test_of_two_who_begin_a_call_at_once_one_keeps_it(store, at_once):
    for number in range(8):
        call = fresh_call(f"CA{number}")

        took = at_once(2, lambda tab, call=call: store.keep_begun(call, CALLER_COMES, b"<tab%d/>" % tab, began(call)))

        assert sorted(took) == [False, True]
        assert kept(store, call.id, CALLER_COMES) == b"<tab%d/>" % took.index(True)
        assert records(store, call.id) == ["call.started"]
