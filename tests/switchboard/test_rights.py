"""Whoever acts must have a role that may; a refusal changes nothing, and is written down."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from agents.rights import NotAllowed
from directory.codes import AgentId, DeskId, InstituteCode
from store import tables
from switchboard.announce import clear_announcements, set_announcement
from switchboard.assign_ticket import assign_ticket
from switchboard.cancel_callback import cancel_callback
from switchboard.complete_intake import complete_intake
from switchboard.keep_company import add_company, merge_companies
from switchboard.link_company import link_company
from switchboard.move_ticket import answer_ticket, start_ticket
from switchboard.note_ticket import note_ticket
from switchboard.refer_ticket import answer_referral, refer_ticket, withdraw_referral
from tests.switchboard.test_callbacks_at_once import live, owed

KITECH, KIMS = InstituteCode("KITECH"), InstituteCode("KIMS")
ICG_1, KITECH_1, KIMS_1 = AgentId("icg_1"), AgentId("kitech_1"), AgentId("kims_1")
LEAD, OPERATOR, READER = AgentId("icg_lead"), AgentId("line_operator"), AgentId("ministry_reader")


def refusals(house) -> list:
    """Return who was refused what, about which case."""
    with house.store._database.reading() as connection:  # noqa: SLF001 (no use case reads records of no case)
        rows = connection.execute(select(tables.records).where(tables.records.c.kind == "act.refused")).all()
    return [(row.agent_id, row.fields["act"], row.fields["role"], row.ticket) for row in rows]


CASE_ACTS = [
    start_ticket,
    lambda h, n, by: note_ticket(h, n, by, "x"),
    lambda h, n, by: answer_ticket(h, n, by, "x"),
    lambda h, n, by: refer_ticket(h, n, KIMS, by, "?"),
    lambda h, n, by: withdraw_referral(h, n, KITECH, by, "x"),
    lambda h, n, by: assign_ticket(h, n, KITECH_1, by),
    lambda h, n, by: complete_intake(h, n, by, {"urgency": "urgent"}),
]


@pytest.mark.parametrize("by", [KITECH_1, OPERATOR, READER, AgentId("nobody")])
@pytest.mark.parametrize("act", CASE_ACTS)
def test_an_institute_works_on_no_case_of_others_and_who_runs_or_reads_the_line_on_none(cases, act, by):
    number = cases.owned()
    refer_ticket(cases.house, number, KITECH, ICG_1, "?")
    before = cases.all_of(number)

    with pytest.raises(NotAllowed, match=by):
        act(cases.house, number, by)

    after = cases.all_of(number)
    assert after[:4] == before[:4]
    assert [record.kind for record in after[4][len(before[4]) :]] == ["act.refused"]
    assert len(refusals(cases.house)) == 1


@pytest.mark.parametrize("act", CASE_ACTS[1:])  # the case is in work: nobody starts it
def test_a_supervisor_works_on_every_case(cases, act):
    number = cases.owned()
    refer_ticket(cases.house, number, KITECH, ICG_1, "?")

    act(cases.house, number, LEAD)

    assert refusals(cases.house) == []


def test_an_institute_answers_for_itself_alone(cases):
    number = cases.owned()
    for institute in (KITECH, KIMS):
        refer_ticket(cases.house, number, institute, ICG_1, "?")

    with pytest.raises(NotAllowed):
        answer_referral(cases.house, number, KITECH, KIMS_1, "x")
    answer_referral(cases.house, number, KITECH, KITECH_1, "x")
    answer_referral(cases.house, number, KIMS, ICG_1, "told by telephone")

    assert refusals(cases.house) == [("kims_1", "speak_for_institute", "institute", number)]
    assert set(cases.referrals(number).values()) == {"answered"}


def test_an_institute_works_on_the_case_it_owns(cases):
    number = cases.owned()
    assign_ticket(cases.house, number, DeskId("institute:KITECH"), ICG_1)

    start_ticket(cases.house, number, KITECH_1)

    with pytest.raises(NotAllowed):
        note_ticket(cases.house, number, KIMS_1, "x")


def test_only_a_supervisor_says_that_the_cap_on_hand_overs_does_not_count(cases):
    number = cases.owned()

    with pytest.raises(NotAllowed, match="expected supervisor"):
        assign_ticket(cases.house, number, AgentId("sel_1"), ICG_1, supervisor=True)
    assign_ticket(cases.house, number, AgentId("sel_1"), LEAD, supervisor=True)

    assert cases.ticket(number).agent == "sel_1"


@pytest.mark.parametrize("by", [KITECH_1, OPERATOR, READER])
def test_companies_are_kept_by_centers_and_supervisors(cases, by):
    house, number = cases.house, cases.owned()
    first, second = (add_company(house, "한빛정밀", who) for who in (ICG_1, LEAD))

    for act in (
        lambda: add_company(house, "대한전자", by),
        lambda: merge_companies(house, first.id, second.id, by),
        lambda: link_company(house, number, first.id, by),
    ):
        with pytest.raises(NotAllowed, match="expected counselor, supervisor"):
            act()

    assert [act for _, act, _, _ in refusals(house)] == ["keep_company"] * 3


def test_a_callback_is_given_up_by_whoever_could_make_it(line):
    call = owed(line)
    (entry,) = live(line)

    for by in (KITECH_1, OPERATOR):
        with pytest.raises(NotAllowed):
            cancel_callback(line.house, entry.id, by, "x")
    assert live(line) == [entry]
    cancel_callback(line.house, entry.id, ICG_1, "settled by mail")

    assert live(line) == []
    ticket = line.call(call).ticket
    with line.house.store.reading() as work:
        (closed,) = [one for one in work.records.of_ticket(ticket) if one.kind == "callback.closed"]
    assert (closed.agent, closed.fields["why"]) == ("icg_1", "settled by mail")


def test_callers_are_told_what_a_supervisor_or_the_operator_says(line):
    until = line.clock.now() + timedelta(hours=1)

    with pytest.raises(NotAllowed):
        set_announcement(line.house, "안내", until, "ko", ICG_1)
    for by in (LEAD, OPERATOR):
        set_announcement(line.house, "안내", until, "ko", by)
    with pytest.raises(NotAllowed):
        clear_announcements(line.house, ICG_1)

    assert clear_announcements(line.house, OPERATOR) == 1
    assert [(by, act) for by, act, _, _ in refusals(line.house)] == [("icg_1", "announce")] * 2
