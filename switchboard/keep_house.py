"""Once a day, in the quiet hours, what nobody needs any more is cleared; records of what happened stay for good."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from records.korean_time import KOREA
from records.record import Record
from switchboard.doors import Work
from switchboard.house import House, log

KIND = "housekeeping"
AT = time(4, 0)  # Korean time
DOCUMENTS_KEPT_DAYS = 7  # the carrier repeats a webhook within minutes
COMMANDS_KEPT_DAYS = 30
TASKS_KEPT_DAYS = 30
FAILED_PROOFS_KEPT_DAYS = 30
BATCH = 500  # rows cleared in one transaction


def owe_housekeeping(house: House) -> None:
    """Owe today's housekeeping from 04:00 on; a line that was down at that hour owes it at once."""
    today = house.now().astimezone(KOREA).date()
    with house.store.reading() as work:
        if work.outbox.has(KIND, today.isoformat()):
            return
    with house.store.work() as work:
        work.outbox.add(KIND, today.isoformat(), _due(today))


def keep_house(house: House, day: str) -> None:
    """Clear what is too old today. What was cleared stays so: a second run finds nothing to do."""
    now = house.now()
    recordings_before = now - timedelta(days=house.recordings_kept_days)
    cleared = {
        "documents": _in_batches(
            house, lambda work: work.housekeeping.clear_documents(now - timedelta(days=DOCUMENTS_KEPT_DAYS), BATCH)
        ),
        "commands": _in_batches(
            house, lambda work: work.housekeeping.delete_commands(now - timedelta(days=COMMANDS_KEPT_DAYS), BATCH)
        ),
        "tasks": _in_batches(
            house, lambda work: work.housekeeping.delete_done_tasks(now - timedelta(days=TASKS_KEPT_DAYS), BATCH)
        ),
        "failed_proofs": _in_batches(
            house,
            lambda work: work.housekeeping.delete_failed_proofs(now - timedelta(days=FAILED_PROOFS_KEPT_DAYS), BATCH),
        ),
        "recordings": _in_batches(house, lambda work: _delete_recordings(house, work, recordings_before)),
    }
    log.info("housekeeping.done", day=day, **cleared)


def _due(day: date) -> datetime:
    return datetime.combine(day, AT, KOREA).astimezone(UTC)


def _in_batches(house: House, clear: Callable[[Work], int]) -> int:
    """Clear batch by batch, each in its own transaction, until less than a batch is found."""
    total = 0
    while True:
        with house.store.work() as work:
            cleared = clear(work)
        total += cleared
        if cleared < BATCH:
            return total


def _delete_recordings(house: House, work: Work, before: datetime) -> int:
    deleted = work.housekeeping.mark_recordings_deleted(before, BATCH)
    for recording in deleted:
        fields = {"recording": recording.id, "kept_days": house.recordings_kept_days}
        work.records.append(
            Record("recording.deleted", house.now(), call=recording.call_id, ticket=recording.ticket, fields=fields)
        )
    return len(deleted)
