"""When the carrier can start one more call: it starts so many a second and lets the others queue."""

from datetime import datetime, timedelta

from switchboard.doors import Work
from switchboard.house import House


def ring_slot(house: House, work: Work) -> datetime:
    newest = work.commands.newest_start("ring")
    if newest is None:
        return house.now()
    return max(house.now(), newest + timedelta(seconds=1 / house.calls_per_second))
