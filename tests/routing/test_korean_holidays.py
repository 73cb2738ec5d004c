"""The whole table of facts/domain.md section 5; a new version of the library must not change it unseen."""

from datetime import date, timedelta

import holidays
import pytest

from routing.korean_holidays import holiday_name

# Written out by hand from the table: month-day, name, and (Sat), (Sun) where a substitute was at stake.
OF_2026 = {
    "01-01": "신정연휴", "02-16": "설날 전날", "02-17": "설날", "02-18": "설날 다음날",
    "03-01": "삼일절", "03-02": "삼일절 대체 휴일", "05-01": "노동절", "05-05": "어린이날",
    "05-24": "부처님오신날", "05-25": "부처님오신날 대체 휴일", "06-03": "지방선거일", "06-06": "현충일",
    "07-17": "제헌절", "08-15": "광복절", "08-17": "광복절 대체 휴일", "09-24": "추석 전날", "09-25": "추석",
    "09-26": "추석 다음날", "10-03": "개천절", "10-05": "개천절 대체 휴일", "10-09": "한글날", "12-25": "기독탄신일",
}  # fmt: skip
OF_2027 = {
    "01-01": "신정연휴", "02-06": "설날 전날", "02-07": "설날", "02-08": "설날 다음날", "02-09": "설날 대체 휴일",
    "03-01": "삼일절", "05-01": "노동절", "05-03": "노동절 대체 휴일", "05-05": "어린이날", "05-13": "부처님오신날",
    "06-06": "현충일", "07-17": "제헌절", "07-19": "제헌절 대체 휴일", "08-15": "광복절", "08-16": "광복절 대체 휴일",
    "09-14": "추석 전날", "09-15": "추석", "09-16": "추석 다음날", "10-03": "개천절", "10-04": "개천절 대체 휴일",
    "10-09": "한글날", "10-11": "한글날 대체 휴일", "12-25": "기독탄신일", "12-27": "기독탄신일 대체 휴일",
}  # fmt: skip


def days_of(year) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize(("year", "table"), [(2026, OF_2026), (2027, OF_2027)])
def test_the_line_rests_on_exactly_the_days_of_the_calendar(year, table):
    assert {f"{day:%m-%d}": name for day in days_of(year) if (name := holiday_name(day))} == table


def test_2027_has_the_72_red_days_of_the_official_notice():
    assert sum(day.weekday() == 6 or holiday_name(day) is not None for day in days_of(2027)) == 72


def test_two_holidays_on_one_day_are_joined():
    assert holiday_name(date(2025, 5, 5)) == "부처님오신날; 어린이날"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "en_US.UTF-8"])
def test_names_are_korean_whatever_the_machine_speaks(monkeypatch, locale):
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("LANGUAGE", locale)

    assert holiday_name(date(2032, 3, 1)) == "삼일절"


def test_the_library_is_at_least_the_version_that_knows_these_days():
    assert tuple(int(part) for part in holidays.__version__.split(".")[:2]) >= (0, 109)
