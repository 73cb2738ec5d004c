"""Who takes the task of a message hears it; nobody hears anything without a right and a reason."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from agents.rights import NotAllowed
from commands.reports import ticket_report
from directory.codes import AgentId
from store import tables
from switchboard.hear_recording import What, hear_recordings
from tickets.written import CaseError

ONE_DATABASE = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)


def kept(line):
    with line.stage.house.store._database.reading() as connection:  # noqa: SLF001 (the truth beside the use case)
        return connection.execute(select(tables.recordings)).all()


def takes_the_task(line, caller, *agents):
    """Everybody talks; a caller leaves a message instead of waiting, and the last of the agents takes the task."""
    for n, agent in enumerate(agents or ("icg_1",)):
        line.agent(agent).signs_in().accepts()
        talking = line.caller(f"0109999000{n}").asks_for_a_person()
        line.until(lambda: talking.call.state == "talking")
    left = line.caller(caller).asks_for_a_person().waits(2)
    left.presses("2").says("도금이 자꾸 벗겨집니다. 전화 주세요").presses("#").waits(20)
    talking.hangs_up()
    line.until(lambda: len(line.records("offer.accepted")) == len(agents or "1") + 1)
    return left.ticket


@pytest.mark.parametrize("caller", ["01012345678", "anonymous"])
def test_who_takes_the_task_of_a_message_hears_it_with_a_reason_that_is_kept(line, caller):
    ticket, house = takes_the_task(line, caller), line.stage.house

    (heard,) = hear_recordings(house, ticket.number, What.MESSAGE, AgentId("icg_1"), " 전화드리기 전에 ")

    (recording,) = [one for one in kept(line) if one.source == "RecordVerb"]
    assert (heard.id, heard.call_id) == (recording.id, recording.call_id)
    (noted,) = line.records("recording.heard")
    assert (noted.agent, noted.ticket) == ("icg_1", ticket.number)
    assert noted.fields == {"recording": recording.id, "what": "message", "reason": "전화드리기 전에"}
    assert recording.id not in json.dumps(ticket_report(house, ticket.number), ensure_ascii=False)
    assert {"what": "message", "state": "completed", "seconds": heard.duration_seconds} in ticket_report(
        house, ticket.number
    )["recordings"]


@ONE_DATABASE
def test_whoever_helps_out_hears_the_message_before_they_own_the_case(line):
    ticket, house = takes_the_task(line, "01012345678", "icg_1", "sel_1"), line.stage.house
    assert (ticket.desk, ticket.agent) == ("center:ICG", None), "the customer has not answered yet"

    assert len(hear_recordings(house, ticket.number, What.MESSAGE, AgentId("sel_1"), "전화드리기 전에")) == 1
    with pytest.raises(NotAllowed):
        hear_recordings(house, ticket.number, What.MESSAGE, AgentId("sel_2"), "x")


@ONE_DATABASE
def test_whoever_helps_out_hears_only_the_message_whose_task_they_took(line):
    ticket, house = takes_the_task(line, "01012345678", "icg_1", "sel_1"), line.stage.house
    (taken,) = hear_recordings(house, ticket.number, What.MESSAGE, AgentId("sel_1"), "전화드리기 전에")
    other = line.caller("01087654321").asks_for_a_person().call.id
    with house.store.work() as work:
        for another in (replace(taken, id="RE1", call_id=other), replace(taken, id="RE2", source="DialVerb")):
            work.recordings.keep(another, ticket.number, line.stage.now())

    assert list(hear_recordings(house, ticket.number, What.MESSAGE, AgentId("sel_1"), "한 번 더")) == [taken]
    assert len(hear_recordings(house, ticket.number, What.MESSAGE, AgentId("sel_lead"), "민원")) == 2
    with pytest.raises(NotAllowed):
        hear_recordings(house, ticket.number, What.TALK, AgentId("sel_1"), "x")


@ONE_DATABASE
def test_a_message_without_a_number_makes_its_case_that_of_who_takes_it(line):
    ticket = takes_the_task(line, "anonymous")

    assert (ticket.state, ticket.agent, ticket.desk) == ("assigned", "icg_1", "center:ICG")


@ONE_DATABASE
@pytest.mark.parametrize(
    ("by", "reason", "error", "why"),
    [
        ("sel_1", "x", NotAllowed, "alone: this is that of nobody at center:ICG"),
        ("kitech_1", "x", NotAllowed, "alone: this is that of nobody at center:ICG"),
        ("ministry_reader", "x", NotAllowed, "may not hear a recording"),
        ("nobody", "x", NotAllowed, "not on the staff"),
        ("icg_1", "  ", CaseError, "reason: nothing is written"),
    ],
)
def test_nobody_hears_a_message_without_a_right_and_a_reason(line, by, reason, error, why):
    ticket = takes_the_task(line, "01012345678")

    with pytest.raises(error, match=why):
        hear_recordings(line.stage.house, ticket.number, What.MESSAGE, AgentId(by), reason)

    assert line.records("recording.heard") == []
    assert len(line.records("act.refused")) == (error is NotAllowed)


@ONE_DATABASE
def test_a_supervisor_hears_every_case_and_nobody_what_is_not_there_or_deleted(line):
    ticket, house, lead = takes_the_task(line, "01012345678"), line.stage.house, AgentId("sel_lead")
    assert len(hear_recordings(house, ticket.number, What.MESSAGE, lead, "민원")) == 1
    with pytest.raises(CaseError, match="no talk can be heard"):
        hear_recordings(house, ticket.number, What.TALK, lead, "민원")

    with house.store.work() as work:
        work.housekeeping.mark_recordings_deleted(line.stage.now() + timedelta(days=1), 99)

    with pytest.raises(CaseError, match=r"no message can be heard \(deleted"):
        hear_recordings(house, ticket.number, What.MESSAGE, lead, "민원")
