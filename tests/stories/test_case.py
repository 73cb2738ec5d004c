"""A case played the whole way: the call, two institutes asked, warnings, the resolution and what became of it."""

from datetime import UTC, datetime

from directory.model import AgentId, InstituteCode
from switchboard.follow_up import finish_follow_up
from switchboard.move_ticket import close_ticket, start_ticket
from switchboard.refer_ticket import answer_referral, refer_ticket
from switchboard.resolve_ticket import resolve_ticket
from tickets.follow_up import FollowUpResult
from tickets.life import FollowUpState, ReferralState, TicketState
from tickets.outcome import TicketOutcome

KITECH, KIMS = InstituteCode("KITECH"), InstituteCode("KIMS")
MINJI = AgentId("kitech_1")
HOUR, DAY = 3600, 86_400


def korean(text) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00").astimezone(UTC)


def test_a_case_goes_from_the_call_to_the_follow_up(line):
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller("0317801234").asks_about_plating().waits(30)
    number, house = caller.ticket.number, line.stage.house
    minji.hangs_up()
    caller.hangs_up()
    assert (caller.ticket.state, caller.ticket.agent) == (TicketState.ASSIGNED, "icg_1")

    start_ticket(house, number, minji.id)
    for institute in (KITECH, KIMS):
        refer_ticket(house, number, institute, minji.id, "아연 도금의 밀착력을 높이는 전처리가 있습니까?")
    line.passes(HOUR)
    answer_referral(house, number, KITECH, minji.id, "알칼리 탈지 뒤 산세를 두 번 하십시오.")

    assert caller.ticket.state is TicketState.REFERRED, "the other institute is still waited for"
    assert (caller.ticket.agent, caller.ticket.desk) == ("icg_1", "center:ICG"), "an answer makes no owner"
    line.passes(2 * DAY)
    with house.store.reading() as work:
        states = {referral.institute: referral.state for referral in work.referrals.of(number)}
    assert states == {KITECH: ReferralState.ANSWERED, KIMS: ReferralState.OVERDUE}
    warned = [(record.fields["alarm"], record.at) for record in line.records("ticket.warned")]
    assert [alarm for alarm, _ in warned] == ["warn_owner", "warn_supervisor"]
    assert [at.date() for _, at in warned] == [korean("2026-11-25T10:00").date(), korean("2026-11-26T10:00").date()]
    assert [r.fields["to"] for r in line.records("message.sent") if r.fields["message"].startswith("warn")] == [
        "icg_1",
        "icg_lead",
    ]
    told = [r.fields["to"] for r in line.records("message.sent") if r.fields["message"].startswith("tell_overdue")]
    assert told == ["institute:KIMS", "icg_1"]

    resolve_ticket(house, number, minji.id, TicketOutcome.HELD_TECHNOLOGY, "KITECH 연구자와 기술 이전을 협의합니다.")
    close_ticket(house, number, minji.id)
    line.passes(33 * DAY)

    with house.store.reading() as work:
        first, second = work.follow_ups.of(number)
    assert first.due_at == korean("2026-12-28T09:00"), "the 26th is a Saturday"
    assert (first.days, first.state, second.state) == (30, FollowUpState.DUE, FollowUpState.PLANNED)
    finish_follow_up(house, number, 30, minji.id, FollowUpResult.SOLVED)
    assert caller.ticket.state is TicketState.CLOSED
    assert line.records("ticket.overdue") == []
