"""The heads of the lines at desks, by index alone: to look costs the same with ten callers waiting or ten thousand."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, TextualSelect, column, text

from directory.model import DeskId
from store.columns import Instant, Number, Word
from store.driven import Driven

_OPENED = (
    "opened",
    "CAST(NULL AS bigint) AS opens_at",
    "q.waiting AND q.opened_at IS NOT NULL",
)  # as their indexes have it
_LENDING = "lending", "opens_at", "q.waiting AND q.may_lend AND q.opened_at IS NULL"
_COLUMNS = (  # in the order of the questions: what is read by position is looked up once
    *(column("entry_id", Number), column("tier", Integer), column("desk", Word), column("needs", Word)),
    *(column("place", Instant), column("opens_at", Instant), column("call_id", Word), column("ticket", Word)),
    column("gave_way_seconds", Integer),
)
_MANY = 20  # lines: most are empty then, and PostgreSQL finds those with anybody sooner by their desks, as measured
_GAVE_WAY = "CASE WHEN e.gave_way_at IS NULL THEN 0 ELSE e.gives_way_seconds END AS gave_way_seconds"

# The desks where anybody waits: one step of an index for each, and of those who may be lent there are never many.
_DESKS = """
WITH RECURSIVE opened (desk) AS (
    SELECT min(desk) FROM queue_lines WHERE waiting AND opened_at IS NOT NULL
    UNION ALL
    SELECT (
        SELECT min(q.desk) FROM queue_lines AS q WHERE q.waiting AND q.opened_at IS NOT NULL AND q.desk > opened.desk
    ) FROM opened WHERE opened.desk IS NOT NULL
), lending (desk) AS (
    SELECT DISTINCT desk FROM queue_lines WHERE waiting AND may_lend AND opened_at IS NULL
)
"""
_BY_ROWS = """
SELECT l.entry_id, l.tier, l.desk, l.needs, l.place, {opens_at}, e.call_id, e.ticket, {gave_way}
FROM json_each(:lines) AS s
CROSS JOIN queue_lines AS l
CROSS JOIN queue_entries AS e
WHERE e.id = l.entry_id AND l.rowid IN (
    SELECT q.rowid FROM queue_lines AS q
    WHERE q.desk = s.value ->> 0 AND q.needs = s.value ->> 1 AND {stands}
    ORDER BY q.place, q.entry_id LIMIT :most
)
"""
_BY_LATERAL = """
SELECT l.entry_id, l.tier, l.desk, l.needs, l.place, l.opens_at, e.call_id, e.ticket, {gave_way}
FROM json_array_elements(CAST(:lines AS json)) AS s (line)
{of_desks}
CROSS JOIN LATERAL (
    SELECT q.entry_id, q.tier, q.desk, q.needs, q.place, {opens_at} FROM queue_lines AS q
    WHERE q.desk = s.line ->> 0 AND q.needs = s.line ->> 1 AND {stands}
    ORDER BY q.place, q.entry_id LIMIT CAST(s.line ->> 2 AS integer)
) AS l
JOIN queue_entries AS e ON e.id = l.entry_id
"""


def heads(connection: Connection, counts: Mapping[tuple[DeskId, str], int]) -> Sequence[Any]:
    """Return the first callers of each line, a desk and needs, so many of each; those who may be lent to it as well."""
    lines = json.dumps([[desk, needs, count] for (desk, needs), count in counts.items()])
    if connection.dialect.name == "sqlite":  # which has no LATERAL, and one limit for all
        return connection.execute(_ROWS, {"lines": lines, "most": max(counts.values(), default=0)}).all()
    return (_LATERAL if len(counts) < _MANY else _LATERAL_OF_DESKS).rows(connection, {"lines": lines})


def _question(form: str, *, of_desks: bool = False) -> TextualSelect:
    both = " UNION ALL ".join(
        form.format(
            opens_at=opens_at,
            stands=stands,
            gave_way=_GAVE_WAY,
            of_desks=f"JOIN {desks} AS d ON d.desk = s.line ->> 0" if of_desks else "",
        )
        for desks, opens_at, stands in (_OPENED, _LENDING)
    )
    return text(_DESKS + both if of_desks else both).columns(*_COLUMNS)


_ROWS = _question(_BY_ROWS)
_LATERAL, _LATERAL_OF_DESKS = Driven(_question(_BY_LATERAL)), Driven(_question(_BY_LATERAL, of_desks=True))
