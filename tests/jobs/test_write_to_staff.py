"""Our people are told of a case in writing: once, in time, and never what they must not know."""

from dataclasses import replace
from datetime import timedelta

import pytest

from directory.model import AgentId, InstituteCode
from ivr.intake import Category, Intake
from switchboard.assign_ticket import assign_ticket
from switchboard.do_outbox import do_due
from switchboard.keep_company import add_company, bar_institute
from switchboard.link_company import link_company
from switchboard.move_ticket import answer_ticket
from switchboard.pause_promise import pause_promise
from switchboard.record_consent import record_consent
from switchboard.refer_ticket import answer_referral, refer_ticket, withdraw_referral
from switchboard.resolve_ticket import reopen_ticket, resolve_ticket
from switchboard.tell_overdue import tell_overdue
from switchboard.ticker import run_due
from switchboard.warn_staff import KIND as WARNING
from switchboard.warn_staff import warn_staff
from tickets.outcome import TicketOutcome

ICG_1, KITECH = AgentId("icg_1"), InstituteCode("KITECH")
MINJI, KITECH_DESK = "icg_1@icg.example", "desk@kitech.example"
WISH = Intake(category=Category.TECHNICAL_DIFFICULTY, consent=True, wish="도금이 벗겨져요")


@pytest.fixture
def ticket(line):
    """A case of icg_1 that may be passed on; its caller's own message is sent."""
    opened = line.opens_ticket(intake=WISH)
    do_due(line.house)
    line.messenger.sent.clear()
    return assign_ticket(line.house, opened.number, ICG_1, ICG_1)


def passes(line, **time):
    line.clock.passes(**time)
    run_due(line.house)


def told(line) -> list[str]:
    do_due(line.house)
    return [to for to, _ in line.messenger.sent]


def test_an_institute_reads_a_summary_its_question_and_no_whole_number(line, ticket):
    refer_ticket(line.house, ticket.number, KITECH, ICG_1, "전처리가 있습니까?")

    assert told(line) == [KITECH_DESK]
    (_, text) = line.messenger.sent[0]
    assert text == (
        f"[1379] 접수 {ticket.number} (기술 애로, 010-****-5678). 문의: 도금이 벗겨져요 질문: 전처리가 있습니까?"
        " 11월 25일(수) 10:00까지 답변 부탁드립니다."
    )


@pytest.mark.parametrize("change", ["consent", "barred", "withdrawn", "answered"])
def test_an_institute_is_not_told_what_it_must_not_know_or_need_not_any_more(line, ticket, change):
    house, number = line.house, ticket.number
    refer_ticket(house, number, KITECH, ICG_1, "전처리가 있습니까?")
    match change:
        case "consent":
            record_consent(house, number, ICG_1, consent=False)
        case "barred":
            company = add_company(house, "한빛정밀", ICG_1)
            link_company(house, number, company.id, ICG_1)
            bar_institute(house, company.id, ICG_1, KITECH, "분쟁")
        case "withdrawn":
            withdraw_referral(house, number, KITECH, ICG_1, "다른 곳이 맡음")
        case _:
            answer_referral(house, number, KITECH, ICG_1, "탈지")

    assert told(line) == []


def test_owner_and_supervisor_are_each_warned_once(line, ticket):
    passes(line, days=1)
    assert told(line) == [MINJI]
    for _ in range(3):
        warn_staff(line.house, f"{ticket.number} warn_owner 1")
    passes(line, days=1)

    assert told(line) == [MINJI, "lead@line1379.example"]
    assert line.messenger.sent[0][1] == (
        f"[1379] 접수 {ticket.number}: 11월 27일(금) 10:00까지 답변을 약속한 건입니다. 아직 답변이 나가지 않았습니다."
    )
    passes(line, days=1)
    assert len(told(line)) == 2
    assert len(line.records("ticket.overdue")) == 1


