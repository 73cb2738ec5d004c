"""What replay reads of past days, from the rows of real calls."""

from datetime import timedelta

from commands.replay import told_of
from directory.model import AgentId
from switchboard.cancel_callback import cancel_callback
from whatif.past import PastPresence


def past_of(line):
    with line.stage.house.store.reading() as work:
        return work.past.between(
            line.stage.house.now() - timedelta(hours=5), line.stage.house.now() + timedelta(seconds=1)
        )


def test_a_past_day_tells_who_waited_who_answered_and_when_they_were_free(line):
    agent = line.agent("icg_1").signs_in()
    began = line.stage.house.now()
    line.caller().asks_for_a_person().hangs_up()
    line.passes(20)
    agent.accepts()
    served = line.caller().asks_for_a_person()
    line.passes(40)
    served.hangs_up()
    line.passes(120)

    past = past_of(line)

    gone, answered = past.callers
    assert (gone.gave_up, gone.answered_at, gone.agent) == (True, None, None)
    assert (answered.gave_up, answered.agent) == (False, "icg_1")
    assert answered.free_at - answered.left_at == timedelta(seconds=30)  # the wrap-up
    assert answered.intake.category == "operator"
    assert PastPresence(AgentId("icg_1"), began, available=True) in past.presences


def test_who_is_called_back_or_left_a_message_is_counted_and_not_played(line):
    agent = line.agent("icg_1").signs_in().accepts()
    talking = line.caller("01099990000").asks_for_a_person().waits(2)
    line.caller("01011110001").asks_for_a_person().waits(2).presses("1").presses("1").waits(20)
    left = line.caller("01011110002").asks_for_a_person().waits(2)
    left.presses("2").says("도금이 자꾸 벗겨집니다.").presses("#").waits(20)
    talking.hangs_up()
    agent.signs_off()
    line.passes(60)
    with line.stage.house.store.reading() as work:
        owed = list(work.callbacks.live())
    for entry in owed:
        cancel_callback(line.stage.house, entry.id, AgentId("line_lead"), "the day is over")

    past = past_of(line)

    assert [caller.answered_at is not None for caller in past.callers] == [True]
    assert past.left_out == {"callback": 1, "message": 1}
    assert told_of(past.left_out).startswith("left out: 1 who were to be called back and 1 who left a message")
