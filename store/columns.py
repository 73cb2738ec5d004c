"""Column types that mean the same on SQLite and on PostgreSQL."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Dialect, Integer, Text, TypeDecorator, literal_column

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Number = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up only a column declared INTEGER
Word = Text().with_variant(Text(collation="C"), "postgresql")  # compares by code point, as SQLite does


def in_words(column: Column[Any], states: Iterable[StrEnum]) -> ColumnElement[bool]:
    """Say that a row is in one of these states, in the words of its partial index: else SQLite would not use it."""
    return column.in_([literal_column(f"'{state}'") for state in sorted(states)])


def is_word(column: Column[Any], state: str) -> ColumnElement[bool]:
    """Say that a row is in this state, in the words of its partial index: neither database goes by a value there."""
    return column == literal_column(f"'{state}'")


def in_microseconds(moment: datetime) -> int:
    """Return a moment as it is stored: microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


class Instant(TypeDecorator[datetime]):
    """An aware UTC moment, stored as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 (SQLAlchemy's)
        return None if value is None else in_microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's)
        return None if value is None else _EPOCH + value * _MICROSECOND