def test_an_institute_that_has_not_answered_is_reminded_and_the_owner_learns_of_it_once(line, ticket):
    refer_ticket(line.house, ticket.number, KITECH, ICG_1, "전처리가 있습니까?")
    assert told(line) == [KITECH_DESK]

    passes(line, days=1)
    (referral,) = line.rows("referrals")
    for _ in range(3):
        assert sorted(told(line)) == sorted([KITECH_DESK, KITECH_DESK, MINJI, MINJI])  # one of hers is the warning
        tell_overdue(line.house, str(referral.id))

    texts = [text for _, text in line.messenger.sent if "답변이" in text and "약속" not in text]
    assert texts == [
        (
            f"[1379] 접수 {ticket.number}: 11월 25일(수) 10:00까지 부탁드린 답변이 아직 오지 않았습니다."
            " 늦더라도 답변해 주시기를 부탁드립니다."
        ),
        f"[1379] 접수 {ticket.number}: 한국생산기술연구원의 답변이 기한(11월 25일(수) 10:00)까지 오지 않았습니다.",
    ]
    shown = [record.fields["address"] for record in line.records("message.sent") if "address" in record.fields]
    assert set(shown) == {"d***@kitech.example", "i***@icg.example"}


@pytest.mark.parametrize("change", ["answered", "consent", "gone"])
def test_of_a_late_answer_is_told_who_still_needs_and_may_know(line, ticket, change):
    house, number = line.house, ticket.number
    refer_ticket(house, number, KITECH, ICG_1, "전처리가 있습니까?")
    do_due(house)
    line.messenger.sent.clear()
    passes(line, days=1)
    match change:
        case "answered":
            answer_referral(house, number, KITECH, ICG_1, "탈지")
            expected = [MINJI]  # the warning
        case "consent":
            with house.store.work() as work:
                kept = work.tickets.get(number)
                work.tickets.keep(replace(kept, intake=replace(kept.intake, consent=False)))
            expected = [MINJI, MINJI]
        case _:
            staff = {who: one for who, one in house.directory.staff.items() if who != "icg_1"}
            line.house = replace(house, directory=replace(house.directory, staff=staff))
            expected = ["desk@line1379.example"] * 2 + [KITECH_DESK]

    assert sorted(told(line)) == sorted(expected)


def test_a_desk_is_warned_of_a_case_nobody_has_taken(line):
    line.opens_ticket()
    line.clock.passes(days=1)
    run_due(line.house)

    assert told(line)[1:] == ["desk@line1379.example"]


@pytest.mark.parametrize("change", ["answered", "paused"])
def test_a_warning_that_is_needless_by_the_time_it_would_be_sent_is_not(line, ticket, change):
    passes(line, days=1)
    assert [task.kind for task in line.due()] == [WARNING]
    if change == "answered":
        answer_ticket(line.house, ticket.number, ICG_1, "답변드렸습니다.")
    else:
        pause_promise(line.house, ticket.number, ICG_1, "시료 대기")

    assert told(line) == []


def test_a_case_opened_again_is_warned_about_again(line, ticket):
    passes(line, days=1)
    assert told(line) == [MINJI]
    resolve_ticket(line.house, ticket.number, ICG_1, TicketOutcome.NOT_SOLVED, "해결하지 못했습니다.")
    line.clock.passes(days=6)
    reopen_ticket(line.house, ticket.number, ICG_1, "다시 요청")
    passes(line, days=1)

    assert told(line) == [MINJI, MINJI]
    assert [row.kind for row in line.rows("messages")][1:] == ["warn_owner 1 icg_1", "warn_owner 2 icg_1"]


def test_a_message_that_did_not_leave_is_written_down(line, ticket):
    line.messenger.works = False
    passes(line, hours=24)
    do_due(line.house)

    (failed,) = line.records("message.failed")
    assert failed.fields == {
        "message": "warn_owner 1",
        "to": "icg_1",
        "address": "i***@icg.example",
        "error": "the provider is away",
    }
    line.messenger.works = True
    line.clock.at += timedelta(hours=1)
    assert told(line) == []
