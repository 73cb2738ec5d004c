"""Reports arrive late, twice, out of order and of calls nobody knows: a life only moves forward."""

from itertools import permutations

import pytest

from calls.call import CallState
from switchboard import paths
from tests.web.conftest import CALL, ringing

STATUSES = (
    "queued",
    "initiated",
    "ringing",
    "in-progress",
    "completed",
    "busy",
    "failed",
    "no-answer",
    "canceled",
    "",
    "odd",
)
RECORDING = "RE" + "7" * 32
SECRET_ADDRESS = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE7"


def test_a_report_of_a_call_nobody_knows_is_taken_and_starts_nothing(edge):
    posts = [(paths.CALL_STATUS, {"CallStatus": status}) for status in STATUSES]
    posts += [(paths.leg_status(99), {"CallStatus": status}) for status in STATUSES]
    posts += [
        (paths.CALL_STATUS + offer, {"CallStatus": "busy"}) for offer in ("?offer=", "?offer=x", "?offer=" + "9" * 5000)
    ]
    posts += [
        (paths.CONFERENCE_EVENTS, {"StatusCallbackEvent": event}) for event in ("participant-join", "participant-leave")
    ]
    posts += [(paths.recordings_of(CALL), {"RecordingSid": RECORDING, "RecordingStatus": "completed"})]

    statuses = [edge.posts(path, ringing(**fields)).status for path, fields in posts]

    assert statuses == [204] * len(posts)
    assert [table for table, rows in edge.rows().items() if rows] == ["turns"], "so that a late start is an end"


def test_a_caller_whose_end_is_told_before_their_start_is_let_go_and_holds_nobody(line, edge):
    counselor = line.agent("icg_1").signs_in().accepts()

    edge.posts(paths.CALL_STATUS, ringing(CallStatus="completed"))
    answer = edge.posts(paths.first_turn("1379"), ringing())

    assert b"<Hangup" in answer.body
    assert counselor.row.work_state == "idle"
    assert not edge.rows()["calls"]


def test_a_browser_whose_end_is_told_before_it_accepts_does_not_take_the_caller(line, edge):
    counselor = line.agent("icg_1").signs_in()
    caller = line.caller().dials().presses("0").waits(1)
    offer = edge.rows()["offers"][0].id

    edge.posts(paths.CALL_STATUS, ringing(CallStatus="completed"))
    edge.posts(paths.STATION_CALLS, ringing(From="client:icg_1", offer=str(offer)))

    assert counselor.is_offered(caller)


def test_nothing_revives_a_call_that_has_ended(line, edge):
    counselor = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().dials().presses("0").waits(20)
    assert caller.talks_to(counselor)
    caller.hangs_up()
    line.passes(60)
    offer, leg = edge.rows()["offers"][0].id, edge.rows()["legs"][0].id
    before = edge.rows()

    for sid in (caller.phone.sid, leg):
        for status in STATUSES:
            edge.posts(paths.CALL_STATUS, ringing(sid, CallStatus=status))
        for event in ("participant-join", "participant-leave", "conference-start", "conference-end"):
            edge.posts(paths.CONFERENCE_EVENTS, ringing(sid, StatusCallbackEvent=event))
    for status in STATUSES:
        edge.posts(paths.leg_status(offer), ringing(leg, CallStatus=status))
    line.passes(60)

    assert edge.rows() == before


@pytest.mark.parametrize("order", list(permutations(("ringing", "in-progress", "completed"))))
def test_a_call_ends_once_in_whatever_order_its_reports_come(edge, order):
    edge.line.agent("icg_1").signs_in()
    edge.goes_on(edge.rings(), ringing(Digits="0"))

    for status in order + order:
        assert edge.posts(paths.CALL_STATUS, ringing(CallStatus=status)).status == 204

    assert edge.call().state is CallState.ENDED
    assert edge.events().count("call.ended") == 1


@pytest.mark.parametrize("seed", range(5))
def test_a_talk_survives_callbacks_in_disorder_and_twice(line, seed):
    line.stage.network.reorder_callbacks(seed)
    line.stage.network.duplicate_callbacks(2)
    counselor = line.agent("icg_1").signs_in().accepts()

    caller = line.caller().dials().presses("0").waits(30)

    assert caller.talks_to(counselor)
    caller.hangs_up()
    line.passes(5)
    assert caller.call.state is CallState.ENDED
    assert not line.stage.network.errors


def test_a_turn_after_the_end_hangs_up(edge):
    opening = edge.rings()
    edge.posts(paths.CALL_STATUS, ringing(CallStatus="completed"))

    assert b"<Hangup" in edge.goes_on(opening, ringing(Digits="0")).body
    assert edge.call().state is CallState.ENDED
    assert edge.ticket() is None


def told_of_recording(edge, **more):
    fields = {"RecordingSid": RECORDING, "RecordingUrl": SECRET_ADDRESS, "RecordingStatus": "completed"}
    fields |= {"RecordingSource": "Conference", "RecordingChannels": "2", "RecordingDuration": "61"}
    return edge.posts(paths.recordings_of(CALL), ringing(**(fields | more)))


def test_a_recording_is_kept_as_a_row_and_its_address_nowhere(edge):
    edge.rings()

    answers = [told_of_recording(edge) for _ in range(3)]

    assert [answer.status for answer in answers] == [204] * 3
    (row,) = edge.rows()["recordings"]
    assert (row.id, row.call_id, row.state, row.channels, row.duration_seconds) == (RECORDING, CALL, "completed", 2, 61)
    assert SECRET_ADDRESS not in str(edge.rows())
    assert SECRET_ADDRESS not in str(edge.told)


def test_a_recording_by_any_other_name_may_hold_anything_and_is_not_kept(edge):
    edge.rings()

    for sid in (SECRET_ADDRESS, "", None, "RE7", "re" + "7" * 32, b"\xff", ["x", RECORDING]):
        assert told_of_recording(edge, RecordingSid=sid).status == 204

    assert not edge.rows()["recordings"]
    assert edge.events().count("webhook.odd_recording") == 7


def test_a_finished_recording_stays_finished(edge):
    edge.rings()
    told_of_recording(edge)

    told_of_recording(edge, RecordingStatus="in-progress", RecordingDuration="-1", RecordingChannels="9" * 30)

    (row,) = edge.rows()["recordings"]
    assert (row.state, row.duration_seconds) == ("completed", 61)
