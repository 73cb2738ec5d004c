"""The one job there is: do the task of a row. RQ finds it by its name."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from switchboard.do_outbox import do_outbox
from switchboard.house import House

HouseOpener = Callable[[], AbstractContextManager[House]]

DO_TASK = "jobs.job.do_task"
_openers: list[HouseOpener] = []


def work_in(opener: HouseOpener) -> None:
    """Say how a job gets into the house: jobs run in children of the worker, each with connections of its own."""
    _openers[:] = [opener]


def do_task(task_id: int) -> None:
    with _openers[0]() as house:
        do_outbox(house, task_id)
