"""How long a call kept its agent is noted, for the wait that later callers are told to expect."""

from calls.leg import Leg
from routing.offer import Offer
from switchboard.doors import Work
from switchboard.house import House


def note_handling(house: House, work: Work, offer: Offer, leg: Leg) -> None:
    """Note a talk that ends now, with the wrap-up that follows it."""
    talked = (house.now() - leg.started_at).total_seconds()
    work.waits.note_handling(offer.desk, house.now(), round(talked) + house.directory.desk(offer.desk).wrap_up_seconds)
