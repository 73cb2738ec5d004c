"""A process that chooses again and again, as a web process does after each event; it says how often, when told to stop.

`python -m tests.faults.chooser` with the settings of the line; with `due` it does whatever is due, as a ticker does.
"""

import os
import sys

import structlog

from commands.building import build_house, carrier_of, clock_of, opened_database
from commands.settings import read_settings
from switchboard.choose_agents import choose_agents
from switchboard.ticker import run_due

if __name__ == "__main__":
    times, does = 0, run_due if sys.argv[1:] == ["due"] else choose_agents
    settings = read_settings(os.environ)
    # whoever started it reads nothing until the end, and a full pipe would stop it in the middle of a transaction
    log = (settings.data_dir / f"chooser-{os.getpid()}.log").open("w")
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log))
    with log, opened_database(settings) as database:
        house = build_house(settings, database, clock_of(settings), carrier_of(settings))
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        os.set_blocking(sys.stdin.fileno(), False)
        while not sys.stdin.buffer.read(1):
            does(house)
            times += 1
    sys.stdout.write(f"chose {times}\n")
