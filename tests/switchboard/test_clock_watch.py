"""A wall clock that steps is noticed; one that only drifts is not; and expiry pauses once for each step."""

from hypothesis import given
from hypothesis import strategies as st

from switchboard.clock_watch import PAUSE_SECONDS, STEP_SECONDS, ClockWatch

steps = st.floats(STEP_SECONDS * 1.01, 90_000) | st.floats(-90_000, -STEP_SECONDS * 1.01)
looks = st.lists(st.floats(0, 30), min_size=1, max_size=20)


@given(looks, st.floats(-0.05, 0.05))
def test_a_clock_that_drifts_by_a_few_hundredths_is_believed(pauses, drift):
    watch, now = ClockWatch(1e9, 0.0), 0.0

    for pause in pauses:
        now += pause
        assert watch.look(1e9 + now * (1 + drift), now) is None
    assert not watch.is_paused()


@given(steps, st.floats(0, 10))
def test_a_step_either_way_pauses_expiry_for_a_minute_and_says_once_that_it_is_over(step, before):
    watch = ClockWatch(1e9, 0.0)

    told = watch.look(1e9 + before + step, before)

    assert told is not None
    assert abs(told - step) < 1e-3
    assert watch.is_paused()
    assert not watch.resumes()
    watch.look(watch.wall + PAUSE_SECONDS, before + PAUSE_SECONDS)
    assert (watch.is_paused(), watch.resumes(), watch.resumes()) == (False, True, False)
