"""The workers are told of what is due. The rows are the truth and this is only the bell: a lost ring is rung again."""

from switchboard.doors import Bell
from switchboard.house import House
from switchboard.keep_house import owe_housekeeping

AT_ONCE = 100  # told of in one round: no more than this waits in the queue server, however long the workers were away


def dispatch_outbox(house: House, bell: Bell) -> int:
    """Ring for every task that is due; any process may do so at any time. Return how many were told of anew."""
    owe_housekeeping(house)
    with house.store.reading() as work:
        due = work.outbox.due(house.now(), AT_ONCE)
    return bell.ring(due)
