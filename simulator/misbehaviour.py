"""What the network does wrong on command; without a command, nothing."""

from dataclasses import dataclass, field, fields
from random import Random
from typing import Any


@dataclass
class CallbackFaults:
    """Of status, conference and recording callbacks. Each number stays in force until it is set again."""

    copies: int = 0  # extra deliveries of each callback, with the same token
    copy_gap_seconds: float = 0.2
    drop_next: int = 0
    drop_every: int = 0  # each n-th gets lost; 0 is none
    drop_chance: float = 0.0
    least_delay_seconds: float = 0.0
    most_delay_seconds: float = 0.0  # each copy comes at a random moment between the two, so order is lost as well
    seed: int = 0
    as_json: bool = False

    def __post_init__(self) -> None:
        self._told = 0
        self._order = Random(self.seed)  # noqa: S311 - a repeatable disorder, no secret
        self._loss = Random(self.seed)  # noqa: S311 - the same

    def is_lost(self) -> bool:
        """Say whether the next callback gets lost, and count it."""
        self._told += 1
        if self.drop_next > 0:
            self.drop_next -= 1
            return True
        if self.drop_every and self._told % self.drop_every == 0:
            return True
        return self.drop_chance > 0 and self._loss.random() < self.drop_chance

    def delays(self) -> list[float]:
        """Return after how many seconds each copy of a callback is sent."""
        if self.most_delay_seconds > 0:
            least, most = self.least_delay_seconds, self.most_delay_seconds
            return [self._order.uniform(least, most) for _ in range(self.copies + 1)]
        return [copy * self.copy_gap_seconds for copy in range(self.copies + 1)]


@dataclass
class RequestFaults:
    """Of voice requests, those that fetch TwiML."""

    copies: int = 0  # extra posts of each request; the first answer counts
    at_once: bool = False  # copies go out beside the first and not after it
    lose_answers: int = 0  # how many of the next requests are handled by the product and count as unanswered
    late_seconds: float = 0.0  # how long the call waits for each lost answer; Twilio waits 15

    def loses_this_answer(self) -> bool:
        lost = self.lose_answers > 0
        self.lose_answers -= lost
        return lost


@dataclass
class RestFaults:
    """Of the REST API: each counts down over the next requests."""

    lose_replies: int = 0  # carried out, then the connection breaks
    refuse_next: int = 0  # not carried out
    refuse_status: int = 500  # 429 or 5xx
    hang_next: int = 0  # carried out, answered late
    hang_seconds: float = 10.0

    def loses_this_reply(self) -> bool:
        lost = self.lose_replies > 0
        self.lose_replies -= lost
        return lost

    def refuses(self) -> bool:
        refused = self.refuse_next > 0
        self.refuse_next -= refused
        return refused

    def hangs(self) -> bool:
        hung = self.hang_next > 0
        self.hang_next -= hung
        return hung


@dataclass
class Misbehaviour:
    """All of it; `legs` says how a call to an address ends instead of ringing: busy, failed or no-answer."""

    callbacks: CallbackFaults = field(default_factory=CallbackFaults)
    requests: RequestFaults = field(default_factory=RequestFaults)
    rest: RestFaults = field(default_factory=RestFaults)
    legs: dict[str, str] = field(default_factory=dict)


def changed(faults: Any, wanted: dict[str, Any]) -> Any:
    """Return one kind of faults with some numbers set anew; ValueError for a name or type it does not have."""
    values = {one.name: getattr(faults, one.name) for one in fields(faults)}
    for name, value in wanted.items():
        if name not in values:
            raise ValueError(f"{name}: expected one of {', '.join(values)}")
        kind = type(values[name])
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)  # noqa: PLW2901 - JSON writes 1.0 as 1
        if type(value) is not kind:
            raise ValueError(f"{name} {value!r}: expected {kind.__name__}")
        values[name] = value
    return type(faults)(**values)
