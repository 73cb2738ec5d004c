"""When a person may be offered a call, and how long they rest after one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agents.agent import Agent, Presence, can_be_offered, extended_wrap_up, missed_after, rest_until
from agents.station import Station, StationError, StationKind, read_station
from agents.work_state import WorkEvent, WorkState
from directory.model import AgentId, AgentRules

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
RULES = AgentRules(
    rest_after={"declined": 5, "no_answer": 10, "busy": 20, "unreachable": 30, "voicemail": 40, "leg_lost": 3},
    same_caller_again=60,
    missed_limit=3,
    wrap_up_extension=60,
    wrap_up_most=150,
)
MINJI = Agent(AgentId("icg_1"), Station(StationKind.CLIENT, "icg_1"), presence=Presence.AVAILABLE)


@pytest.mark.parametrize("presence", Presence)
@pytest.mark.parametrize("work_state", WorkState)
def test_only_who_is_available_and_idle_can_be_offered_a_call(presence, work_state):
    agent = replace(MINJI, presence=presence, work_state=work_state)

    assert can_be_offered(agent, NOW) == (presence is Presence.AVAILABLE and work_state is WorkState.IDLE)


def test_who_rests_can_be_offered_a_call_from_the_moment_the_rest_ends():
    resting = replace(MINJI, not_before=NOW)

    assert not can_be_offered(resting, NOW - timedelta(microseconds=1))
    assert can_be_offered(resting, NOW)


@pytest.mark.parametrize(
    ("event", "seconds"),
    [
        (WorkEvent.DECLINED, 5),
        (WorkEvent.NO_ANSWER, 10),
        (WorkEvent.BUSY, 20),
        (WorkEvent.UNREACHABLE, 30),
        (WorkEvent.VOICEMAIL, 40),
        (WorkEvent.LEG_LOST, 3),
    ],
)
def test_a_no_a_no_answer_and_an_unreachable_telephone_rest_differently(event, seconds):
    assert rest_until(event, RULES, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("event", [WorkEvent.WITHDRAWN, WorkEvent.FINISHED, WorkEvent.ACCEPTED])
def test_nobody_rests_after_what_was_not_their_doing(event):
    assert rest_until(event, RULES, NOW) is None


def test_only_the_person_s_own_act_ends_a_row_of_missed_offers():
    assert [missed_after(event, 2) for event in (WorkEvent.NO_ANSWER, WorkEvent.VOICEMAIL)] == [3, 3]
    assert [missed_after(event, 2) for event in (WorkEvent.WITHDRAWN, WorkEvent.BUSY, WorkEvent.STATION_LOST)] == [
        2
    ] * 3
    assert [missed_after(event, 2) for event in (WorkEvent.ACCEPTED, WorkEvent.DECLINED)] == [0, 0]


def test_a_wrap_up_grows_by_each_wish_but_never_past_what_one_may_last_and_never_shrinks():
    wrapping = replace(MINJI, wrapping_since=NOW, wrap_until=NOW + timedelta(seconds=30))

    ends = [30]
    for _ in range(4):
        until = extended_wrap_up(wrapping, RULES, NOW + timedelta(seconds=20))
        wrapping = replace(wrapping, wrap_until=until)
        ends.append((until - NOW) / timedelta(seconds=1))

    assert ends == [30, 90, 150, 150, 150]


@pytest.mark.parametrize("text", ["client:icg_1", "sip:minji@pbx.kitech.re.kr:5061", "tel:+82313456789"])
def test_a_station_reads_back_as_it_is_written(text):
    assert str(read_station(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "icg_1", "client:", "client:icg-1", "client:상담원", "client:a:b"),
        *("sip:minji", "sip:minji@", "sip:a b@host", "sip:minji@host?header=1", "sip:minji@host:999999"),
        *("tel:0313456789", "tel:+0313456789", "tel:+82", "tel:+8231345678901234", "tel:+82１２３４５６７"),
        "fax:+82313456789",
    ],
)
def test_what_cannot_be_rung_is_refused_with_what_was_expected(text):
    with pytest.raises(StationError, match=r"is not a .*station: expected client:NAME") as refused:
        read_station(text)

    assert f'"{text}"' in str(refused.value)
