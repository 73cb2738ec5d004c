"""Opening hours by Korean date, with the operator's word above the calendar."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import Desk, DeskId, HoursOverride, OpenSpan
from directory.weekly_hours import weekly_hours
from routing.opening_hours import KOREA, NeverOpens, OpenState, is_open, next_opening, working_day


def desk(desk_id, hours) -> Desk:
    return Desk(DeskId(desk_id), "", "", weekly_hours(hours), 15, 30)


ANSAN = desk("center:ICG", "Mon-Fri 09:00-18:00")
KITECH = desk("institute:KITECH", "Mon-Fri 09:00-12:00 13:00-18:00")
ALWAYS = desk("pool", "Mon-Sun 00:00-24:00")


def korean(text) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KOREA).astimezone(UTC)


def closed_day(day, reason, desk_id=None) -> HoursOverride:
    return HoursOverride(date.fromisoformat(day), desk_id, None, None, reason)


def open_day(day, opens, closes, reason, desk_id=None) -> HoursOverride:
    return HoursOverride(
        date.fromisoformat(day), desk_id, time.fromisoformat(opens), time.fromisoformat(closes), reason
    )


@pytest.mark.parametrize(
    ("desk", "at", "is_now_open", "rule"),
    [
        (ANSAN, "2026-11-24 09:00", True, "weekly hours"),
        (ANSAN, "2026-11-24 08:59:59.999999", False, "outside weekly hours"),
        (ANSAN, "2026-11-24 17:59:59.999999", True, "weekly hours"),
        (ANSAN, "2026-11-24 18:00", False, "outside weekly hours"),
        (ANSAN, "2026-11-24 12:30", True, "weekly hours"),
        (KITECH, "2026-11-24 11:59:59", True, "weekly hours"),
        (KITECH, "2026-11-24 12:00", False, "lunch"),
        (KITECH, "2026-11-24 12:59:59", False, "lunch"),
        (KITECH, "2026-11-24 13:00", True, "weekly hours"),
        (KITECH, "2026-11-24 20:00", False, "outside weekly hours"),
        (ANSAN, "2026-11-21 10:00", False, "outside weekly hours"),
        (ANSAN, "2026-02-17 10:00", False, "holiday 설날"),
        (ANSAN, "2026-05-01 10:00", False, "holiday 노동절"),
        (ANSAN, "2026-07-17 10:00", False, "holiday 제헌절"),
        (ANSAN, "2026-08-17 10:00", False, "holiday 광복절 대체 휴일"),
        (ANSAN, "2027-05-03 10:00", False, "holiday 노동절 대체 휴일"),
        (ALWAYS, "2026-11-21 23:59:59", True, "weekly hours"),
        (ALWAYS, "2026-11-22 00:00", True, "weekly hours"),
    ],
)
def test_a_desk_is_open_in_its_hours_and_closed_on_holidays(desk, at, is_now_open, rule):
    assert is_open(desk, korean(at), []) == OpenState(is_now_open, rule)


@pytest.mark.parametrize(
    ("at", "rule"),
    [
        (datetime(2026, 12, 24, 16, 0, tzinfo=UTC), "holiday 기독탄신일"),  # already Christmas in Korea
        (datetime(2026, 12, 24, 14, 59, tzinfo=UTC), "weekly hours"),
        (datetime(2026, 12, 25, 15, 0, tzinfo=UTC), "weekly hours"),  # no longer Christmas in Korea
        (datetime(2026, 12, 25, 14, 59, tzinfo=UTC), "holiday 기독탄신일"),
    ],
)
def test_a_day_begins_at_midnight_in_korea_not_in_greenwich(at, rule):
    assert is_open(ALWAYS, at, []).rule == rule


def test_the_operator_closes_a_working_day():
    overrides = [closed_day("2025-01-27", "임시공휴일")]

    assert is_open(ANSAN, korean("2025-01-27 10:00"), overrides) == OpenState(open=False, rule="override 임시공휴일")
    assert is_open(ANSAN, korean("2025-01-31 10:00"), overrides).open


def test_the_operator_opens_a_holiday_and_only_for_the_hours_given():
    overrides = [open_day("2026-07-17", "10:00", "15:00", "정상 근무")]

    assert is_open(ANSAN, korean("2026-07-17 10:00"), overrides) == OpenState(open=True, rule="override 정상 근무")
    assert is_open(ANSAN, korean("2026-07-17 09:30"), overrides) == OpenState(open=False, rule="override 정상 근무")


def test_a_word_for_one_desk_wins_over_a_word_for_all_in_any_order():
    overrides = [closed_day("2026-11-24", "휴무"), open_day("2026-11-24", "09:00", "12:00", "당직", ANSAN.id)]

    for order in (overrides, overrides[::-1]):
        assert is_open(ANSAN, korean("2026-11-24 10:00"), order).open
        assert not is_open(KITECH, korean("2026-11-24 10:00"), order).open


def test_a_day_with_a_pause_takes_two_overrides():
    overrides = [open_day("2026-11-21", "13:00", "18:00", "특근"), open_day("2026-11-21", "09:00", "12:00", "특근")]

    assert [is_open(ANSAN, korean(f"2026-11-21 {at}"), overrides).open for at in ("11:00", "12:30", "17:00")] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("desk", "at", "opens"),
    [
        (ANSAN, "2026-11-24 10:00", "2026-11-24 10:00"),
        (ANSAN, "2026-11-24 03:00", "2026-11-24 09:00"),
        (ANSAN, "2026-11-24 18:00", "2026-11-25 09:00"),
        (KITECH, "2026-11-24 12:00", "2026-11-24 13:00"),
        (ANSAN, "2026-09-23 18:00", "2026-09-28 09:00"),  # over 추석
        (ANSAN, "2027-02-05 18:30", "2027-02-10 09:00"),  # over 설날 and its substitute
        (ANSAN, "2026-12-31 18:00", "2027-01-04 09:00"),
        (ALWAYS, "2026-09-23 23:59", "2026-09-23 23:59"),
        (ALWAYS, "2026-09-24 00:00", "2026-09-27 00:00"),
    ],
)
def test_the_next_opening_passes_over_nights_lunch_and_holidays(desk, at, opens):
    found = next_opening(desk, korean(at), [])

    assert found == korean(opens)
    assert found.tzinfo is UTC


def test_the_next_opening_respects_the_operators_word_both_ways():
    overrides = [
        closed_day("2026-11-25", "휴무"),
        open_day("2026-11-28", "10:00", "12:00", "특근"),
        closed_day("2026-11-26", "휴무"),
    ]

    assert next_opening(ANSAN, korean("2026-11-24 18:00"), overrides) == korean("2026-11-27 09:00")
    assert next_opening(ANSAN, korean("2026-11-27 18:00"), overrides) == korean("2026-11-28 10:00")


def test_a_desk_that_never_opens_is_named():
    with pytest.raises(NeverOpens, match=r"^pool: no opening within 366 days of 2026-11-24"):
        next_opening(desk("pool", "closed"), korean("2026-11-24 10:00"), [])


def test_a_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="2026-11-24T10:00:00 has no time zone"):
        is_open(ANSAN, datetime(2026, 11, 24, 10), [])  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-24", True),
        ("2026-11-21", False),
        ("2026-06-03", False),
        ("2026-05-01", False),
        ("2027-12-27", False),
        ("2027-06-07", True),
    ],
)
def test_a_working_day_is_a_weekday_without_holiday(day, works):
    assert working_day(date.fromisoformat(day), []) == works


def test_only_a_word_for_every_desk_changes_the_working_days():
    day = date(2026, 11, 24)

    assert working_day(day, [closed_day("2026-11-24", "이사", ANSAN.id)])
    assert not working_day(day, [closed_day("2026-11-24", "임시공휴일")])
    assert working_day(date(2026, 7, 17), [open_day("2026-07-17", "09:00", "18:00", "정상 근무")])


moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, st.sampled_from([ANSAN, KITECH, ALWAYS]))
def test_a_desk_is_open_at_its_next_opening_and_closed_until_then(at, some_desk):
    opens = next_opening(some_desk, at, [])

    assert is_open(some_desk, opens, []).open
    assert opens >= at
    assert (opens == at) == is_open(some_desk, at, []).open
    assert opens == at or not is_open(some_desk, at + (opens - at) / 2, []).open


def test_hours_of_a_desk_need_no_order():
    shuffled = Desk(DeskId("pool"), "", "", (OpenSpan(1, time(13), time(18)), OpenSpan(1, time(9), time(12))), 15, 30)

    assert is_open(shuffled, korean("2026-11-24 12:30"), []).rule == "lunch"
    assert next_opening(shuffled, korean("2026-11-24 03:00"), []) == korean("2026-11-24 09:00")
