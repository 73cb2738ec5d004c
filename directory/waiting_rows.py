"""Rows about how callers wait and are called back, by desk: the row whose pattern fits a desk most closely holds."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from directory.model import AfterLongestWait, DeskId, DialsFirst, OwnLine, Sound, Waiting
from directory.patterns import EVERY_DESK
from directory.rows import Row, choices, unique

LINE_COLUMNS = ("number", "shown_as", "name_ko")
WAITING_COLUMNS = (
    *("desk", "sound", "says_position", "says_estimate", "full_per_agent", "full_callers", "callback", "message"),
    *("offer_after_seconds", "offer_every_seconds", "longest_wait_seconds", "then", "backup_desk", "shown_number"),
    *("dials_first", "attempts", "retry_seconds"),
)
KINDS = ("center", "institute")
LONGEST_SECONDS = 86_400
MOST_ATTEMPTS = 10

Word = TypeVar("Word", bound=StrEnum)


def read_lines(rows: Sequence[Row]) -> dict[str, OwnLine]:
    """Return the numbers the operator holds."""
    unique(rows, "number")
    lines = (
        OwnLine(
            number=row.matching("number", "[0-9]{3,12}", "the digits as they are dialed"),
            shown_as=row.matching("shown_as", r"\+82[1-9][0-9]{6,10}|1[0-9]{2,7}", "E.164 such as +8231…, or 1379"),
            name_ko=row.text("name_ko"),
        )
        for row in rows
    )
    return {line.number: line for line in lines}


def read_waiting(rows: Sequence[Row], desks: Collection[DeskId], lines: Mapping[str, OwnLine]) -> dict[DeskId, Waiting]:
    """Return the settings of every desk: those of its own row, else of its kind's (`center:*`), else of `*`."""
    unique(rows, "desk")
    patterns = {EVERY_DESK, *(f"{kind}:{EVERY_DESK}" for kind in KINDS), *desks} if desks else set()
    for row in rows:
        row.one_of("desk", row.cells["desk"], patterns, "a desk, nor center:*, institute:* or *")
    if rows and EVERY_DESK not in {row.cells["desk"] for row in rows}:
        rows[0].problems.add(f"{rows[0].file} desk", '"*" is missing', "a row for every desk that has none of its own")
    read = {row.cells["desk"]: _waiting(row, desks, lines) for row in rows}
    return {desk: found for desk in desks if (found := _closest(read, desk))}


def _closest(read: Mapping[str, Waiting], desk: DeskId) -> Waiting | None:
    kind = desk.partition(":")[0]
    return read.get(desk) or read.get(f"{kind}:{EVERY_DESK}") or read.get(EVERY_DESK)


def _waiting(row: Row, desks: Collection[DeskId], lines: Mapping[str, OwnLine]) -> Waiting:
    then = _word(row, "then", AfterLongestWait, AfterLongestWait.STAY)
    row.one_of("shown_number", row.cells["shown_number"], lines, "a number of lines.csv")
    return Waiting(
        sound=_word(row, "sound", Sound, Sound.MUSIC),
        says_position=_yes(row, "says_position"),
        says_estimate=_yes(row, "says_estimate"),
        full_per_agent=_number_or_none(row, "full_per_agent", 1, 1000),
        full_callers=_number_or_none(row, "full_callers", 1, 100_000),
        offers_callback=_yes(row, "callback"),
        takes_messages=_yes(row, "message"),
        offer_after_seconds=row.number("offer_after_seconds", 0, LONGEST_SECONDS),
        offer_every_seconds=row.number("offer_every_seconds", 0, LONGEST_SECONDS),
        longest_wait_seconds=row.number("longest_wait_seconds", 30, LONGEST_SECONDS),
        then=then,
        backup_desk=_backup_desk(row, then, desks),
        shown_number=row.cells["shown_number"],
        dials_first=_word(row, "dials_first", DialsFirst, DialsFirst.AGENT),
        attempts=row.number("attempts", 1, MOST_ATTEMPTS),
        retry_seconds=row.parsed("retry_seconds", _gaps, (LONGEST_SECONDS,)),
    )


def _backup_desk(row: Row, then: AfterLongestWait, desks: Collection[DeskId]) -> DeskId | None:
    desk = row.optional("backup_desk")
    if (desk is not None) != (then is AfterLongestWait.BACKUP):
        row.refuse("backup_desk", desk or "", "does not go with then", 'a desk where then is "backup", else nothing')
    if desk is not None:
        row.one_of("backup_desk", desk, desks, "a desk")
    return None if desk is None else DeskId(desk)


def _yes(row: Row, column: str) -> bool:
    return row.matching(column, "yes|no", "yes or no") == "yes"


def _word(row: Row, column: str, words: type[Word], instead: Word) -> Word:
    value = row.cells[column]
    if value not in set(words):
        row.refuse(column, value, "is not known here", choices(set(words)))
        return instead
    return words(value)


def _number_or_none(row: Row, column: str, least: int, most: int) -> int | None:
    return row.number(column, least, most) if row.optional(column) else None


def _gaps(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(";")]
    if not all(part.isascii() and part.isdigit() and 30 <= int(part) <= LONGEST_SECONDS for part in parts):
        raise ValueError(f"seconds from 30 to {LONGEST_SECONDS}, such as 300;1800")
    return tuple(map(int, parts))
