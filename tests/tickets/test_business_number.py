"""사업자등록번호: its check digit finds a mistyped one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.business_number import check_digit, looks_like_business_number, read_business_number, shown_business_number
from tickets.written import CaseError

nine = st.integers(101_000_000, 999_999_999).map(str)


@pytest.mark.parametrize(
    "text", ["220-81-62517", "2208162517", "２２０ ８１ ６２５１７", " 220–81–62517 ", "124-81-00998"]
)
def test_a_number_is_read_however_it_is_typed(text):
    assert shown_business_number(read_business_number(text)) in {"220-81-62517", "124-81-00998"}


@pytest.mark.parametrize("text", ["", "220-81-6251", "220-81-625170", "220-81-6251a", "٢٢٠٨١٦٢٥١٧", "x" * 5000])
def test_what_is_no_ten_digits_says_so(text):
    with pytest.raises(CaseError, match="expected ten digits"):
        read_business_number(text)


@pytest.mark.parametrize("text", ["220-81-62518", "000-00-00000", "100-00-00009"])
def test_what_no_office_gave_out_is_refused(text):
    with pytest.raises(CaseError, match="check digit"):
        read_business_number(text)


@given(nine)
def test_of_the_ten_last_digits_one_fits(digits):
    fits = [last for last in "0123456789" if _reads(digits + last)]

    assert fits == [check_digit(digits)]


@given(nine, st.integers(3, 7), st.integers(1, 9))
def test_one_mistyped_digit_is_found(digits, place, change):
    wrong = str((int(digits[place]) + change) % 10)

    assert not _reads(digits[:place] + wrong + digits[place + 1 :] + check_digit(digits))


def test_only_the_printed_form_looks_like_one():
    assert looks_like_business_number("220-81-62517")
    assert not looks_like_business_number("0317801234")


def _reads(text) -> bool:
    try:
        read_business_number(text)
    except CaseError:
        return False
    return True
