"""An institute is another legal entity: nobody is connected there, and no case lies there, without a clear yes."""

import pytest

PLATING = "안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요"


@pytest.mark.parametrize("answer", ["0", "2"])
def test_without_a_yes_the_center_takes_the_call(line, answer):
    line.agent("kitech_1").signs_in().accepts()
    counselor = line.agent("icg_1").signs_in().accepts()

    caller = line.caller().dials().says(PLATING).presses(answer).waits(8)

    assert caller.talks_to(counselor)
    assert caller.ticket.desk == "center:ICG"


def test_the_ticket_number_is_heard_however_fast_the_agent_is(line):
    counselor = line.agent("kitech_1").signs_in().accepts()

    caller = line.caller().dials().says(PLATING).presses("1").waits(8)

    assert caller.talks_to(counselor)
    assert "접수 번호는" in caller.heard


def test_one_who_cannot_be_called_back_leaves_a_number_even_while_the_line_is_open(line):
    caller = (
        line.caller("anonymous")
        .dials()
        .presses("4")
        .says("안산이요")
        .is_silent()
        .presses("01012345678#")
        .presses("1")
        .waits(40)
    )

    assert caller.report["outcome"] == "callback"
    assert "늦어도" in caller.heard


def test_nobody_is_promised_a_person_in_the_same_breath_as_a_callback(line):
    caller = line.caller().dials().presses("0").waits(40)

    assert caller.report["outcome"] == "callback"
    assert "상담 직원을 연결해 드리겠습니다" not in caller.heard
