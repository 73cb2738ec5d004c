"""Rows about how desks share out callers and agents; the first column is a pattern, and the most specific one wins."""

import re
from collections.abc import Collection, Sequence

from directory.model import DeskId, RoutingSettings, Strategy
from directory.patterns import EVERY_DESK
from directory.rows import Row, parts_of, unique

ROUTING_COLUMNS = (
    *("desk", "strategy", "reserve", "own_seconds", "tier_seconds"),
    *("answer_within_seconds", "gives_way_seconds"),
)
LONGEST = 3600


def read_routing(rows: Sequence[Row], desks: Collection[DeskId]) -> dict[DeskId, RoutingSettings]:
    """Return the settings of every desk: its own row's, else those of its kind (`center:*`), else those of `*`."""
    unique(rows, "desk")
    patterns = {EVERY_DESK, *desks, *(_kind(desk) for desk in desks)}
    for row in rows:
        row.one_of("desk", row.cells["desk"], patterns if desks else (), "a desk, center:*, institute:* or *")
    settings = {row.cells["desk"]: _settings(row) for row in rows}
    if rows and EVERY_DESK not in settings:
        rows[0].problems.add(f"{rows[0].file} desk", "no row is for every desk", "one row for *")
    everyone = settings.get(EVERY_DESK, RoutingSettings())
    return {desk: settings.get(desk) or settings.get(_kind(desk), everyone) for desk in desks}


def _kind(desk: DeskId) -> str:
    """Return the pattern of a desk's kind: `center:*` for `center:ICG`."""
    kind, colon, _ = desk.partition(":")
    return f"{kind}{colon}*" if colon else kind


def _settings(row: Row) -> RoutingSettings:
    name = row.cells["strategy"]
    row.one_of("strategy", name, set(Strategy), "a strategy")
    return RoutingSettings(
        strategy=Strategy(name) if name in set(Strategy) else Strategy.LONGEST_IDLE,
        reserve=row.number("reserve", 0, 99),
        own_seconds=row.number("own_seconds", 0, LONGEST),
        tier_seconds=row.parsed("tier_seconds", rising_seconds, (0,)),
        answer_within_seconds=row.number("answer_within_seconds", 1, LONGEST),
        gives_way_seconds=row.number("gives_way_seconds", 0, LONGEST),
    )


def rising_seconds(text: str) -> tuple[int, ...]:
    """Read `15;18`. Raises ValueError saying what is expected."""
    parts = parts_of(text)
    seconds = tuple(int(part) for part in parts if re.fullmatch("[0-9]{1,4}", part))
    if not seconds or len(seconds) < len(parts) or list(seconds) != sorted(seconds) or seconds[-1] > LONGEST:
        raise ValueError(f"seconds of waiting from 0 to {LONGEST}, not falling, such as 15;18")
    return seconds
