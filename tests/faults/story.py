"""The webhooks of whole calls, posted one by one without a network, so that a test decides how often, when and in what
order each arrives. The clock stands still; every caller asks for a person, talks to an agent and hangs up.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import time, timedelta

import requests

from commands.clock import set_clock
from commands.demo import next_morning
from records.korean_time import KOREA
from simulator.fields import Fields
from switchboard import paths
from tests.faults.processes import wait_until
from tests.faults.rig import Rig, ringing, sid

LEG = 1 << 64  # the legs' ids are counted from here
LATEST = time(17)  # at which a round may begin
AGENTS = 4  # of the center that all these callers reach; its tier is the only one to open while time stands still


@dataclass(frozen=True)
class Hook:
    """One webhook: what it is called in a test, and how it is posted."""

    name: str
    path: str
    fields: Fields

    @property
    def is_report(self) -> bool:
        """Say whether it is a callback, which may come at any moment; a document is asked for in the call's order."""
        return self.path.startswith((paths.CALL_STATUS, paths.CONFERENCE_EVENTS, paths.RECORDING_EVENTS))


Send = Callable[[Hook], requests.Response]


@dataclass
class Story:
    """One caller's call, number `number`, from its first request to the last report."""

    line: Rig
    number: int

    @property
    def call(self) -> str:
        return sid(self.number)

    @property
    def leg(self) -> str:
        return sid(LEG + self.number)

    @property
    def caller(self) -> str:
        return f"0101000{self.number:04d}"

    def documents(self, offer: dict | None) -> list[Hook]:
        """What asks for a document, in the order of the call."""
        station, offered = (offer["station"], str(offer["id"])) if offer else ("client:nobody", "0")
        return [*self.enters(), self.accept(station, offered), self.turn(2)]

    def enters(self) -> list[Hook]:
        return [Hook("first", paths.first_turn("1379"), ringing(self.call, self.caller)), self.turn(1, Digits="0")]

    def turn(self, number: int, **fields: str) -> Hook:
        path = paths.turn("1379", self.call, number)
        return Hook(f"turn {number}", path, ringing(self.call, self.caller, CallStatus="in-progress", **fields))

    def accept(self, station: str, offer: str) -> Hook:
        fields = {**ringing(self.leg, station), "To": "", "offer": offer}
        return Hook("accept", paths.STATION_CALLS, fields)

    def reports(self) -> list[Hook]:
        """What is reported, in the order of the call."""
        recording = {"RecordingSid": f"RE{self.number:032x}", "RecordingStatus": "completed", "RecordingDuration": "9"}
        return [
            self._conference("agent joins", self.leg, "participant-join"),
            self._conference("caller joins", self.call, "participant-join"),
            self._conference("caller leaves", self.call, "participant-leave", "participant_hung_up"),
            self._conference("agent leaves", self.leg, "participant-leave", "moderator_ended_conference"),
            Hook("completed", paths.CALL_STATUS, ringing(self.call, self.caller, CallStatus="completed")),
            Hook("leg completed", paths.CALL_STATUS, {**ringing(self.leg), "CallStatus": "completed"}),
            Hook("recorded", paths.recordings_of(self.call), recording),
        ]

    def _conference(self, name: str, party: str, event: str, why: str = "") -> Hook:
        fields = {"ConferenceSid": f"CF{self.number:032x}", "FriendlyName": self.call, "StatusCallbackEvent": event}
        left = {"ReasonParticipantLeft": why} if why else {}
        return Hook(name, paths.CONFERENCE_EVENTS, {**fields, **left, "CallSid": party})

    def offer(self) -> dict | None:
        """Return the offer this caller was made, once it is there: choosing follows the turn."""
        offers = [offer for offer in self.line.rows("offers") if offer["call_id"] == self.call]
        return offers[-1] if offers else None

    def told(self) -> Iterator[Hook]:
        """Give every webhook in order, looking for the offer when it is its time."""
        yield from self.enters()
        offer = wait_until(self.offer, f"call {self.number} is offered to somebody")
        documents = self.documents(offer)
        joins, meets, *over = self.reports()
        yield from (documents[2], joins, documents[3], meets, *over)


def once(line: Rig) -> Send:
    return lambda hook: line.post(hook.path, hook.fields)


def tell(stories: Iterable[Story], send: Send) -> list[Hook]:
    """Send whole calls one after the other; the four agents of the callers' center come back in between."""
    sent = []
    for told, story in enumerate(stories, start=1):
        for hook in story.told():
            send(hook)
            sent.append(hook)
        if told % AGENTS == 0:
            everyone_comes_back(story.line)
    return sent


def everyone_comes_back(line: Rig) -> None:
    """Move the clock past every wrap-up and rest, and let be done what falls due by that, such as a warning."""
    time_leaps(line, timedelta(seconds=90))
    line.comes_to_rest()
    goes_on_tomorrow(line)
    line.settles()


def goes_on_tomorrow(line: Rig) -> None:
    """Leap to the next working day when this one is nearly over: the desks close, and nobody would be offered."""
    now = line.clock.now()
    if now.astimezone(KOREA).time() >= LATEST:
        time_leaps(line, next_morning(now + timedelta(days=1)) - now)


def time_leaps(line: Rig, by: timedelta) -> None:
    """Move the clock; what falls due meanwhile could only be done afterwards."""
    before = line.clock.now()
    set_clock(line.clock_file, before + by, 0)
    line.outages.append((before, before + by + line.slack))
