"""The clock of a case: warnings, late institutes and follow-up calls, each once."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from directory.model import AgentId, HoursOverride, InstituteCode
from switchboard.follow_up import finish_follow_up
from switchboard.move_ticket import start_ticket
from switchboard.pause_promise import pause_promise, resume_promise
from switchboard.refer_ticket import answer_referral, refer_ticket
from switchboard.resolve_ticket import reopen_ticket, resolve_ticket
from switchboard.ticker import run_due
from tickets.follow_up import FollowUpResult
from tickets.life import FollowUpState, ReferralState, TicketState
from tickets.outcome import TicketOutcome
from tickets.written import CaseError

ICG_1 = AgentId("icg_1")
KITECH, KIMS = InstituteCode("KITECH"), InstituteCode("KIMS")
DAY = 86_400


def test_each_warning_sounds_once_though_several_processes_look_at_once(cases, at_once):
    house, number = cases.house, cases.owned()
    refer_ticket(house, number, KITECH, ICG_1, "밀착력?")
    for days in (1, 2, 3):
        cases.line.clock.at += timedelta(days=1)
        at_once(*[lambda: run_due(house)] * 3)
        warned = cases.records(number)
        assert warned.count("ticket.warned") == min(days, 2)

    assert warned.count("referral.overdue") == 1
    assert warned.count("ticket.overdue") == 1
    assert cases.ticket(number).promise.alarm is None


def test_an_institute_that_answers_as_its_time_runs_out_has_answered(cases, at_once):
    house, number = cases.house, cases.owned()
    for institute in (KITECH, KIMS):
        refer_ticket(house, number, institute, ICG_1, "밀착력?")
    cases.line.clock.at += timedelta(days=1)

    at_once(
        lambda: run_due(house),
        lambda: answered_in_time(house, number),
        lambda: resolve_ticket(house, number, ICG_1, TicketOutcome.NOT_SOLVED, "해결하지 못했습니다."),
    )

    assert cases.referrals(number)[KITECH] in {ReferralState.ANSWERED, ReferralState.WITHDRAWN}
    assert cases.ticket(number).state is TicketState.RESOLVED
    assert cases.records(number).count("ticket.warned") <= 1


def answered_in_time(house, number) -> None:
    with suppress(CaseError):  # the case was resolved first: nobody is asked any more
        answer_referral(house, number, KITECH, ICG_1, "탈지")


def test_a_paused_case_warns_nobody_and_warns_in_time_when_it_runs_on(cases):
    house, number = cases.house, cases.owned()
    pause_promise(house, number, ICG_1, "시료 대기")
    cases.line.passes(20 * DAY)
    assert "ticket.warned" not in cases.records(number)

    resume_promise(house, number, ICG_1)
    cases.line.passes(DAY - 1)
    assert "ticket.warned" not in cases.records(number)
    cases.line.passes(1)

    assert cases.records(number).count("ticket.warned") == 1


def test_a_case_nobody_looked_at_for_weeks_is_warned_about_in_order(cases):
    number = cases.owned()

    cases.line.passes(30 * DAY)

    assert [kind for kind in cases.records(number) if kind in {"ticket.warned", "ticket.overdue"}] == [
        "ticket.warned",
        "ticket.warned",
        "ticket.overdue",
    ]


def test_a_case_opened_again_is_promised_an_answer_anew_and_its_calls_are_dropped(cases):
    house, number = cases.house, cases.owned()
    resolve_ticket(house, number, ICG_1, TicketOutcome.INFORMATION_GIVEN, "안내")
    cases.line.passes(10 * DAY)

    reopened = reopen_ticket(house, number, ICG_1, "다시 벗겨집니다.")

    assert (reopened.outcome, reopened.agent, reopened.promise.kept_at) == (None, ICG_1, None)
    assert reopened.due_at > cases.line.clock.now()
    start_ticket(house, number, ICG_1)
    resolve_ticket(house, number, ICG_1, TicketOutcome.NOT_SOLVED, "해결하지 못했습니다.")
    with house.store.reading() as work:
        calls = work.follow_ups.of(number)
    assert sorted((call.days, call.state) for call in calls) == [
        (30, FollowUpState.DROPPED),
        (30, FollowUpState.PLANNED),
        (90, FollowUpState.DROPPED),
        (90, FollowUpState.PLANNED),
    ]
    finish_follow_up(house, number, 30, ICG_1, FollowUpResult.SOLVED, "먼저 전화 주셨습니다.")


def follow_up(cases, number, days=30):
    with cases.house.store.reading() as work:
        return next(one for one in work.follow_ups.of(number) if one.days == days)


def test_a_company_that_is_not_reached_is_called_again_and_not_without_end(cases):
    house, number = cases.house, cases.owned()
    resolve_ticket(
        house, number, ICG_1, TicketOutcome.INFORMATION_GIVEN, "안내"
    )  # 30 days later: 2026-12-24, a Thursday
    cases.line.passes(31 * DAY)

    for missed, due in ((1, "2026-12-29"), (2, "2026-12-31")):  # the 25th, a Friday, is Christmas: nobody works
        assert follow_up(cases, number).state is FollowUpState.DUE
        finish_follow_up(house, number, 30, ICG_1, FollowUpResult.NOT_REACHED, "부재중")
        planned = follow_up(cases, number)
        assert (planned.state, planned.missed, f"{planned.due_at:%Y-%m-%d}") == (FollowUpState.PLANNED, missed, due)
        with pytest.raises(CaseError, match=f"is to be made .planned for {due}"):
            finish_follow_up(house, number, 30, ICG_1, FollowUpResult.NOT_REACHED)
        cases.line.clock.at = planned.due_at
        cases.line.passes(1)
    finish_follow_up(house, number, 30, ICG_1, FollowUpResult.NOT_REACHED)

    last = follow_up(cases, number)
    assert (last.state, last.result, last.done_by) == (FollowUpState.DONE, FollowUpResult.NOT_REACHED, "icg_1")
    kinds = cases.records(number)
    assert (kinds.count("follow_up.not_reached"), kinds.count("follow_up.due"), kinds.count("follow_up.done")) == (
        2,
        3,
        1,
    )
    assert follow_up(cases, number, 90).state is FollowUpState.PLANNED


def test_a_company_that_calls_back_is_not_called_again(cases):
    house, number = cases.house, cases.owned()
    resolve_ticket(house, number, ICG_1, TicketOutcome.INFORMATION_GIVEN, "안내")
    cases.line.passes(31 * DAY)
    finish_follow_up(house, number, 30, ICG_1, FollowUpResult.NOT_REACHED)

    finish_follow_up(house, number, 30, ICG_1, FollowUpResult.SOLVED, "먼저 전화 주셨습니다.")

    cases.line.passes(10 * DAY)
    assert follow_up(cases, number).result is FollowUpResult.SOLVED


def test_two_who_note_at_once_that_nobody_was_reached_count_as_one_call(cases, at_once):
    house, number = cases.house, cases.owned()
    resolve_ticket(house, number, ICG_1, TicketOutcome.INFORMATION_GIVEN, "안내")
    cases.line.passes(31 * DAY)

    def notes():
        with suppress(CaseError):
            finish_follow_up(house, number, 30, ICG_1, FollowUpResult.NOT_REACHED)

    at_once(*[notes] * 3)

    assert follow_up(cases, number).missed == 1
    assert cases.records(number).count("follow_up.not_reached") == 1


def test_a_day_that_became_a_holiday_moves_the_call_on(cases):
    number = cases.owned()
    resolve_ticket(cases.house, number, ICG_1, TicketOutcome.INFORMATION_GIVEN, "안내")  # 30 days later: 2026-12-24
    closed = HoursOverride(date(2026, 12, 24), None, None, None, "임시공휴일")
    cases.line.house = replace(cases.house, directory=replace(cases.house.directory, hours_overrides=(closed,)))

    cases.line.passes(31 * DAY)
    assert cases.records(number).count("follow_up.moved") == 1
    assert "follow_up.due" not in cases.records(number)
    cases.line.passes(4 * DAY)

    assert cases.records(number).count("follow_up.due") == 1
