"""When the carrier can start one more call for us, be it to an agent's telephone or to a customer's."""

from datetime import datetime, timedelta

from switchboard.doors import Work
from switchboard.house import House

RINGS = ("ring", "call_back")  # the commands that start a call


def ring_slot(house: House, work: Work) -> datetime:
    """Return the next free moment: the carrier starts so many calls a second and lets the others queue."""
    newest = [at for kind in RINGS if (at := work.commands.newest_start(kind))]
    if not newest:
        return house.now()
    return max(house.now(), max(newest) + timedelta(seconds=1 / house.calls_per_second))
