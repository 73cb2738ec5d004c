"""Slow work is done from its row: claimed, done with no transaction open, and noted as done.

A task that fails, or whose worker dies in the middle, falls due again; who rings, and how often, changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from switchboard import confirm_ticket, keep_house, reconcile, tell_institute, warn_staff
from switchboard.doors import Task
from switchboard.house import House, log

AGAIN_AFTER_SECONDS = (10, 30, 120, 600)  # after the first attempt, the second ...; the last of them from then on
TRIES = 6

WORK: Mapping[str, Callable[[House, str], object]] = {
    confirm_ticket.KIND: confirm_ticket.confirm_ticket,
    tell_institute.KIND: tell_institute.tell_institute,
    warn_staff.KIND: warn_staff.warn_staff,
    keep_house.KIND: keep_house.keep_house,
    reconcile.KIND: lambda house, _minute: reconcile.reconcile(house),
}


def do_outbox(house: House, task_id: int) -> None:
    """Do one task if it waits and is due. Of two who come at once, one does it."""
    task = _claimed(house, task_id)
    if task is None:
        return
    try:
        WORK[task.kind](house, task.subject)
    except Exception as error:  # noqa: BLE001 (whatever went wrong, the row says so and waits for its next attempt)
        _note_failure(house, task, f"{type(error).__name__}: {error}")
        return
    with house.store.work() as work:
        work.outbox.done(task.id, house.now())


def do_due(house: House, most: int = 100) -> int:
    """Do what is due in this very process, where no worker runs; return how many tasks were due."""
    with house.store.reading() as work:
        due = work.outbox.due(house.now(), most)
    for task in due:
        do_outbox(house, task.id)
    return len(due)


def _claimed(house: House, task_id: int) -> Task | None:
    now = house.now()
    with house.store.work() as work:
        task = work.outbox.get(task_id, now)
        if task is None:
            return None
        if task.attempts >= TRIES:
            if work.outbox.give_up(task, now, "the last attempt never came to an end"):
                log.error("outbox.failed", kind=task.kind, subject=task.subject, error="never came to an end")
            return None
        again_at = now + timedelta(seconds=AGAIN_AFTER_SECONDS[min(task.attempts, len(AGAIN_AFTER_SECONDS) - 1)])
        return replace(task, attempts=task.attempts + 1) if work.outbox.claim(task, now, again_at) else None


def _note_failure(house: House, task: Task, error: str) -> None:
    last = task.attempts >= TRIES
    with house.store.work() as work:
        if last:
            work.outbox.give_up(task, house.now(), error)
        else:
            work.outbox.note(task, error)
    tell = log.error if last else log.warning
    tell("outbox.failed" if last else "outbox.postponed", kind=task.kind, subject=task.subject, error=error)
