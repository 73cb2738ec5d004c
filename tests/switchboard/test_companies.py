"""The records of companies: kept, linked and merged by people alone."""

import pytest

from directory.model import AgentId, InstituteCode
from switchboard.keep_company import (
    add_company,
    add_number,
    bar_institute,
    change_company,
    find_companies,
    merge_companies,
    remove_number,
    unbar_institute,
)
from switchboard.link_company import link_company
from switchboard.refer_ticket import refer_ticket
from tickets.referral import MayNotBeTold
from tickets.ticket import CompanyId
from tickets.written import CaseError

ICG_1, ICG_2 = AgentId("icg_1"), AgentId("icg_2")
KITECH = InstituteCode("KITECH")


def test_a_linked_case_has_the_companys_name_team_and_gives_it_the_number(cases):
    house, number = cases.house, cases.owned()
    company = add_company(house, " (주)한빛정밀 ", ICG_1, "220-81-62517")
    change_company(house, company.id, ICG_1, team="KITECH 도금 실용화팀")

    linked = link_company(house, number, company.id, ICG_1)

    assert (linked.company, linked.company_id, linked.team) == ("(주)한빛정밀", company.id, "KITECH 도금 실용화팀")
    assert find_companies(house, "031-780-1234")[0].numbers == ("0317801234",)
    assert [one.id for one in find_companies(house, "220-81-62517")] == [company.id]
    assert [one.id for one in find_companies(house, "한빛 정밀")] == [company.id]
    assert find_companies(house, "대한전자") == []


def test_a_barred_institute_is_not_asked_in_any_case_of_the_companys_numbers(cases):
    house, number = cases.house, cases.owned()
    company = add_company(house, "한빛정밀", ICG_1)
    add_number(house, company.id, ICG_1, "031-780-1234")
    bar_institute(house, company.id, ICG_1, KITECH, "특허 분쟁")

    with pytest.raises(MayNotBeTold, match="do-not-route"):
        refer_ticket(house, number, KITECH, ICG_1, "?")

    unbar_institute(house, company.id, ICG_1, KITECH)
    refer_ticket(house, number, KITECH, ICG_1, "?")


def test_nothing_is_merged_but_by_a_person_who_is_written_down(cases):
    house = cases.house
    first = add_company(house, "(주)한빛정밀", ICG_1)
    second = add_company(house, "한빛정밀", ICG_1, "220-81-62517")
    for company in (first, second):
        add_number(house, company.id, ICG_1, "031-780-1234")
    assert len(find_companies(house, "0317801234")) == 2

    merged = merge_companies(house, second.id, first.id, ICG_2)

    assert (merged.id, merged.name, merged.business_number) == (first.id, "(주)한빛정밀", "2208162517")
    assert [one.id for one in find_companies(house, "0317801234")] == [first.id]
    with pytest.raises(CaseError, match=f"company {second.id} was merged into {first.id}"):
        add_number(house, second.id, ICG_1, "0212345678")


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda h, c: add_company(h, "다른 회사", ICG_1, "220-81-62517"), "it is company"),
        (lambda h, c: add_company(h, " ", ICG_1), "nothing is written"),
        (lambda h, c: add_company(h, "x" * 101, ICG_1), "at most 100"),
        (lambda h, c: add_company(h, "x", ICG_1, "220-81-62518"), "check digit"),
        (lambda h, c: add_number(h, c, ICG_1, "031-780-1234"), "already"),
        (lambda h, c: add_number(h, c, ICG_1, "107"), "a company's own"),
        (lambda h, c: remove_number(h, c, ICG_1, "02-123-4567"), "none of company"),
        (lambda h, c: bar_institute(h, c, ICG_1, InstituteCode("KAIST"), "x"), "not known"),
        (lambda h, c: bar_institute(h, c, ICG_1, KITECH, ""), "nothing is written"),
        (lambda h, c: unbar_institute(h, c, ICG_1, KITECH), "not on the do-not-route list"),
        (lambda h, c: merge_companies(h, c, CompanyId(999), ICG_1), "there is no company 999"),
        (lambda h, c: merge_companies(h, c, c, ICG_1), "the same record"),
        (lambda h, c: change_company(h, c, ICG_1, business_number="124-81-00998"), "it is company"),
    ],
)
def test_a_companys_record_refuses_what_cannot_be(cases, act, why):
    company = add_company(cases.house, "한빛정밀", ICG_1, "220-81-62517")
    add_company(cases.house, "다른 회사", ICG_1, "124-81-00998")
    add_number(cases.house, company.id, ICG_1, "031-780-1234")

    with pytest.raises(CaseError, match=why):
        act(cases.house, company.id)
