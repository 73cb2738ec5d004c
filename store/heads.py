"""The heads of the lines at desks, by index alone: to look costs the same with ten callers waiting or ten thousand."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, TextualSelect, text

from directory.model import DeskId
from store.columns import Instant, Word

_OPENED = "CAST(NULL AS bigint) AS opens_at", "q.waiting AND q.opened_at IS NOT NULL"
_LENDING = "opens_at", "q.waiting AND q.may_lend AND q.opened_at IS NULL"

_BY_ROWS = """
SELECT l.entry_id, l.tier, l.desk, l.needs, l.place, {opens_at}, e.call_id, e.ticket
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
SELECT l.entry_id, l.tier, l.desk, l.needs, l.place, l.opens_at, e.call_id, e.ticket
FROM unnest(CAST(:desks AS text[]), CAST(:needs AS text[]), CAST(:counts AS integer[])) AS s (desk, needs, count)
CROSS JOIN LATERAL (
    SELECT q.entry_id, q.tier, q.desk, q.needs, q.place, {opens_at} FROM queue_lines AS q
    WHERE q.desk = s.desk AND q.needs = s.needs AND {stands}
    ORDER BY q.place, q.entry_id LIMIT s.count
) AS l
JOIN queue_entries AS e ON e.id = l.entry_id
"""

_WAITING = "waiting AND opened_at IS NOT NULL", "waiting AND may_lend AND opened_at IS NULL"  # as their indexes have it
_EACH_DESK = """
SELECT desk FROM (
    WITH RECURSIVE each (desk) AS (
        SELECT min(desk) FROM queue_lines WHERE {waiting}
        UNION ALL
        SELECT (SELECT min(q.desk) FROM queue_lines AS q WHERE {waiting} AND q.desk > each.desk)
        FROM each WHERE each.desk IS NOT NULL
    )
    SELECT desk FROM each WHERE desk IS NOT NULL
) AS {name}
"""


def desks(connection: Connection) -> Sequence[str]:
    """Return the desks where somebody waits, those who may only be lent to as well: one step of an index for each."""
    return connection.scalars(_DESKS).all()


def heads(connection: Connection, counts: Mapping[tuple[DeskId, str], int]) -> Sequence[Row[Any]]:
    """Return the first callers of each line, a desk and needs, so many of each; those who may be lent to it as well."""
    if connection.dialect.name == "sqlite":  # which has no LATERAL, and one limit for all
        return connection.execute(_ROWS, {"lines": json.dumps(list(counts)), "most": max(counts.values())}).all()
    desks, needs = [desk for desk, _ in counts], [needs for _, needs in counts]
    return connection.execute(_LATERAL, {"desks": desks, "needs": needs, "counts": list(counts.values())}).all()


def _question(form: str) -> TextualSelect:
    both = " UNION ALL ".join(form.format(opens_at=opens_at, stands=stands) for opens_at, stands in (_OPENED, _LENDING))
    return text(both).columns(desk=Word, needs=Word, place=Instant, opens_at=Instant, call_id=Word, ticket=Word)


_DESKS = text(
    " UNION ".join(_EACH_DESK.format(waiting=waiting, name=f"those_{n}") for n, waiting in enumerate(_WAITING))
).columns(desk=Word)
_ROWS, _LATERAL = _question(_BY_ROWS), _question(_BY_LATERAL)
