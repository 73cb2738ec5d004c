"""A value comes back as it was kept, and orders the same, on both kinds of database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, insert, select

from store import tables
from store.columns import Instant, Word

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KOREAN = {"wish": "도금이 자꾸 벗겨져요 — “크롬” 🔩", "ㄱ": ["가", "힣", "\u1100\u1161"], "null": None, "n": 0.1}

trial = Table("trial", MetaData(), Column("at", Instant), Column("word", Word), prefixes=["TEMPORARY"])


@pytest.fixture
def connection(database):
    with database.transaction() as opened:
        trial.create(opened)
        yield opened


def kept(connection, at) -> datetime | None:
    connection.execute(trial.delete())
    connection.execute(insert(trial).values(at=at))
    return connection.scalar(select(trial.c.at))


@pytest.mark.parametrize(
    "at",
    [
        EPOCH,
        EPOCH + timedelta(microseconds=1),
        EPOCH - timedelta(microseconds=1),
        datetime(2026, 11, 24, 1, 2, 3, 456789, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        None,
    ],
)
def test_a_moment_comes_back_to_the_microsecond(connection, at):
    assert kept(connection, at) == at


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.datetimes(timezones=st.just(UTC)))
def test_any_moment_comes_back(connection, at):
    assert kept(connection, at) == at


def test_a_moment_told_in_korean_time_comes_back_in_utc(connection):
    at = datetime(2026, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=9)))

    assert kept(connection, at) == at
    assert kept(connection, at).tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(connection):
    with pytest.raises(Exception, match="offset-naive and offset-aware"):
        kept(connection, datetime(2026, 11, 24, 10, 0))  # noqa: DTZ001 (that is what is refused)


def test_moments_order_and_compare_by_time(connection):
    moments = [EPOCH - timedelta(days=1), EPOCH, EPOCH + timedelta(microseconds=1), EPOCH + timedelta(days=20_000)]
    connection.execute(insert(trial), [{"at": at} for at in reversed(moments)])

    assert connection.scalars(select(trial.c.at).order_by(trial.c.at)).all() == moments
    assert connection.scalars(select(trial.c.at).where(trial.c.at > EPOCH).order_by(trial.c.at)).all() == moments[2:]


def test_words_order_by_code_point(connection):
    words = ["A", "B", "Z", "_", "a", "b", "center:ICG", "é", "가", "각", "나", "힣", "ａ", "🔩", "", "1", "10", "2"]
    connection.execute(insert(trial), [{"word": word} for word in words])

    assert connection.scalars(select(trial.c.word).order_by(trial.c.word)).all() == sorted(words)


def test_words_are_equal_only_when_each_letter_is(connection):
    connection.execute(insert(trial), [{"word": word} for word in ("icg_1", "ICG_1", "가", "\u1100\u1161")])

    assert connection.scalars(select(trial.c.word).where(trial.c.word == "icg_1")).all() == ["icg_1"]
    assert connection.scalars(select(trial.c.word).where(trial.c.word == "가")).all() == ["가"]


def test_korean_comes_back_from_json_as_it_went_in(database):
    with database.transaction() as connection:
        connection.execute(insert(tables.records).values(at=EPOCH, kind="ticket.opened", fields=KOREAN))

    with database.reading() as connection:
        assert connection.scalar(select(tables.records.c.fields)) == KOREAN
