"""Who chooses next looks first whether anybody is wanted, and again when others were choosing meanwhile."""

import threading

import pytest
from sqlalchemy import text

from agents.work_state import WorkEvent
from directory.model import AgentId
from store.database import CHOOSING_LOCK
from tests.faults.processes import wait_until
from tests.store.conftest import NOW, somebody_waits_for_a_lock


def chosen_from(store) -> list[str] | None:
    """Return who was wanted, in the transaction of those who choose; None when there was no reason for one."""
    with store.choosing_next(NOW) as begun:
        return None if begun is None else sorted(agent.id for agent in begun[1])


def is_taken(store, agent: str) -> None:
    with store.work() as work:
        work.agents.move(AgentId(agent), WorkEvent.OFFERED, {})


def test_nobody_who_waits_or_nobody_idle_is_no_reason(store, rows):
    assert chosen_from(store) is None
    rows.agent("icg_1")
    assert chosen_from(store) is None
    rows.entry()
    assert chosen_from(store) == ["icg_1"]
    is_taken(store, "icg_1")
    assert chosen_from(store) is None


def test_while_one_is_about_to_look_another_leaves_it_to_them(store, rows):
    rows.agent("icg_1")
    rows.entry()
    took = []
    with store.choosing_next(NOW) as begun:
        assert begun
        waiting = threading.Thread(target=lambda: took.append(chosen_from(store)))
        waiting.start()
        wait_until(store._about_to_choose.locked, "the other is about to choose")  # noqa: SLF001 (nothing else shows it)
        assert chosen_from(store) is None
    waiting.join(timeout=30)
    assert took == [["icg_1"]]


def test_what_was_begun_and_fails_is_undone_and_lets_the_next_one_choose(store, rows):
    agent = rows.agent("icg_1")
    rows.entry()

    with pytest.raises(ZeroDivisionError), store.choosing_next(NOW) as begun:
        begun[0].agents.change(agent, {"answered": 1 // 0})

    assert chosen_from(store) == ["icg_1"]


@pytest.mark.parametrize("line_url", ["postgresql"], indirect=True)
def test_when_another_process_was_choosing_it_is_looked_again(store, rows, database):
    for nth in (1, 2, 3):
        rows.agent(f"icg_{nth}")
    rows.entry()
    took = []
    with database.transaction() as another:
        another.execute(text(f"SELECT pg_advisory_xact_lock({CHOOSING_LOCK})"))
        waiting = threading.Thread(target=lambda: took.append(chosen_from(store)))
        waiting.start()
        wait_until(lambda: somebody_waits_for_a_lock(database), "the other waits for the one who chooses")
        is_taken(store, "icg_2")
    waiting.join(timeout=30)

    assert took == [["icg_1", "icg_3"]]
