"""The staff of a demo: everyone is at work, reads the card of an offer for a moment, and takes the call."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from agents.agent import Presence
from routing.offer import Offer
from routing.queue_entry import EntryState
from simulator.remote import RemoteNetwork
from switchboard.change_presence import change_presence
from switchboard.house import House, log

SECONDS_TO_ANSWER = 4
LOOK_EVERY_SECONDS = 0.1


@contextmanager
def everyone_at_work(house: House) -> Iterator[None]:
    """Let the whole staff sign in, and go home in the end."""
    try:
        for agent_id in house.directory.staff:
            change_presence(house, agent_id, Presence.AVAILABLE)
        yield
    finally:
        for agent_id in house.directory.staff:
            change_presence(house, agent_id, Presence.OFFLINE)


@contextmanager
def offers_taken(house: House, network: RemoteNetwork) -> Iterator[None]:
    """Let everybody who is offered a caller take them at a simulated browser, while this lasts."""
    over = threading.Event()
    answering = threading.Thread(target=_answer, args=(house, network, over), daemon=True)
    answering.start()
    try:
        yield
    finally:
        over.set()
        answering.join(timeout=5)


def _answer(house: House, network: RemoteNetwork, over: threading.Event) -> None:
    taken: set[int] = set()
    while not over.wait(LOOK_EVERY_SECONDS):
        try:
            for offer in _ripe(house):
                if offer.id not in taken:
                    taken.add(offer.id)
                    network.browser_dials(offer.station.address, {"offer": str(offer.id)})
        except Exception:  # noqa: BLE001 (a line that is being stopped; the next look tells)
            log.exception("counselors.failed")


def _ripe(house: House) -> list[Offer]:
    """Return the offers whose card has been read by now."""
    with house.store.reading() as work:
        offered = [entry for entry in work.queue.waiting() if entry.state is EntryState.OFFERED]
        offers = [work.offers.live_of_entry(entry.id) for entry in offered]
    until = house.now() - timedelta(seconds=SECONDS_TO_ANSWER)
    return [offer for offer in offers if offer and offer.made_at <= until]
