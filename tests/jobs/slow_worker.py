"""A real worker for tests: its clock is a file, and its tasks of the kind "slow" say when they begin and wait to go on.

Not a test: test_worker.py starts it as a program, with the folder as its one argument.
"""

import os
import sys
import time
from pathlib import Path

from commands.clock import FileClock
from commands.environment import start_log
from commands.settings import read_settings
from commands.worker import house_opener, work_until_told
from switchboard import do_outbox


def main(folder: Path) -> None:
    settings = read_settings({**os.environ, "DATA_DIR": str(folder)})
    start_log(settings.data_dir)

    def slow(_house, subject):
        with (folder / "began").open("a") as began:
            began.write(f"{subject} {os.getpid()}\n")
        while not (folder / f"go-{subject}").exists():
            time.sleep(0.005)
        with (folder / "done").open("a") as done:
            done.write(f"{subject}\n")

    do_outbox.WORK = {**do_outbox.WORK, "slow": slow}
    work_until_told(settings, house_opener(settings, FileClock(folder / "clock")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
