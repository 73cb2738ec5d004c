"""The people at the stations of a played call: each does with an offer what the script, or the demo, tells them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from agents.station import StationKind
from calls.call import CallId
from calls.talk import Control
from calls.talk_rights import NoTalk
from commands.stage import Stage
from directory.model import AgentId
from routing.offer import Offer
from simulator import Phone
from switchboard.control_talk import control_talk
from switchboard.end_offer import decline_offer
from switchboard.end_talk import end_talk


class Habit(StrEnum):
    """What an agent does with the next offers."""

    ACCEPTS = "accepts"
    DECLINES = "declines"
    IGNORES = "ignores"


@dataclass
class Player:
    """One agent at their station."""

    stage: Stage
    id: AgentId
    habit: Habit = Habit.IGNORES
    thinks_seconds: float = 0  # from the offer to the answer
    phone: Phone | None = None  # the leg in use
    decides_at: dict[int, datetime] = field(default_factory=dict)  # by offer

    def act(self) -> bool:
        """Deal with a live offer, if there is one; True when something was done."""
        if self.phone and not self.phone.ended and self._press_one():
            return True
        with self.stage.house.store.reading() as work:
            offer = work.offers.live_of_agent(self.id)
        if offer is None or self.habit is Habit.IGNORES or not self._is_ready(offer):
            return False
        if offer.station.kind is StationKind.CLIENT:
            return self._at_browser(offer)
        return self._at_telephone(offer)

    def controls(self, act: str) -> None:
        """Hold the caller, take them back, or end the talk. Raises NoTalk, or IllegalMove when it is so already."""
        with self.stage.house.store.reading() as work:
            leg = work.legs.get(CallId(self.phone.sid)) if self.phone else None
        if leg is None:
            raise NoTalk(f"{self.id} is in no talk")
        if act == "ends":
            end_talk(self.stage.house, leg.call_id, self.id)
        else:
            control = Control.HOLD if act == "holds" else Control.UNHOLD
            control_talk(self.stage.house, leg.call_id, control, self.id)

    def hang_up(self) -> bool:
        """Put the phone down; False when there is nothing to put down."""
        if self.phone is None or self.phone.ended:
            return False
        self.phone.hang_up()
        return True

    @property
    def is_talking(self) -> bool:
        return self.phone is not None and self.phone.in_conference and bool(self.phone.connected_to)

    def acts_at(self) -> datetime | None:
        return min((at for at in self.decides_at.values() if at > self.stage.now()), default=None)

    def _is_ready(self, offer: Offer) -> bool:
        at = self.decides_at.setdefault(offer.id, self.stage.now() + timedelta(seconds=self.thinks_seconds))
        return self.stage.now() >= at

    def _at_browser(self, offer: Offer) -> bool:
        if self.habit is Habit.DECLINES:
            return decline_offer(self.stage.house, offer.id)
        self.phone = self.stage.network.browser_dials(offer.station.address, {"offer": str(offer.id)})
        return True

    def _at_telephone(self, offer: Offer) -> bool:
        ringing = self.stage.network.ringing(str(offer.station))
        if not ringing:
            return False
        self.phone = ringing[0]
        self.phone.answer()
        return True

    def _press_one(self) -> bool:
        """Take the call that a telephone asks about, or put it down."""
        if self.phone is None or not self.phone.listening:
            return False
        if self.habit is Habit.DECLINES:
            self.phone.hang_up()
        else:
            self.phone.press("1")
        return True


@dataclass
class Customers:
    """Everybody whom the line calls back, at their telephones; all do the same."""

    stage: Stage
    habit: str = "no-answer"  # or answers, busy, voicemail
    answered: dict[str, object] = field(default_factory=dict)  # by leg: the question answered last

    def act(self) -> bool:
        """Pick up, or press 1 when asked; a voicemail picks up and presses nothing."""
        customers = [phone for phone in self.stage.network.live_phones() if self._is_customer(phone)]
        return any(self._at_the_ring(phone) or self._at_the_question(phone) for phone in customers)

    def acts_at(self) -> datetime | None:
        return None

    def _is_customer(self, phone: Phone) -> bool:
        if phone.call.direction != "outbound-api" or not phone.to.startswith("+"):
            return False
        with self.stage.house.store.reading() as work:
            return f"tel:{phone.to}" not in {str(agent.station) for agent in work.agents.all()}

    def _at_the_ring(self, phone: Phone) -> bool:
        if phone.status != "ringing" or self.habit == "no-answer":
            return False
        if self.habit == "busy":
            phone.decline()
        else:
            phone.answer()
        return True

    def _at_the_question(self, phone: Phone) -> bool:
        question = phone.question
        if self.habit != "answers" or question is None or self.answered.get(phone.sid) is question:
            return False
        self.answered[phone.sid] = question
        phone.press("1")
        return True
