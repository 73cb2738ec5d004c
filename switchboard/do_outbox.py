"""Slow work is done from its row: claimed, done with no transaction open, and noted as done.

A task that fails, or whose worker dies in the middle, falls due again; who rings, and how often, changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from switchboard import confirm_ticket, keep_house, reconcile, tell_institute, tell_overdue, warn_staff
from switchboard.doors import Task
from switchboard.house import House, log

AGAIN_AFTER_SECONDS = (10, 30, 120, 600)  # after a first attempt that failed, a second ...; the last from then on
UNHEARD_SECONDS = (8, 8, 60, 300)  # of an attempt that told nothing: its worker died, or is very slow
TRIES = 6

WORK: Mapping[str, Callable[[House, str], object]] = {
    confirm_ticket.KIND: confirm_ticket.confirm_ticket,
    tell_institute.KIND: tell_institute.tell_institute,
    tell_overdue.KIND: tell_overdue.tell_overdue,
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
        taken = replace(task, attempts=task.attempts + 1)
        return taken if work.outbox.claim(task, now, _after(UNHEARD_SECONDS, taken, now)) else None


def _after(waits: Sequence[int], task: Task, now: datetime) -> datetime:
    """Return when a task falls due once more: later with each attempt, in the end every time after the last wait."""
    return now + timedelta(seconds=waits[min(task.attempts, len(waits)) - 1])


def _note_failure(house: House, task: Task, error: str) -> None:
    last = task.attempts >= TRIES
    with house.store.work() as work:
        if last:
            work.outbox.give_up(task, house.now(), error)
        else:
            work.outbox.postpone(task, _after(AGAIN_AFTER_SECONDS, task, house.now()), error)
    tell = log.error if last else log.warning
    tell("outbox.failed" if last else "outbox.postponed", kind=task.kind, subject=task.subject, error=error)
