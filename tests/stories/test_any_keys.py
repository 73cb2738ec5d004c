"""Whatever a caller keys, says or leaves unsaid: they reach a person, or a goodbye with a ticket, or were served."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calls.call import CallState, Outcome

NUMBERS = ("01012345678", "0317801234", "15880800", "anonymous", "0212345678")
ACTS = st.one_of(
    st.tuples(st.just("presses"), st.sampled_from([*"0123456789#*", "260000019#", "5678", "01012345678#", "02"])),
    st.tuples(
        st.just("says"),
        st.sampled_from(
            ["접수한 거 어떻게 됐나요", "연구원 명단 좀 주세요", "몇 시까지 해요", "안산이요", "네", "아니요", "도금이 벗겨져요",
             "석 달 동안 와 주실 분", "다시", "이육공공공공공일구"]
        ),
    ),
    st.tuples(st.just("is_silent")),
)  # fmt: skip
DIALED = count()


@pytest.mark.long
@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.sampled_from(NUMBERS), acts=st.lists(ACTS, max_size=8))
def test_no_caller_is_left_in_the_menu(line, number, acts):
    caller = line.caller(number).dials(["1379", "0809988114"][next(DIALED) % 2])
    for does, *what in acts:
        if not caller.phone.ended:
            getattr(caller, does)(*what)
    for _ in range(40):  # then nothing more is heard of them
        if caller.call.state is CallState.MENU:
            caller.is_silent()
    caller.waits(200)

    assert caller.call.state is CallState.ENDED
    assert caller.ticket is not None or caller.call.outcome is Outcome.SELF_SERVED
