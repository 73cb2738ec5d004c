"""What happened is only ever added."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError, StatementError

from records.record import Record
from routing.reason import Reason, Verdict
from store.database import Database
from switchboard.doors import Decision, Recording

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
WRITTEN = Record("offer.made", NOW, call="CA1", agent="icg_1", fields={"tier": 1})


@pytest.mark.parametrize("statement", ["UPDATE records SET kind = 'x'", "DELETE FROM records"])
def test_a_record_can_neither_be_changed_nor_removed(store, database, statement):
    with store.work() as work:
        work.records.append(WRITTEN)

    with pytest.raises(DBAPIError, match="records are append-only"), database.transaction() as connection:
        connection.exec_driver_sql(statement)

    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT kind FROM records").scalars().all() == ["offer.made"]


def test_records_cannot_be_emptied_at_once(swept_postgresql):  # SQLite has no TRUNCATE
    database = Database(swept_postgresql)
    with pytest.raises(DBAPIError, match="records are append-only"), database.transaction() as connection:
        connection.exec_driver_sql("TRUNCATE records")
    database.close()


def test_reasons_come_back_in_order_as_they_were_given(store):
    reasons = [
        Reason(1, "institute:KITECH", "unstaffed", Verdict.SKIPPED, "근무 중인 상담원이 없습니다."),
        Reason(None, "center:ICG", "region", Verdict.CANDIDATE, "경기를 맡는 센터입니다."),
    ]
    decision = Decision(NOW, "route", "CA1", "26-000001-6", None, "d1", reasons)

    with store.work() as work:
        work.decisions.add(decision)

    with store.reading() as work:
        assert list(work.decisions.of_call("CA1")) == [decision]


def test_a_recording_that_is_finished_stays_finished_when_an_older_report_comes_late(store, rows, database):
    call = rows.call()
    for state, seconds in (("in-progress", None), ("completed", 42), ("in-progress", None), ("completed", 7)):
        with store.work() as work:
            work.recordings.keep(Recording("RE1", call, state, "Conference", 2, seconds), "26-000001-6", NOW)

    with database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT state, duration_seconds FROM recordings").all()
    assert kept == [("completed", 42)]


ODD = '\x00 \ud800 \\u0000 \\ "따옴표" 😀 \\x41'


def test_records_and_decisions_come_back_as_they_were_told_and_in_that_order(store):
    at = NOW + timedelta(microseconds=1)
    told = [
        Record("offer.made", at, call="CA1", ticket="26-000001-6", fields={"nth": nth, "odd": ODD}) for nth in range(9)
    ]
    told += [Record("call.ended", NOW, ticket="26-000001-6", agent="icg_1", desk="pool")]
    reason = Reason(None, "desk", "rule", Verdict.CANDIDATE, ODD, "")
    decision = Decision(NOW, "choice", "CA1", None, 7, "d1", [reason], 12)

    with store.work() as work:
        work.records.append(*told)
        work.decisions.add(decision)

    with store.reading() as work:
        assert list(work.records.of_ticket("26-000001-6")) == told
        assert list(work.decisions.of_call("CA1")) == [decision]


def test_a_moment_within_the_fields_of_a_record_is_refused(store):
    with pytest.raises((TypeError, StatementError), match="not JSON serializable"), store.work() as work:
        work.records.append(Record("call.ended", NOW, fields={"at": NOW}))
