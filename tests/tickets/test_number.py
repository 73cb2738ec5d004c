"""A ticket number is keyed by callers on a phone: a slip of the finger must not open another company's case."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tickets.number import check_digit, make_number, read_number_keyed

numbers = st.builds(make_number, st.integers(2000, 2099), st.one_of(st.integers(1, 999_999), st.integers(1, 9_999_999)))


def test_the_check_digit_is_damms():
    assert check_digit("572") == "4"  # the published example
    assert check_digit("5724") == "0"


def test_a_number_has_year_sequence_and_check_digit():
    assert make_number(2026, 123) == "26-000123-3"
    assert make_number(2026, 999_999)[:10] == "26-999999-"


def test_a_year_may_have_more_than_a_million_tickets():
    number = make_number(2026, 1_000_000)

    assert number.startswith("26-1000000-")
    assert read_number_keyed(number.replace("-", "")) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("26-000123-3", "26-000123-3"),
        ("260001233", "26-000123-3"),
        ("260001233#", "26-000123-3"),
        (" 26 000123 3 ", "26-000123-3"),
        ("２６－０００１２３－３", "26-000123-3"),
        ("26–000123–3", "26-000123-3"),
        ("26-000-123-3", "26-000123-3"),
        ("26-000123-1", None),
        ("26-000123", None),
        ("", None),
        ("26-000000-" + check_digit("26000000"), None),
        ("2600001230", None),
        ("접수 260001233", None),
        ("٢٦٠٠٠١٢٣٣", None),
        ("0" * 10_000, None),
    ],
)
def test_a_number_is_read_as_people_key_and_type_it(text, number):
    assert read_number_keyed(text) == number


@pytest.mark.parametrize(("year", "sequence"), [(1999, 1), (2100, 1), (2026, 0), (2026, 10_000_000)])
def test_a_number_that_cannot_be_is_refused(year, sequence):
    with pytest.raises(ValueError, match=r"^ticket number: .* \(expected"):
        make_number(year, sequence)


@given(numbers)
def test_a_number_made_is_a_number_read(number):
    assert read_number_keyed(number) == number
    assert read_number_keyed(number.replace("-", "")) == number


@given(numbers, st.data())
def test_one_wrong_digit_is_always_caught(number, data):
    digits = number.replace("-", "")
    at = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from("0123456789"))
    assume(wrong != digits[at])

    assert read_number_keyed(digits[:at] + wrong + digits[at + 1 :]) is None


@given(numbers, st.data())
def test_two_neighbors_swapped_are_always_caught(number, data):
    digits = number.replace("-", "")
    at = data.draw(st.integers(0, len(digits) - 2))
    assume(digits[at] != digits[at + 1])

    assert read_number_keyed(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]) is None


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_a_number_or_none(text):
    number = read_number_keyed(text)

    assert number is None or read_number_keyed(number) == number
