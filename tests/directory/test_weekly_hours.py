"""Weekly hours as operators write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import OpenSpan
from directory.weekly_hours import END_OF_DAY, weekly_hours

NINE, TWELVE, ONE, SIX = time(9), time(12), time(13), time(18)


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 09:00-12:00 13:00-18:00",
        "mon-fri 9:00-12:00, 13:00-18:00",
        "Monday - Friday 09:00 ~ 12:00 13:00-18:00",
        "월-금 09:00-12:00 13:00-18:00",
        "월요일-금요일 09:00-12:00 13:00-18:00",
        "Mon,Tue,Wed,Thu,Fri 13:00-18:00; Mon-Fri 09:00-12:00",
    ],
)
def test_hours_are_read_as_people_write_them(text):
    spans = [(day, *hours) for day in range(5) for hours in ((NINE, TWELVE), (ONE, SIX))]

    assert weekly_hours(text) == tuple(OpenSpan(*span) for span in spans)


def test_a_desk_may_be_open_to_midnight_over_the_weekend_or_never():
    assert weekly_hours("Sat-Mon 00:00-24:00") == tuple(OpenSpan(day, time(0), END_OF_DAY) for day in (0, 5, 6))
    assert weekly_hours("closed") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "hours such as Mon-Fri 09:00-12:00 13:00-18:00"),
        ("Mon-Fri", "hours such as"),
        ("09:00-18:00", "hours such as"),
        ("Mon-Foo 09:00-18:00", "hours such as"),
        ("Mon-Fri 9-18", "hours such as"),
        ("Mon 09:00-18:00;", "hours such as"),
        ("Mon 18:00-09:00", "each opening before its closing"),
        ("Mon 09:00-09:00", "each opening before its closing"),
        ("Mon 09:00-25:00", "a time from 00:00 to 23:59"),
        ("Mon 09:60-18:00", "a time from 00:00 to 23:59"),
        ("Mon 09:00-13:00 12:00-18:00", "spans of a day that do not overlap"),
        ("Mon 09:00-24:00 12:00-18:00", "spans of a day that do not overlap"),
    ],
)
def test_hours_nobody_can_read_are_refused_with_what_was_expected(text, expected):
    with pytest.raises(ValueError, match=expected):
        weekly_hours(text)


@given(st.one_of(st.text(), st.text("MonTueFri월화 ,;-~:0123456789", max_size=40)))
def test_any_text_gives_hours_or_a_value_error(text):
    try:
        spans = weekly_hours(text)
    except ValueError:
        return
    assert list(spans) == sorted(spans, key=lambda span: (span.weekday, span.opens))
