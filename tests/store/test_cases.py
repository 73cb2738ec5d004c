"""Cases in rows: of those who come at once, one claims an alarm, a question, a rating or a record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from calls.telephone_number import read_number
from directory.model import POOL, InstituteCode
from ivr.intake import Category, Intake
from tickets.business_number import BusinessNumber
from tickets.follow_up import FollowUpResult
from tickets.life import FollowUpState, ReferralEvent, ReferralState, TicketState
from tickets.number import make_number
from tickets.outcome import TicketOutcome
from tickets.promise import Alarm, after_alarm, paused, promised, resumed
from tickets.ticket import CompanyId, Ticket

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KITECH, KIMS = InstituteCode("KITECH"), InstituteCode("KIMS")
CALLER = read_number("0317801234", {})
TRIES = 4


@pytest.fixture
def opened(store, rows):
    """Open the n-th ticket, from a number."""

    def opened(sequence=1, number="0317801234", **fields) -> Ticket:
        ticket = Ticket(
            number=make_number(2026, sequence),
            call_id=rows.call(f"CA{sequence}"),
            line="1379",
            dialed="1379",
            caller=read_number(number, {}),
            intake=Intake(category=Category.TECHNICAL_DIFFICULTY),
            desk=POOL,
            state=TicketState.RECEIVED,
            received_at=NOW + timedelta(minutes=sequence),
            promise=promised(NOW, []),
            **fields,
        )
        with store.work() as work:
            work.tickets.add(ticket)
        return ticket

    return opened


@pytest.fixture
def company(store):
    def company(name="한빛정밀", *numbers, business=None) -> CompanyId:
        with store.work() as work:
            key = work.companies.add(name, business and BusinessNumber(business), "icg_1", NOW)
            for number in numbers:
                work.companies.add_number(key, number, "icg_1", NOW)
        return key

    return company


def kept(store, ticket) -> Ticket:
    with store.reading() as work:
        return work.tickets.get(ticket.number)


def test_a_ticket_comes_back_as_it_was_kept(store, opened):
    ticket = opened()
    stopped = replace(
        ticket,
        promise=paused(ticket.promise, NOW + timedelta(hours=1, microseconds=7), "시료 대기", []),
        handovers=2,
        company="한빛정밀",
        company_id=CompanyId(7),
        team="도금 실용화팀",
        outcome=TicketOutcome.RESEARCH_BETWEEN,
        research_days=200,
        resolved_at=NOW,
    )

    with store.work() as work:
        work.tickets.keep(stopped)

    assert kept(store, ticket) == stopped


def test_an_alarm_sounds_once_however_many_processes_look(store, opened, at_once):
    ticket = opened()
    following = after_alarm(ticket.promise, [])

    def sound(_number):
        with store.work() as work:
            return work.tickets.sound(ticket.number, ticket.promise, following)

    assert sorted(at_once(TRIES, sound)) == [False] * (TRIES - 1) + [True]
    assert kept(store, ticket).promise.alarm is Alarm.WARN_SUPERVISOR


def test_an_alarm_that_was_put_off_since_it_was_seen_does_not_sound(store, opened):
    ticket = opened()
    put_off = resumed(paused(ticket.promise, NOW, "x", []), NOW + DAY, [])
    with store.work() as work:
        work.tickets.keep(replace(ticket, promise=put_off))

        assert not work.tickets.sound(ticket.number, ticket.promise, after_alarm(ticket.promise, []))

    assert kept(store, ticket).promise == put_off


def test_alarms_are_due_in_their_order_and_not_while_paused(store, opened):
    first, second, stopped = opened(1), opened(2), opened(3)
    with store.work() as work:
        work.tickets.keep(replace(second, promise=replace(second.promise, alarm_at=NOW)))
        work.tickets.keep(replace(stopped, promise=paused(stopped.promise, NOW, "x", [])))

    with store.reading() as work:
        assert work.tickets.due_alarms(NOW + 10 * DAY, 9) == [second.number, first.number]
        assert work.tickets.due_alarms(NOW + 10 * DAY, 1) == [second.number]
        assert work.tickets.due_alarms(NOW - DAY, 9) == []


def test_a_company_rates_its_case_once(store, opened, at_once):
    ticket = opened()

    def rate(number):
        with store.work() as work:
            return work.tickets.rate(ticket.number, number + 1)

    rated = at_once(TRIES, rate)

    assert rated.count(True) == 1
    assert kept(store, ticket).satisfaction == rated.index(True) + 1


def test_an_institute_is_asked_once_at_a_time(store, opened, at_once):
    ticket = opened()

    def ask(_number):
        with store.work() as work:
            return work.referrals.ask(ticket.number, KITECH, "밀착력?", "icg_1", NOW, NOW + DAY)

    asked = [one for one in at_once(TRIES, ask) if one]

    assert len(asked) == 1
    with store.work() as work:
        assert work.referrals.ask(ticket.number, KIMS, "분석?", "icg_1", NOW, NOW + DAY)
        assert work.referrals.end(asked[0].id, ReferralEvent.ANSWERED, "kitech_1", "탈지", NOW)
        assert work.referrals.ask(ticket.number, KITECH, "산세?", "icg_1", NOW, NOW + DAY)
        assert [(one.institute, one.state) for one in work.referrals.of(ticket.number)] == [
            (KITECH, ReferralState.ANSWERED),
            (KIMS, ReferralState.ASKED),
            (KITECH, ReferralState.ASKED),
        ]


def test_a_late_answer_is_still_attached_and_an_ended_question_is_over(store, opened):
    ticket = opened()
    with store.work() as work:
        asked = work.referrals.ask(ticket.number, KITECH, "밀착력?", "icg_1", NOW, NOW + DAY)
        assert [one.id for one in work.referrals.due(NOW + DAY, 9)] == [asked.id]
        assert work.referrals.lapse(asked.id)
        assert not work.referrals.lapse(asked.id)
        assert work.referrals.due(NOW + DAY, 9) == []
        assert work.referrals.end(asked.id, ReferralEvent.ANSWERED, "kitech_1", "탈지", NOW + 2 * DAY)
        assert not work.referrals.end(asked.id, ReferralEvent.WITHDRAWN, "icg_1", "x", NOW + 2 * DAY)
        assert work.referrals.get(asked.id).answer == "탈지"


def test_follow_ups_are_planned_once_and_done_once(store, opened):
    ticket = opened()
    with store.work() as work:
        assert work.follow_ups.plan(ticket.number, 1, 30, NOW + DAY)
        assert not work.follow_ups.plan(ticket.number, 1, 30, NOW)
        assert work.follow_ups.plan(ticket.number, 2, 30, NOW + 2 * DAY), "a case opened again has its own"
        (due,) = work.follow_ups.due(NOW + DAY, 9)
        assert work.follow_ups.put_off(due, NOW + 3 * DAY)
        assert not work.follow_ups.put_off(due, NOW + 4 * DAY)
        assert work.follow_ups.fall_due(due.id)
        assert work.follow_ups.done(due.id, FollowUpResult.SOLVED, "icg_1", NOW)
        assert not work.follow_ups.done(due.id, FollowUpResult.NOT_SOLVED, "icg_1", NOW)
        assert not work.follow_ups.drop(due.id)
        assert work.follow_ups.get(due.id).result is FollowUpResult.SOLVED
        assert [one.id for one in work.follow_ups.in_state(FollowUpState.PLANNED)] != [due.id]


def test_earlier_cases_are_those_of_the_company_or_of_its_number_newest_first(store, opened):
    first, second = opened(1, number="01012345678"), opened(2, number="+821012345678")
    elsewhere = opened(3, number="0212345678", company_id=CompanyId(7))
    other = opened(4, number="01099998888")
    asking = opened(5, number="01012345678", company_id=CompanyId(7))

    with store.reading() as work:
        assert [one.number for one in work.tickets.earlier(asking)] == [
            elsewhere.number,
            second.number,
            first.number,
        ]
        assert len(work.tickets.earlier(asking, most=1)) == 1
        assert work.tickets.earlier(other) == []


@pytest.mark.parametrize("number", ["anonymous", "107", ""])
def test_callers_without_a_number_of_their_own_have_no_earlier_cases(store, opened, number):
    opened(1, number=number)
    asking = opened(2, number=number)

    with store.reading() as work:
        assert work.tickets.earlier(asking) == []
        assert work.companies.do_not_route(asking.caller) == frozenset()


def test_a_business_number_is_one_companys_however_many_come_at_once(store, at_once):
    def add(_number):
        with store.work() as work:
            return work.companies.add("한빛정밀", BusinessNumber("2208162517"), "icg_1", NOW)

    assert at_once(TRIES, add).count(None) == TRIES - 1


def test_institutes_are_barred_by_any_company_of_the_number_and_by_the_cases_own(store, company):
    one, other, third = company("한빛", "0317801234"), company("새벽", "0317801234"), company("대한")
    with store.work() as work:
        assert work.companies.bar(one, KITECH, "분쟁", "icg_1", NOW)
        assert not work.companies.bar(one, KITECH, "또", "icg_1", NOW)
        assert work.companies.bar(other, KIMS, "경쟁사", "icg_1", NOW)
        assert work.companies.bar(third, InstituteCode("ETRI"), "요청", "icg_1", NOW)

        assert work.companies.do_not_route(CALLER) == {KITECH, KIMS}
        assert work.companies.do_not_route(CALLER, third) == {KITECH, KIMS, "ETRI"}
        assert work.companies.do_not_route(read_number("0212345678", {})) == frozenset()
        assert work.companies.unbar(one, KITECH)
        assert not work.companies.unbar(one, KITECH)
        assert work.companies.do_not_route(CALLER) == {KIMS}


def test_merged_records_are_one_with_all_that_both_had(store, company, opened):
    gone, into = company("한빛정밀(주)", "0317801234", "01012345678"), company("한빛정밀", "0317801234")
    older = company("한빛", "0212345678")
    ticket = opened(company_id=gone)
    with store.work() as work:
        for key, institute in ((gone, KITECH), (gone, KIMS), (into, KIMS)):
            work.companies.bar(key, institute, f"{key}", "icg_1", NOW)
        assert work.companies.merge(work.companies.get(older), work.companies.get(gone))

        assert work.companies.merge(work.companies.get(gone), work.companies.get(into))
        assert not work.companies.merge(work.companies.get(gone), work.companies.get(into)), "a second time nothing"

        merged = work.companies.get(into)
        assert merged.numbers == ("01012345678", "0212345678", "0317801234")
        assert dict(merged.do_not_route) == {KIMS: f"{into}", KITECH: f"{gone}"}
        assert work.companies.get(older).merged_into == work.companies.get(gone).merged_into == into
        assert [one.id for one in work.companies.of_number("01012345678")] == [into]
        assert [one.number for one in work.tickets.of_company(into)] == [ticket.number]


def test_records_that_resemble_a_name_or_share_a_number_are_found(store, company):
    alike, sharing, stranger = company("한빛정밀공업"), company("새벽테크", "0317801234"), company("대한전자")

    with store.reading() as work:
        found = [one.id for one in work.companies.resembling("(주)한빛정밀", ["0317801234"])]
        assert found == [alike, sharing]
        assert [one.id for one in work.companies.resembling("%_", [])] == [], "a name is no pattern"
        assert [one.id for one in work.companies.resembling("대한전자", [])] == [stranger]


def test_deciding_on_a_case_takes_turns(store, opened, at_once):
    """Ten readings that each add one hand-over lose none: whoever reads to write locks the row."""
    ticket = opened()

    def hand_over(_number):
        with store.work() as work:
            seen = work.tickets.get(ticket.number)
            work.tickets.keep(replace(seen, handovers=seen.handovers + 1))

    at_once(TRIES, hand_over)

    assert kept(store, ticket).handovers == TRIES


def test_whoever_only_looks_waits_for_nobody(store, opened):
    ticket = opened()
    with store.work() as writing:
        writing.tickets.keep(replace(writing.tickets.get(ticket.number), handovers=1))

        with store.reading() as looking:
            assert looking.tickets.get(ticket.number) == ticket
