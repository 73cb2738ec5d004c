"""What people do about a case: each step whole or not at all, written down with who did it."""

from dataclasses import replace

import pytest

from directory.model import AgentId, DeskId, InstituteCode
from switchboard.assign_ticket import assign_ticket
from switchboard.follow_up import finish_follow_up
from switchboard.link_company import link_company
from switchboard.move_ticket import answer_ticket, close_ticket, start_ticket
from switchboard.note_ticket import note_from_caller, note_ticket
from switchboard.pause_promise import pause_promise, resume_promise
from switchboard.rate_ticket import rate_ticket
from switchboard.record_consent import record_consent
from switchboard.refer_ticket import answer_referral, refer_ticket, withdraw_referral
from switchboard.resolve_ticket import reopen_ticket, resolve_ticket
from tickets.follow_up import FollowUpResult
from tickets.life import ReferralState, TicketState
from tickets.outcome import TicketOutcome
from tickets.owner import TooManyHandovers
from tickets.referral import MayNotBeTold
from tickets.ticket import CompanyId, NotNow
from tickets.written import CaseError

ICG_1, ICG_2, SEL_1 = AgentId("icg_1"), AgentId("icg_2"), AgentId("sel_1")
ICG = DeskId("center:ICG")
KITECH, KIMS = InstituteCode("KITECH"), InstituteCode("KIMS")


def test_every_step_is_written_down_with_who_did_it(cases):
    house, number = cases.house, cases.opened()
    assign_ticket(house, number, ICG_1, ICG_2)
    start_ticket(house, number, ICG_1)
    refer_ticket(house, number, KITECH, ICG_1, "밀착력?")
    refer_ticket(house, number, KIMS, ICG_1, "분석?")
    answer_referral(house, number, KITECH, ICG_1, "탈지")
    withdraw_referral(house, number, KIMS, ICG_1, "필요 없음")
    pause_promise(house, number, ICG_1, "시료 대기")
    resume_promise(house, number, ICG_1)
    note_ticket(house, number, ICG_1, "시료를 받았습니다.")
    answer_ticket(house, number, ICG_1, "탈지 뒤 산세를 두 번 하십시오.")
    resolve_ticket(house, number, ICG_1, TicketOutcome.INFORMATION_GIVEN, "안내했습니다.")
    close_ticket(house, number, ICG_1)
    reopen_ticket(house, number, ICG_1, "다시 벗겨집니다.")
    assign_ticket(house, number, ICG_2, ICG_1)

    with house.store.reading() as work:
        records = work.records.of_ticket(number)
    assert [(record.kind, record.agent) for record in records if record.agent] == [
        ("ticket.assigned", ICG_2),
        ("ticket.started", ICG_1),
        ("referral.asked", ICG_1),
        ("referral.asked", ICG_1),
        ("referral.answered", ICG_1),
        ("referral.withdrawn", ICG_1),
        ("ticket.paused", ICG_1),
        ("ticket.resumed", ICG_1),
        ("ticket.noted", ICG_1),
        ("ticket.answered", ICG_1),
        ("ticket.resolved", ICG_1),
        ("ticket.closed", ICG_1),
        ("ticket.reopened", ICG_1),
        ("ticket.handed_over", ICG_1),
    ]
    assert cases.ticket(number).state is TicketState.ASSIGNED


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("intake", "act", "error"),
    [
        ({"consent": None}, lambda h, n: refer_ticket(h, n, KITECH, ICG_1, "?"), MayNotBeTold),
        ({"consent": False}, lambda h, n: refer_ticket(h, n, KITECH, ICG_1, "?"), MayNotBeTold),
        ({"consent": None}, lambda h, n: assign_ticket(h, n, DeskId("institute:KITECH"), ICG_1), MayNotBeTold),
        ({}, lambda h, n: refer_ticket(h, n, InstituteCode("KAIST"), ICG_1, "?"), CaseError),
        ({}, lambda h, n: refer_ticket(h, n, KITECH, ICG_1, "  "), CaseError),
        ({}, lambda h, n: answer_referral(h, n, KITECH, ICG_1, "x"), CaseError),
        ({}, lambda h, n: close_ticket(h, n, ICG_1), NotNow),
        ({}, lambda h, n: reopen_ticket(h, n, ICG_1, "x"), NotNow),
        ({}, lambda h, n: resolve_ticket(h, n, ICG_1, TicketOutcome.TRANSFER_SIGNED, "x"), CaseError),
        ({}, lambda h, n: resolve_ticket(h, n, ICG_1, TicketOutcome.RESEARCH_LONG, "x"), CaseError),
        ({}, lambda h, n: resolve_ticket(h, n, ICG_1, TicketOutcome.NOT_SOLVED, ""), CaseError),
        ({}, lambda h, n: assign_ticket(h, n, AgentId("nobody"), ICG_1), CaseError),
        ({}, lambda h, n: assign_ticket(h, n, ICG_1, ICG_1), CaseError),
        ({}, lambda h, n: pause_promise(h, n, ICG_1, " "), CaseError),
        ({}, lambda h, n: resume_promise(h, n, ICG_1), CaseError),
        ({}, lambda h, n: note_ticket(h, n, ICG_1, "x" * 4001), CaseError),
        ({}, lambda h, n: link_company(h, n, CompanyId(99), ICG_1), CaseError),
        ({}, lambda h, n: finish_follow_up(h, n, 30, ICG_1, FollowUpResult.SOLVED), CaseError),
    ],
)  # fmt: skip
def test_what_is_refused_changes_nothing_and_tells_nobody(cases, intake, act, error):
    number = cases.owned(**intake)
    before = cases.all_of(number)

    with pytest.raises(error):
        act(cases.house, number)

    assert cases.all_of(number) == before


