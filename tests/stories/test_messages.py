"""A message left when nobody can talk: kept under the ticket, whatever way the caller leaves."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from calls.call import Outcome
from commands.caller import is_at_the_tone
from store import tables
from tickets.ticket import PromisedBy

pytestmark = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
SATURDAY = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)


@pytest.fixture
def closed(open_line):
    return open_line(SATURDAY)


def at_the_tone(line, number="01012345678"):
    """A caller who has heard the ticket number and may now speak."""
    caller = line.caller(number).dials().presses("0")
    line.until(lambda: is_at_the_tone(caller.phone))
    return caller


def kept(line):
    with line.stage.house.store._database.reading() as connection:  # noqa: SLF001 (no use case reads recordings yet)
        return connection.execute(select(tables.recordings)).all()


def test_a_message_ended_with_the_hash_is_thanked_for_and_kept_under_call_and_ticket(closed):
    caller = at_the_tone(closed)

    caller.says("월요일 오전에 전화 주세요").presses("#").waits(10)

    assert caller.has_heard("message_offer") == caller.has_heard("thanks") == 1
    assert caller.phone.ended
    assert (caller.call.outcome, caller.ticket.promised) == (Outcome.VOICEMAIL, PromisedBy.OUT_OF_HOURS)
    (recording,) = kept(closed)
    assert (recording.call_id, recording.ticket, recording.source) == (
        caller.phone.sid,
        caller.ticket.number,
        "RecordVerb",
    )
    assert not any("http" in str(value) for value in recording)
    assert len(closed.records("message.left")) == 1


def test_a_caller_who_hangs_up_after_speaking_has_left_a_message(closed):
    caller = at_the_tone(closed)

    caller.says("월요일 오전에 전화 주세요").hangs_up()
    closed.passes(5)

    assert caller.call.outcome is Outcome.VOICEMAIL
    assert len(kept(closed)) == 1


def test_silence_at_the_tone_leaves_the_promise_as_it_was(closed):
    caller = at_the_tone(closed).is_silent().waits(10)

    assert caller.call.outcome is Outcome.OUT_OF_HOURS
    assert caller.has_heard("thanks") == 1
    assert caller.phone.ended
    assert closed.records("message.left") == []


def test_one_who_hangs_up_before_the_tone_is_still_called_back(closed):
    caller = closed.caller().dials().presses("0").waits(3).hangs_up()

    assert (caller.call.outcome, caller.ticket.promised) == (Outcome.OUT_OF_HOURS, PromisedBy.OUT_OF_HOURS)


def test_one_without_a_number_may_leave_a_message_too(closed):
    caller = at_the_tone(closed, "anonymous").says("공삼일에 칠팔공일에 일이삼사로 전화 주세요").presses("#").waits(10)

    assert caller.has_heard("no_number_done", ticket=caller.ticket.number) == 1
    assert caller.call.outcome is Outcome.VOICEMAIL


def test_one_who_is_promised_a_callback_in_office_hours_may_leave_a_message(line):
    caller = at_the_tone(line).says("두 시 이후에 전화 주세요").presses("#").waits(10)

    assert (caller.call.outcome, caller.ticket.promised) == (Outcome.VOICEMAIL, PromisedBy.CALLBACK)


def test_a_long_message_ends_by_itself(closed):
    caller = at_the_tone(closed)
    caller.phone.say("길게 말하는 사람")

    closed.passes(125)

    assert caller.call.outcome is Outcome.VOICEMAIL
    assert caller.phone.ended
