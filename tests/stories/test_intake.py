"""What a caller told of their service is on the ticket, and a counselor completes the rest."""

import pytest

from agents.rights import NotAllowed
from directory.model import AgentId
from ivr.details import DetailError
from ivr.intake import Category
from switchboard.complete_intake import complete_intake

MINJI = AgentId("icg_1")


@pytest.fixture
def exchange(line):
    """A ticket of a caller who keyed personnel exchange and told their wish in one sentence."""
    caller = (
        line.caller().dials().presses("3").says("안산이요").says("세라믹 분야로 두 주 정도 와 주실 분이요").presses("1")
    )
    return caller.waits(5).hangs_up().ticket


def test_what_was_said_by_phone_is_on_the_ticket(exchange):
    assert exchange.intake.category is Category.PERSONNEL_EXCHANGE
    assert exchange.intake.details == {"exchange_days": 14, "direction": "to_company"}
    assert exchange.term_days == 14
    assert exchange.intake.wish == "세라믹 분야로 두 주 정도 와 주실 분이요"


def test_a_counselor_completes_it_and_it_is_written_down_who_did(line, exchange):
    after = complete_intake(line.stage.house, exchange.number, MINJI, {"exchange_days": "90", "field": "세라믹 소결"})

    assert after.intake.details == {"exchange_days": 90, "direction": "to_company", "field": "세라믹 소결"}
    assert after.intake.details_by["field"] == "counselor"
    assert after.term_days == 90
    (record,) = line.records("ticket.intake_completed")
    assert (record.agent, record.ticket) == (MINJI, exchange.number)
    assert record.fields["given"] == {"exchange_days": "90", "field": "세라믹 소결"}


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_what_stands_so_already_leaves_no_second_record(line, exchange):
    for _ in range(2):
        complete_intake(line.stage.house, exchange.number, MINJI, {"field": "세라믹"})

    assert len(line.records("ticket.intake_completed")) == 1


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_what_cannot_be_taken_changes_nothing(line, exchange):
    house = line.stage.house

    with pytest.raises(DetailError, match=r"^direction: \"up\" \(expected one of to_company, to_institute\)"):
        complete_intake(house, exchange.number, MINJI, {"exchange_days": "3", "direction": "up"})
    with pytest.raises(NotAllowed, match="nobody_1"):
        complete_intake(house, exchange.number, AgentId("nobody_1"), {"exchange_days": "3"})

    with house.store.reading() as work:
        assert work.tickets.get(exchange.number) == exchange


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_a_caller_who_asked_for_the_hours_was_served(line):
    caller = line.caller().dials().says("상담 시간이 몇 시까지예요").waits(6).hangs_up()

    assert "평일 오전 아홉 시부터 오후 여섯 시까지" in caller.heard
    assert caller.call.outcome == "self_served"
    assert caller.ticket is None


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_no_researcher_is_named_to_a_caller_who_asks_for_a_list(line):
    caller = line.caller().dials().says("연구원 연락처 명단 좀 주세요").presses("0").waits(5)

    assert "알려 드리지 않습니다" in caller.heard
    assert caller.ticket.intake.details["database"] == "personnel"
