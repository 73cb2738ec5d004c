"""What replay reads of past days, from the rows of real calls."""

from datetime import timedelta

from directory.model import AgentId
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
