"""A process that chooses again and again, as a web process does after each event; it says how often, when told to stop.

`python -m tests.faults.chooser` with the settings of the line.
"""

import os
import sys

from commands.house_only import opened_house
from commands.settings import read_settings
from switchboard.choose_agents import choose_agents

if __name__ == "__main__":
    times = 0
    with opened_house(read_settings(os.environ)) as house:
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        os.set_blocking(sys.stdin.fileno(), False)
        while not sys.stdin.buffer.read(1):
            choose_agents(house)
            times += 1
    sys.stdout.write(f"chose {times}\n")