def test_a_ticket_nobody_knows_is_refused(cases):
    with pytest.raises(CaseError, match="there is no ticket"):
        start_ticket(cases.house, "26-000009-1", ICG_1)


def test_institutes_are_asked_side_by_side_and_the_last_answer_brings_the_case_back(cases):
    house, number = cases.house, cases.owned()
    for institute in (KITECH, KIMS):
        refer_ticket(house, number, institute, ICG_1, "밀착력?")

    answer_referral(house, number, KITECH, ICG_1, "탈지")
    assert cases.ticket(number).state is TicketState.REFERRED
    answer_referral(house, number, KIMS, ICG_1, "분석")

    ticket = cases.ticket(number)
    assert (ticket.state, ticket.agent, ticket.desk) == (TicketState.IN_PROGRESS, ICG_1, ICG)


def test_a_no_ends_what_institutes_were_asked(cases):
    house, number = cases.house, cases.owned()
    refer_ticket(house, number, KITECH, ICG_1, "밀착력?")

    record_consent(house, number, ICG_1, consent=False)

    assert cases.referrals(number) == {KITECH: ReferralState.WITHDRAWN}
    assert cases.ticket(number).state is TicketState.IN_PROGRESS
    with pytest.raises(MayNotBeTold):
        refer_ticket(house, number, KITECH, ICG_1, "밀착력?")
    record_consent(house, number, ICG_1, consent=True)
    refer_ticket(house, number, KITECH, ICG_1, "밀착력?")


def test_a_resolved_case_waits_for_no_institute(cases):
    house, number = cases.house, cases.owned()
    refer_ticket(house, number, KITECH, ICG_1, "밀착력?")

    resolve_ticket(house, number, ICG_1, TicketOutcome.HELD_TECHNOLOGY, "기술 이전")

    assert cases.referrals(number) == {KITECH: ReferralState.WITHDRAWN}


def test_of_several_who_resolve_at_once_one_does(cases, at_once):
    house, number = cases.house, cases.owned()

    def resolve():
        try:
            resolve_ticket(house, number, ICG_1, TicketOutcome.NOT_SOLVED, "해결하지 못했습니다.")
        except NotNow:
            return False
        return True

    assert at_once(resolve, resolve, resolve).count(True) == 1
    assert cases.records(number).count("ticket.resolved") == 1
    assert cases.records(number).count("follow_up.planned") == 2


def test_beyond_the_cap_a_supervisor_must_say_so(cases):
    number, house = cases.owned(), replace(cases.house, most_handovers=1)
    assign_ticket(house, number, SEL_1, ICG_1)
    before = cases.all_of(number)

    with pytest.raises(TooManyHandovers, match="expected a supervisor"):
        assign_ticket(house, number, ICG_1, SEL_1)

    assert cases.all_of(number) == before
    assert assign_ticket(house, number, ICG_1, AgentId("sel_lead"), supervisor=True).handovers == 2


def test_whoever_starts_on_a_desks_case_owns_it_if_they_serve_there(cases):
    number = cases.opened()
    assign_ticket(cases.house, number, DeskId("center:SEL"), ICG_1)

    with pytest.raises(CaseError, match="does not serve center:SEL"):
        start_ticket(cases.house, number, ICG_1)

    assert start_ticket(cases.house, number, SEL_1).agent == SEL_1


def test_a_caller_rates_once_and_leaves_notes(cases):
    house, number = cases.house, cases.owned()
    with house.store.work() as work:
        ticket = work.tickets.get(number)
        assert rate_ticket(house, work, ticket, 5)
        assert not rate_ticket(house, work, ticket, 1)
        note_from_caller(house, work, ticket, "RE1")
        with pytest.raises(CaseError, match="expected 1 to 5"):
            rate_ticket(house, work, ticket, 6)
        with pytest.raises(CaseError, match="nothing is written"):
            note_from_caller(house, work, ticket, None, " ")

    with house.store.reading() as work:
        assert [(note.author, note.recording) for note in work.notes.of(number)] == [("caller", "RE1")]
    assert cases.ticket(number).satisfaction == 5
    assert cases.records(number).count("ticket.rated") == 1


def test_an_agent_who_takes_over_a_lost_call_does_not_take_a_case_that_is_under_way(cases):
    line = cases.line
    line.signs_in("icg_1")
    call = line.caller("CA9")
    (offer,) = line.live_offers([call])
    assert line.accepts(offer, "CAleg1")
    with cases.house.store.reading() as work:
        number = work.tickets.of_call(call).number
    start_ticket(cases.house, number, ICG_1)
    line.signs_in("icg_2")
    with cases.house.store.work() as work:
        entry = work.queue.of_call(call)
        work.queue.return_after(entry.id, line.clock.now())
    line.rest(9999, "icg_1")
    line.passes(1)
    taken = line.live_offers([call])

    assert [line.accepts(offer, "CAleg2") for offer in taken if offer.agent_id == ICG_2] == [True]
    assert cases.ticket(number).agent == ICG_1
