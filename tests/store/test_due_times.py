"""What is due is found by an index, however many rows there have been, also by a plan made for any values.

PostgreSQL makes such a plan once a statement has been asked a few times; a partial index serves it only when the
statement's own words, not its values, say that the index covers all that is asked for.
"""

import re
from itertools import pairwise

import pytest
from sqlalchemy import event, text

from tests.store.conftest import NOW

READS_ALL = re.compile(r"Seq Scan|using \w+_pk|^SCAN (?!.*USING (COVERING )?INDEX)(?!.*CONSTANT ROW)(?!\(subquery)")
DUE = {
    "offers": lambda work: work.offers.due(NOW),
    "passes": lambda work: work.offers.forget_passes(NOW),
    "wrap-ups": lambda work: work.agents.due_to_finish(NOW),
    "rests": lambda work: work.agents.end_rests(NOW),
    "leases": lambda work: work.agents.lease_over(NOW),
    "stations": lambda work: work.agents.lost(NOW),
    "tiers that open": lambda work: work.lines.due_to_open(NOW),
    "tiers that close": lambda work: work.lines.due_to_close(NOW),
    "callers who return": lambda work: work.queue.due_to_return(NOW),
    "callers who give way": lambda work: work.queue.let_give_way(NOW, 9),
    "callbacks": lambda work: work.callbacks.due(NOW),
    "attempts": lambda work: work.callbacks.lapsed(NOW),
    "commands": lambda work: work.commands.due(NOW),
    "slow work": lambda work: work.outbox.due(NOW, 9),
    "alarms of tickets": lambda work: work.tickets.due_alarms(NOW, 9),
    "referrals": lambda work: work.referrals.due(NOW, 9),
    "follow-ups": lambda work: work.follow_ups.due(NOW, 9),
    "the next of all": lambda work: work.next_due(),
}


@pytest.mark.parametrize("what", DUE)
def test_what_is_due_is_found_by_an_index(store, database, what):
    asked = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    with store.work() as work:
        DUE[what](work)
    statements = [words for words in asked if words.startswith(("SELECT", "UPDATE", "WITH"))]

    assert statements
    for words in statements:
        with database.transaction() as connection:
            plan = _plan_on_sqlite(connection, words) if database.is_sqlite else _plan_on_postgresql(connection, words)
        assert not read_through(plan), "\n".join(plan)


def read_through(plan: list[str]) -> list[str]:
    """Return the lines of a plan that read every row there is, in the order of the table or of its key."""
    return [
        line for line, next_line in pairwise([*plan, ""]) if READS_ALL.search(line) and "Index Cond" not in next_line
    ]


def _plan_on_sqlite(connection, words: str) -> list[str]:
    values = (0,) * words.count("?")
    return [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)]


def _plan_on_postgresql(connection, words: str) -> list[str]:
    for way in ("seqscan", "hashjoin", "mergejoin"):  # a table is read through only if nothing else serves
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    return connection.exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {_numbered(words)}").scalars().all()


def _numbered(words: str) -> str:
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return re.sub(r"%\((\w+)\)s", number, words)
