"""When a callback is tried again, and what its call is known by."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from routing.callback import (
    ATTEMPT,
    COUNTED,
    UNDER_WAY,
    AttemptState,
    callback_of,
    held_until,
    is_callback,
    lease_until,
    next_try,
)

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
gaps = st.lists(st.integers(30, 86_400), min_size=1, max_size=5)


@given(made=st.integers(1, 12), most=st.integers(1, 10), between=gaps)
def test_so_many_attempts_are_made_and_no_more(made, most, between):
    at = next_try(made, most, between, NOW)

    assert (at is None) == (made >= most)
    assert at is None or at - NOW in {timedelta(seconds=gap) for gap in between}


def test_the_last_gap_holds_for_all_that_follow():
    waits = [(next_try(made, 9, (300, 1800), NOW) - NOW).total_seconds() for made in (1, 2, 3, 8)]

    assert waits == [300, 1800, 1800, 1800]


def test_every_end_but_one_of_our_own_making_counts():
    over = {state for state in AttemptState if ATTEMPT.is_over(state)}

    assert over - COUNTED == {AttemptState.WITHDRAWN}
    assert not UNDER_WAY & over


@given(st.text("0123456789abcdef", min_size=32, max_size=32))
def test_a_call_has_one_callback_and_that_may_have_another(digits):
    call = f"CA{digits}"

    assert callback_of(call) == callback_of(call) != callback_of(callback_of(call))
    assert is_callback(callback_of(call))
    assert not is_callback(call)


def test_a_reserved_agent_is_held_longer_than_the_attempt_may_take():
    assert held_until(NOW) > lease_until(NOW)
