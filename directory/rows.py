"""A CSV file as rows that know where they stand, so every complaint names file, line, column and value."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

Value = TypeVar("Value")

LONGEST_VALUE_SHOWN = 60  # characters of a refused value
LONGEST_LIST_SHOWN = 40  # choices named in an expectation


class DirectoryError(Exception):
    """The directory's files are refused; the message has one problem a line, and `problems` has them apart."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass
class Problems:
    """Everything found wrong so far, in the order found."""

    found: list[str] = field(default_factory=list)

    def add(self, place: str, what: str, expected: str) -> None:
        """Note a problem; the same one met again by another check is kept once."""
        problem = f"{place}: {what} (expected {expected})"
        if problem not in self.found:
            self.found.append(problem)

    def stop_if_any(self) -> None:
        """Raise DirectoryError with all that was found."""
        if self.found:
            raise DirectoryError(self.found)


@dataclass(frozen=True)
class Row:
    """One line of a file; cells are stripped and their Hangul composed."""

    file: str
    line: int
    cells: Mapping[str, str]
    problems: Problems

    def refuse(self, column: str, value: str, is_wrong: str, expected: str) -> None:
        """Note a problem at this row: `centers.csv:4 backup_center: "XXX" is not a center code (expected ...)`."""
        shown = value if len(value) <= LONGEST_VALUE_SHOWN else f"{value[:LONGEST_VALUE_SHOWN]}…"
        self.problems.add(f"{self.file}:{self.line} {column}", f'"{shown}" {is_wrong}', expected)

    def optional(self, column: str) -> str | None:
        return self.cells[column] or None

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        value = self.cells[column]
        if not value:
            self.refuse(column, value, "is empty", "text")
        return value

    def matching(self, column: str, pattern: str, expected: str) -> str:
        """Return a cell of a given form, such as a code."""
        value = self.cells[column]
        if not re.fullmatch(pattern, value):
            self.refuse(column, value, "is not well formed", expected)
        return value

    def parts(self, column: str) -> tuple[str, ...]:
        """Return the parts between semicolons; a part that is empty or stands twice is a problem."""
        value = self.cells[column]
        parts = parts_of(value)
        if not all(parts):
            self.refuse(column, value, "has an empty part", "parts separated by one ;")
        if len(set(parts)) < len(parts):
            self.refuse(column, value, "names something twice", "each part once")
        return parts

    def some_parts(self, column: str) -> tuple[str, ...]:
        """Return the parts between semicolons, of which there must be one."""
        parts = self.parts(column)
        if not parts:
            self.refuse(column, "", "is empty", "at least one part")
        return parts

    def number(self, column: str, least: int, most: int) -> int:
        """Return a whole number within bounds; the lower bound stands in for a refused one."""
        value = self.cells[column]
        if not re.fullmatch("[0-9]{1,9}", value) or not least <= int(value) <= most:
            self.refuse(column, value, "is out of range", f"a whole number from {least} to {most}")
            return least
        return int(value)

    def one_of(self, column: str, value: str, known: Collection[str], kind: str) -> None:
        """Check one reference: the value must be among what is known. Nothing known is another file's problem."""
        if known and value not in known:
            self.refuse(column, value, f"is not {kind}", choices(known))

    def all_of(self, column: str, known: Collection[str], kind: str) -> None:
        """Check every reference in a cell of several parts."""
        for part in filter(None, self.parts(column)):
            self.one_of(column, part, known, kind)

    def parsed(self, column: str, parse: Callable[[str], Value], instead: Value) -> Value:
        """Return what a parser makes of the cell; its ValueError says what was expected."""
        value = self.cells[column]
        try:
            return parse(value)
        except ValueError as error:
            self.refuse(column, value, "cannot be read", str(error))
            return instead


def choices(known: Collection[str]) -> str:
    """Return "one of A, B, C", shortened when there are very many."""
    named = sorted(known)
    more = f" and {len(named) - LONGEST_LIST_SHOWN} more" if len(named) > LONGEST_LIST_SHOWN else ""
    return f"one of {', '.join(named[:LONGEST_LIST_SHOWN])}{more}"


def parts_of(value: str) -> tuple[str, ...]:
    """Return what stands between semicolons, stripped."""
    return tuple(part.strip() for part in value.split(";")) if value else ()


def rows_of(
    file: str, text: str | None, columns: Sequence[str], problems: Problems, *, may_be_empty: bool = False
) -> list[Row]:
    """Return the rows of a file that has these columns; others are allowed and left alone. Blank lines are skipped."""
    if text is None:
        problems.add(file, "is missing", "the file beside the others")
        return []
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        problems.add(file, f"is no CSV: {error}", "every quote closed and nothing after a closing quote")
        return []
    if not lines:
        problems.add(file, "is empty", f"a first line with {', '.join(columns)}")
        return []
    (head_line, head), *body = lines
    if not _has_columns(f"{file}:{head_line}", head, columns, problems):
        return []
    if not body and not may_be_empty:
        problems.add(file, "has no rows", "at least one row below the column names")
    return [_row(file, line, head, cells, problems) for line, cells in body]


def unique(rows: Sequence[Row], *columns: str) -> None:
    """Refuse rows that repeat an earlier row's cells in these columns."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.cells[column] for column in columns)
        if key in seen:
            row.refuse(columns[0], " ".join(key), f"stands on line {seen[key]} already", "each only once")
        seen.setdefault(key, row.line)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line it starts on, cells cleaned; raises csv.Error."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    starts_at = 1
    for cells in reader:
        cleaned = [unicodedata.normalize("NFC", cell).strip() for cell in cells]
        if any(cleaned):
            yield starts_at, cleaned
        starts_at = reader.line_num + 1


def _has_columns(place: str, head: Sequence[str], columns: Sequence[str], problems: Problems) -> bool:
    expected = f"the columns {', '.join(columns)}"
    missing = [column for column in columns if column not in head]
    repeated = sorted({column for column in head if head.count(column) > 1})
    for column in missing:
        problems.add(f"{place} {column}", f"the column is missing among {', '.join(head)[:200]}", expected)
    for column in repeated:
        problems.add(f"{place} {column}", "the column stands twice", "each column once")
    return not missing and not repeated


def _row(file: str, line: int, head: Sequence[str], cells: Sequence[str], problems: Problems) -> Row:
    if len(cells) != len(head):
        problems.add(
            f"{file}:{line}", f"has {len(cells)} cells", f"{len(head)}, as the first line; quote cells with a comma"
        )
    padded = [*cells, *[""] * len(head)]
    return Row(file, line, dict(zip(head, padded, strict=False)), problems)
