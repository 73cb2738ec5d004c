"""Companies that look alike are shown, and only those that can be one are merged."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.telephone_number import read_number
from tickets.business_number import BusinessNumber
from tickets.company import Company, alike, check_may_merge, identifying, maybe_same, name_key, similarity
from tickets.ticket import CompanyId
from tickets.written import CaseError


def company(key, name, *numbers, business=None, merged=None) -> Company:
    return Company(CompanyId(key), name, business and BusinessNumber(business), None, merged, numbers)


HANBIT = company(1, "(주)한빛정밀", "0317801234")


@pytest.mark.parametrize(
    "name",
    ["㈜한빛정밀", "한빛 정밀", "주식회사 한빛정밀", "한빛정밀 주식회사", "(주) 한빛-정밀", "한빛정밀(유)", "HANBIT"],
)
def test_a_legal_form_makes_no_other_company(name):
    assert name_key(name) in {"한빛정밀", "hanbit"}


@pytest.mark.parametrize("name", ["Hanbit Precision Co., Ltd.", "hanbit precision co.,ltd", "Hanbit Precision Inc."])
def test_english_forms_are_left_out_too(name):
    assert name_key(name) == "hanbitprecision"


def test_a_name_that_is_nothing_else_is_kept():
    assert name_key("주식회사") == "주식회사"
    assert name_key("Lincoln") == "lincoln"


def test_the_same_number_comes_before_a_similar_name():
    other = company(2, "한빛정밀공업")
    shared = company(3, "새벽테크", "0317801234")
    stranger = company(4, "대한전자", "0212345678")

    maybes = maybe_same(HANBIT, [HANBIT, other, shared, stranger])

    assert [(maybe.company.id, maybe.why) for maybe in maybes] == [(3, ("same_number",)), (2, ("similar_name",))]


def test_a_part_of_a_name_finds_it():
    known = [company(2, "한국표면처리공업"), company(3, "한빛정밀"), company(4, "대한전자")]

    assert [one.id for one in alike("표면처리", known)] == [2]
    assert [one.id for one in alike("(주)한빛정밀", known)] == [3]


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_has_no_direction_and_whatever_is_itself_is_wholly_alike(one, other):
    first, second = name_key(one), name_key(other)

    assert similarity(first, second) == similarity(second, first)
    assert similarity(first, first) == 1
    assert 0 <= similarity(first, second) <= 1


@pytest.mark.parametrize(
    ("gone", "into", "why"),
    [
        (HANBIT, HANBIT, "the same record"),
        (replace(HANBIT, merged_into=CompanyId(9)), company(2, "x"), "company 1 was merged into 9 already"),
        (HANBIT, company(2, "x", merged=CompanyId(9)), "company 2 was merged"),
        (company(1, "x", business="2208162517"), company(2, "x", business="1248100998"), "different business numbers"),
    ],
)
def test_records_that_cannot_be_one_are_not_merged(gone, into, why):
    with pytest.raises(CaseError, match=why):
        check_may_merge(gone, into)


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("0317801234", "0317801234"),
        ("+821012345678", "01012345678"),
        ("15880800", "15880800"),
        ("anonymous", None),
        ("107", None),
        ("1357", None),
        ("", None),
    ],
)
def test_a_company_is_known_by_a_number_of_its_own(number, known):
    assert identifying(read_number(number, {})) == known
