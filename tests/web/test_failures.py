"""Something of ours breaks: the caller hears an apology in Korean and reaches a person; an agent is let go."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

import web.voice
from calls.call import CallState
from commands.stage import opened_stage
from store.unit_of_work import DatabaseStore
from switchboard import paths
from tests.stories.conftest import WORKING_DAY_AT_10, House
from tests.web.conftest import CALL, ringing

APOLOGY = "저희 쪽에 문제가 생겼습니다"
HOLD_ON = "잠시만 기다려 주십시오"
FALLBACK = "+82317778888"


class Broken(Exception):
    pass


class Breaks:
    """A use case, or the store's doors, that break the first times one of them is used."""

    def __init__(self, times):
        self.times, self.used = times, 0

    def before(self, real):
        def breaking(*args, **kwargs):
            self.used += 1
            if self.used <= self.times:
                raise Broken("secret of the database")
            return real(*args, **kwargs)

        return breaking


@pytest.fixture
def breaks(monkeypatch):
    """Make a use case the views call break, for the first so many times."""

    def breaking(name, times=10**9):
        broken = Breaks(times)
        monkeypatch.setattr(web.voice, name, broken.before(getattr(web.voice, name)))
        return broken

    return breaking


@pytest.fixture
def database_breaks(monkeypatch):
    """Let nothing be kept of a turn, for the first so many times."""

    def breaking(times=10**9):
        broken = Breaks(times)
        for door in ("work", "keep_begun", "keep_step"):
            monkeypatch.setattr(DatabaseStore, door, broken.before(getattr(DatabaseStore, door)))

    return breaking


def broken_calls(edge, event="call.broken"):
    return [told["call"] for told in edge.told if told["event"] == event]


def places(edge):
    return [(entry.call_id, entry.entered_at) for entry in edge.rows()["queue_entries"]]


def test_a_caller_whose_first_request_breaks_hears_the_apology_and_reaches_a_counselor(line, edge, breaks):
    counselor = line.agent("icg_1").signs_in().accepts()
    breaks("answer_call")

    caller = line.caller().dials().waits(30)

    assert APOLOGY in caller.heard
    assert caller.talks_to(counselor)
    assert caller.ticket.desk
    assert not line.stage.network.errors
    assert broken_calls(edge) == [caller.phone.sid]


def test_a_caller_whose_answer_breaks_keeps_what_was_said_before(line, edge, breaks):
    counselor = line.agent("icg_1").signs_in().accepts()  # the institute's consent is what broke
    caller = line.caller().dials().says("안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요")
    breaks("take_turn", times=1)

    caller.presses("1").waits(30)

    assert APOLOGY in caller.heard
    assert "도금" in caller.ticket.intake.wish
    assert caller.talks_to(counselor)
    assert broken_calls(edge) == [caller.phone.sid]


def test_a_caller_who_waits_keeps_their_place_when_a_turn_breaks(line, edge, breaks):
    line.agent("icg_1").signs_in()  # and does not answer
    caller = line.caller().dials().presses("0").waits(5)
    before = places(edge)
    breaks("take_turn", times=1)

    caller.waits(20)

    assert APOLOGY in caller.heard
    assert places(edge) == before
    counselor = line.agent("icg_2").signs_in().accepts()
    caller.waits(60)
    assert caller.talks_to(counselor)


@pytest.mark.parametrize("times", [1, 2, 3, 6])
def test_a_caller_reaches_a_counselor_when_the_database_fails_at_first(line, edge, database_breaks, times):
    counselor = line.agent("icg_1").signs_in().accepts()
    database_breaks(times)

    caller = line.caller().dials().waits(60)

    assert APOLOGY in caller.heard
    assert any(said.startswith(HOLD_ON) for said in caller.phone.said) == (times > 1)
    assert caller.talks_to(counselor)
    assert caller.ticket
    assert not line.stage.network.errors


def test_what_broke_is_told_with_the_call_s_id(line, edge, database_breaks):
    line.agent("icg_1").signs_in()
    database_breaks(2)

    caller = line.caller().dials().waits(30)

    broken = [told for told in edge.told if told["event"] in {"call.broken", "call.rescue_failed"}]
    assert [(told["event"], told["call"]) for told in broken] == [
        ("call.broken", caller.phone.sid),
        ("call.rescue_failed", caller.phone.sid),
    ]
    assert all(told["exc_info"] for told in broken)
    assert "secret" not in str(line.stage.network.deliveries)


