"""Once a day what nobody needs any more is cleared, batch by batch; records of what happened stay."""

from datetime import timedelta

import pytest

from calls.call import CallId
from records.record import Record
from switchboard import keep_house as housekeeping
from switchboard.doors import Recording
from switchboard.keep_house import keep_house


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(housekeeping, "BATCH", 2)


def ago(line, days, seconds=0):
    return line.clock.at - timedelta(days=days, seconds=seconds)


def test_documents_are_cleared_after_a_week_and_their_turns_stay_taken(line):
    with line.house.store.work() as work:
        for number, taken_at in enumerate([ago(line, 7, 1)] * 5 + [ago(line, 7)]):
            work.turns.claim(CallId("CA1"), str(number), taken_at)
            work.turns.keep(CallId("CA1"), str(number), b"<Response/>")

    keep_house(line.house, "2026-11-24")

    with line.house.store.work() as work:
        kept = [work.turns.kept(CallId("CA1"), str(number)) for number in range(6)]
        assert kept == [None] * 5 + [b"<Response/>"]
        assert not work.turns.claim(CallId("CA1"), "0", line.clock.at)


def test_commands_are_deleted_after_thirty_days_unless_they_are_still_due(line):
    with line.house.store.work() as work:
        for state, made_at in [("done", ago(line, 30, 1))] * 3 + [("void", ago(line, 31)), ("done", ago(line, 29))]:
            work.commands.add("end", CallId("CA1"), "CA2", made_at)
            newest = max(command.id for command in work.commands.due(line.clock.at))
            work.commands.close(newest, state)
        work.commands.add("end", CallId("CA1"), "late", ago(line, 31))

    keep_house(line.house, "2026-11-24")

    assert [row.target for row in line.rows("carrier_commands")] == ["CA2", "late"]


def test_tasks_are_deleted_thirty_days_after_they_were_done_and_failed_ones_stay(line):
    for subject, days in [("old", 31), ("older", 40), ("oldest", 50), ("new", 29)]:
        line.owes(subject=subject)
        with line.house.store.work() as work:
            work.outbox.done(line.due()[0].id, ago(line, days))
    line.owes(subject="failed")
    with line.house.store.work() as work:
        work.outbox.give_up(line.due()[0], ago(line, 90), "why")
    line.owes(subject="waiting")

    keep_house(line.house, "2026-11-24")

    assert [row.subject for row in line.rows("outbox")] == ["new", "failed", "waiting"]


def test_recordings_past_their_time_are_marked_deleted_with_a_record_each(line):
    ticket = line.opens_ticket("0212345678")
    with line.house.store.work() as work:
        for number, days in enumerate([366, 400, 500, 364]):
            recording = Recording(f"RE{number}", ticket.call_id, "completed", "Conference", 2, 60)
            work.recordings.keep(recording, ticket.number, ago(line, days))

    for _ in range(2):
        keep_house(line.house, "2026-11-24")

    assert [row.state for row in line.rows("recordings")] == ["deleted", "deleted", "deleted", "completed"]
    records = line.records("recording.deleted")
    assert sorted(record.fields["recording"] for record in records) == ["RE0", "RE1", "RE2"]
    assert {(record.call_id, record.ticket) for record in records} == {(ticket.call_id, ticket.number)}


def test_a_late_report_revives_no_deleted_recording(line):
    ticket = line.opens_ticket("0212345678")
    recording = Recording("RE1", ticket.call_id, "completed", "Conference", 2, 60)
    with line.house.store.work() as work:
        work.recordings.keep(recording, ticket.number, ago(line, 366))
    keep_house(line.house, "2026-11-24")

    with line.house.store.work() as work:
        work.recordings.keep(recording, ticket.number, line.clock.at)

    assert [row.state for row in line.rows("recordings")] == ["deleted"]


def test_failed_proofs_are_deleted_after_thirty_days(line):
    with line.house.store.work() as work:
        for days in (29, 31, 40):
            work.failed_proofs.add(CallId("CA1"), "01012345678", f"ticket {days}", ago(line, days))

    keep_house(line.house, "2026-11-24")

    assert [row.ticket for row in line.rows("failed_proofs")] == ["ticket 29"]


def test_records_stay_for_good(line):
    with line.house.store.work() as work:
        work.records.append(Record("call.ended", ago(line, 4000)))

    keep_house(line.house, "2026-11-24")

    assert len(line.records("call.ended")) == 1
