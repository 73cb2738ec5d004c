"""What a waiting caller may do with the keys: one question after the other, with their place kept through all of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from calls.telephone_number import can_be_called_back, read_number
from ivr.heard import Heard, Keys

MOST_FAILURES = 3  # then the caller just waits on
LONGEST_NUMBER = 12  # digits


class WaitStep(StrEnum):
    WAITING = "waiting"
    WHICH_NUMBER = "which_number"  # this one, or another?
    NUMBER = "number"  # being keyed
    CONFIRM = "confirm"  # read back


class Wish(StrEnum):
    """What the caller has decided."""

    WAIT = "wait"
    CALL_BACK = "call_back"
    MESSAGE = "message"


@dataclass(frozen=True)
class WaitPosition:
    """Where a waiting caller stands among these questions; kept with every turn."""

    step: WaitStep = WaitStep.WAITING
    number: str | None = None  # the one to be called, as far as it is known
    failures: int = 0

    def to_data(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> "WaitPosition":
        """Read a kept position; whatever nobody can read is plain waiting."""
        try:
            number = data.get("number")
            return WaitPosition(
                WaitStep(data["step"]), None if number is None else str(number), int(data.get("failures", 0))
            )
        except (AttributeError, KeyError, TypeError, ValueError):
            return WaitPosition()


@dataclass(frozen=True)
class WaitMove:
    """What follows a key: a wish that is fulfilled now, or the next question."""

    position: WaitPosition
    wish: Wish = Wish.WAIT
    says: tuple[str, ...] = ()  # prompts
    again: bool = False  # wants to hear once more how they stand


@dataclass(frozen=True)
class WaitChoices:
    """What a caller may choose: the desk's settings, and the number we know to reach them at."""

    callback: bool
    message: bool
    own_number: str | None


WAITS = WaitPosition()
QUESTIONS = {
    WaitStep.WHICH_NUMBER: "callback_which",
    WaitStep.NUMBER: "callback_number_asked",
    WaitStep.CONFIRM: "callback_confirm",
}


def move(at: WaitPosition, heard: Heard, choices: WaitChoices) -> WaitMove:
    """Return what follows; anything at all leads on to waiting, to a callback or to a message, and never away."""
    if not isinstance(heard, Keys):
        return WaitMove(WAITS)  # silence, after a question too: they wait on
    if at.step is WaitStep.WAITING:
        return _while_waiting(heard.digits, choices)
    if heard.digits in {"0", "#"}:
        return WaitMove(WAITS, says=("wait_please" if heard.digits == "0" else "wait_stays",))
    if heard.digits == "*":
        return _ask(at)
    return _answered(at, heard.digits, choices) or _once_more(at)


def _answered(at: WaitPosition, keys: str, choices: WaitChoices) -> WaitMove | None:
    """Return what the answer to a question leads to, or None when it is none."""
    if at.step is WaitStep.NUMBER:
        number = reachable(keys.removesuffix("#"))
        return _ask(WaitPosition(WaitStep.CONFIRM, number)) if number else None
    known = choices.own_number if at.step is WaitStep.WHICH_NUMBER else at.number
    if keys == "1" and known:
        return WaitMove(replace(WAITS, number=known), Wish.CALL_BACK)
    return _ask(WaitPosition(WaitStep.NUMBER)) if keys == "2" else None


def _while_waiting(keys: str, choices: WaitChoices) -> WaitMove:
    if keys == "1" and choices.callback:
        return _ask(WaitPosition(WaitStep.WHICH_NUMBER if choices.own_number else WaitStep.NUMBER))
    if keys == "2" and choices.message:
        return WaitMove(WAITS, Wish.MESSAGE)
    if keys == "0":
        return WaitMove(WAITS, says=("wait_please",))
    return WaitMove(WAITS, again=True)


def _ask(at: WaitPosition) -> WaitMove:
    return WaitMove(at, says=(QUESTIONS[at.step],))


def _once_more(at: WaitPosition) -> WaitMove:
    if at.failures + 1 >= MOST_FAILURES:
        return WaitMove(WAITS, says=("wait_stays",))
    return WaitMove(replace(at, failures=at.failures + 1), says=("not_understood", QUESTIONS[at.step]))


def reachable(keys: str) -> str | None:
    """Return a keyed number in its normal form, or None when nobody could be reached by dialing it."""
    number = read_number(keys, {}) if keys.isascii() and keys.isdigit() else None
    return number.national if number and can_be_called_back(number) else None