def test_without_a_fallback_number_the_caller_is_kept_for_minutes_and_told_in_the_end(line, edge, database_breaks):
    database_breaks()
    caller = line.caller().dials().waits(240)
    assert not caller.phone.ended

    caller.waits(400)

    assert caller.phone.ended
    assert caller.phone.said[0].count(APOLOGY) == caller.phone.said[-1].count(APOLOGY) == 1
    assert caller.phone.said.count("잠시만 기다려 주십시오.") > 30
    assert len(broken_calls(edge, "call.rescue_failed")) > 30
    assert {error.url.partition("/voice")[2] for error in line.stage.network.errors} == {"/calls/status"}


@pytest.mark.parametrize("number", ["01012345678", "anonymous", "sip:01012345678@sbc.example"])
def test_with_a_fallback_number_the_caller_talks_there_when_nothing_works(settings, database_breaks, number):
    settings = replace(settings, fallback_number=FALLBACK)
    with opened_stage(settings, WORKING_DAY_AT_10) as stage, capture_logs():
        database_breaks()

        caller = House(stage).caller(number).dials().waits(30)
        (other,) = stage.network.ringing(FALLBACK)
        other.answer()

        assert caller.phone.connected_to == {other.sid}
        assert stage.network.calls[other.sid].from_ == "+82809988114"  # a withheld number could not be shown


def test_a_call_that_breaks_twice_hears_now_what_is_now(line, edge, breaks):
    """The second apology must not lead to the first rescue's old document."""
    line.agent("icg_1").signs_in()  # and does not answer
    caller = line.caller().dials().presses("0")
    for _ in range(2):
        breaks("take_turn", times=1)
        caller.waits(45)

    assert caller.heard.count(APOLOGY) == 2
    assert [told["turn"] for told in edge.told if told["event"] == "turn.repeated"] == []


def test_a_failed_choosing_does_not_spoil_a_turn_that_is_kept(line, edge, monkeypatch):
    """The turn is committed: a repeat of it would bring the menu, so its first post must not bring an apology."""
    monkeypatch.setattr(DatabaseStore, "choosing", Breaks(1).before(DatabaseStore.choosing))

    caller = line.caller().dials().waits(1)

    assert APOLOGY not in caller.heard
    assert caller.call.state is CallState.MENU


def agent_with_an_offer(line, edge):
    counselor = line.agent("icg_1").signs_in()
    caller = line.caller().dials().presses("0").waits(3)
    return counselor, caller, edge.rows()["offers"][0]


def test_an_agent_whose_accept_breaks_is_let_go_and_never_becomes_a_caller(line, edge, breaks):
    counselor, caller, offer = agent_with_an_offer(line, edge)
    breaks("accept_by_browser", times=1)

    answer = edge.posts(paths.STATION_CALLS, ringing("CA" + "b" * 32, From=offer.station, offer=str(offer.id)))

    assert b"<Hangup" in answer.body
    assert APOLOGY.encode() not in answer.body
    assert len(edge.rows()["calls"]) == len(edge.rows()["tickets"]) == 1
    assert [told["leg"] for told in edge.told if told["event"] == "leg.broken"] == ["CA" + "b" * 32]
    counselor.accepts()
    caller.waits(15)
    assert caller.talks_to(counselor)


@pytest.mark.parametrize("use_case", ["answer_station", "press_at_station", "leave_conference"])
def test_an_agent_s_leg_that_breaks_ends_and_opens_no_ticket(line, edge, breaks, use_case):
    breaks(use_case)
    sid = "CA" + "c" * 32
    path = {
        "answer_station": paths.leg(1),
        "press_at_station": paths.leg_answer(1, sid, 1),
        "leave_conference": paths.leg_over(sid, 1),
    }[use_case]

    answer = edge.posts(path, ringing(sid))

    assert answer.status == 200
    assert b"<Hangup" in answer.body
    assert not any(edge.rows().values())


@pytest.mark.parametrize(
    ("use_case", "path"),
    [
        ("report_status", paths.CALL_STATUS),
        ("report_status", paths.leg_status(1)),
        ("report_conference", paths.CONFERENCE_EVENTS),
        ("report_recording", paths.recordings_of(CALL)),
    ],
)
def test_a_report_that_could_not_be_kept_is_not_taken_for_kept(edge, breaks, use_case, path):
    breaks(use_case)

    answer = edge.posts(path, ringing(CallStatus="completed", RecordingSid="RE" + "0" * 32))

    assert answer.status == 503
    assert broken_calls(edge, "report.lost") == [CALL]
