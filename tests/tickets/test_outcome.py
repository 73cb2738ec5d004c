"""How a case came out, and which outcome suits which service."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.intake import Category
from tickets.outcome import RESEARCH, SUITS, OutcomeError, TicketOutcome, check_outcome, research_class

NOVEMBER = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-11-24", 1, TicketOutcome.RESEARCH_SHORT),
        ("2026-11-24", 92, TicketOutcome.RESEARCH_SHORT),  # 02-24: three months to the day
        ("2026-11-24", 93, TicketOutcome.RESEARCH_BETWEEN),
        ("2026-11-24", 364, TicketOutcome.RESEARCH_BETWEEN),
        ("2026-11-24", 365, TicketOutcome.RESEARCH_LONG),
        ("2027-11-24", 365, TicketOutcome.RESEARCH_BETWEEN),  # a leap day lies between
        ("2027-11-24", 366, TicketOutcome.RESEARCH_LONG),
        ("2026-11-30", 90, TicketOutcome.RESEARCH_SHORT),  # to 02-28
        ("2026-11-30", 91, TicketOutcome.RESEARCH_BETWEEN),
        ("2024-02-29", 365, TicketOutcome.RESEARCH_LONG),
    ],
)
def test_a_development_is_classed_by_the_calendar(start, days, expected):
    assert research_class(date.fromisoformat(start), days) is expected


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 3660))
def test_the_longer_a_development_the_longer_its_class(start, days):
    order = [TicketOutcome.RESEARCH_SHORT, TicketOutcome.RESEARCH_BETWEEN, TicketOutcome.RESEARCH_LONG]
    longer = min(days + 1, 3660)

    assert order.index(research_class(start, days)) <= order.index(research_class(start, longer))
    assert (research_class(start, days) is TicketOutcome.RESEARCH_SHORT) >= (days <= 89)
    assert (research_class(start, days) is TicketOutcome.RESEARCH_LONG) >= (days >= 366)
    assert start + timedelta(days=days) > start


def test_a_class_that_the_days_contradict_is_refused_with_the_right_one():
    with pytest.raises(OutcomeError, match="200 days is not research_short: expected research_between"):
        check_outcome(Category.TECHNICAL_DIFFICULTY, TicketOutcome.RESEARCH_SHORT, 200, NOVEMBER)


@pytest.mark.parametrize("outcome", sorted(RESEARCH))
def test_a_development_needs_its_days(outcome):
    with pytest.raises(OutcomeError, match="needs the days"):
        check_outcome(Category.TECHNICAL_DIFFICULTY, outcome, None, NOVEMBER)


@pytest.mark.parametrize("days", [0, -5, 3661])
def test_days_that_are_no_plausible_number_are_refused(days):
    with pytest.raises(OutcomeError, match="expected 1 to 3660"):
        check_outcome(Category.TECHNICAL_DIFFICULTY, TicketOutcome.RESEARCH_LONG, days, NOVEMBER)


def test_days_without_a_development_are_refused():
    with pytest.raises(OutcomeError, match="no development"):
        check_outcome(Category.INFORMATION, TicketOutcome.INFORMATION_GIVEN, 10, NOVEMBER)


@pytest.mark.parametrize("category", [*Category, None])
@pytest.mark.parametrize("outcome", TicketOutcome)
def test_an_outcome_suits_its_service_or_is_refused_with_those_that_do(category, outcome):
    days = {TicketOutcome.RESEARCH_SHORT: 30, TicketOutcome.RESEARCH_BETWEEN: 200, TicketOutcome.RESEARCH_LONG: 400}
    suits = SUITS[category or Category.OPERATOR]
    if outcome in suits:
        check_outcome(category, outcome, days.get(outcome), NOVEMBER)
        return
    with pytest.raises(OutcomeError) as refused:
        check_outcome(category, outcome, days.get(outcome), NOVEMBER)
    assert all(fits in str(refused.value) for fits in suits)


def test_every_outcome_of_the_source_is_one_and_each_belongs_to_a_service():
    told = frozenset().union(*(suits for category, suits in SUITS.items() if category is not Category.OPERATOR))

    assert len(TicketOutcome) == 10
    assert told == set(TicketOutcome)
    assert all(TicketOutcome.NOT_SOLVED in suits for suits in SUITS.values())
