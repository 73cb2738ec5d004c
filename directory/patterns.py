"""Settings of desks by pattern: `*`, `center:*`, `institute:*` or one desk; the most specific row of a file wins."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from directory.model import DeskId
from directory.rows import Row, unique

Setting = TypeVar("Setting")
EVERY_DESK = "*"
KINDS = ("center:*", "institute:*")


def check_patterns(rows: Sequence[Row], column: str, desks: Collection[DeskId]) -> None:
    """Refuse rows for no desk and rows that repeat one; there must be a row for every desk."""
    unique(rows, column)
    for row in rows:
        row.one_of(column, row.cells[column], {EVERY_DESK, *KINDS, *desks} if desks else (), "a desk or a pattern")
    if rows and EVERY_DESK not in {row.cells[column] for row in rows}:
        rows[0].problems.add(f"{rows[0].file} {column}", f'"{EVERY_DESK}" is missing', "a row for every desk")


def of_each_desk(settings: Mapping[str, Setting], desks: Collection[DeskId]) -> dict[DeskId, Setting]:
    """Return the setting of each desk; settings without a row for every desk were refused, and give none."""
    if EVERY_DESK not in settings:
        return {}
    return {desk: _most_specific(settings, desk) for desk in desks}


def _most_specific(settings: Mapping[str, Setting], desk: DeskId) -> Setting:
    kind = f"{desk.partition(':')[0]}:*"
    return next(settings[pattern] for pattern in (desk, kind, EVERY_DESK) if pattern in settings)
