"""The calls of the bench: real turns through the flow, signed and sealed beforehand as Twilio would send them."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, pairwise
from urllib.parse import urlsplit

from commands.settings import SIMULATED_ACCOUNT, SIMULATED_TOKEN
from simulator.calls import Call
from simulator.fields import Value
from simulator.parcel import Parcel, Sealed, seal
from switchboard import paths

PUBLIC_BASE_URL = "http://line.example"  # signed for, never resolved: the floor and the line take the same requests
LINE = "1379"
WAITS = 2  # turns of a caller in the queue
MENU_TURNS = 4
MOST_CALLERS = 10_000_000
AREA_CODES = ("02", "051", "053", "062", "042", "052", "033", "064")
WISHES = ("도금이 자꾸 벗겨져요", "용접 부위에 균열이 생깁니다", "사출 금형에서 기포가 나옵니다")


@dataclass(eq=False)
class Turn:
    """One request of a call, and what its answer must hold, so that a call gone wrong is not counted as fast."""

    sealed: Sealed
    message: bytes
    expects: bytes
    then: "Turn | None" = None


def calls(count: int) -> list[Turn]:
    """Return the first turn of so many new calls; the others follow from it."""
    return [_call(number) for number in range(count)]


def menus(count: int) -> list[Turn]:
    """Return the same for callers who are in the menu and nothing else: greeting, service, place and wish."""
    started = calls(count)
    for first in started:
        *_, last = islice(turns_of(first), MENU_TURNS)
        last.then = None
    return started


def turns_of(first: Turn) -> Iterator[Turn]:
    turn: Turn | None = first
    while turn:
        yield turn
        turn = turn.then


def interleaved(first_turns: list[Turn], at_once: int) -> list[Turn]:
    """Return all turns in an order in which callers come one after the other, and `at_once` are always under way.

    Each is at a point of their own, as callers are: some are greeted while others take their place or hang up.
    """
    placed = []
    for number, first in enumerate(first_turns):
        turns = list(turns_of(first))
        placed += [(number * len(turns) + at_once * count, number, turn) for count, turn in enumerate(turns)]
    return [turn for _, _, turn in sorted(placed, key=lambda one: one[:2])]


def _call(number: int) -> Turn:
    caller = f"+8210{secrets.randbelow(MOST_CALLERS) + MOST_CALLERS:08d}"
    call = Call("CA" + secrets.token_hex(16), SIMULATED_ACCOUNT, caller, LINE, "inbound", datetime.now(UTC))
    call.status = "ringing"
    standard = call.standard_fields() | _where()
    call.status = "in-progress"
    going_on = call.standard_fields() | _where()
    answers: list[dict[str, Value]] = [
        {"Digits": "1"},
        {"Digits": AREA_CODES[number % len(AREA_CODES)]},
        {"SpeechResult": WISHES[number % len(WISHES)], "Confidence": "0.91", "Language": "ko-KR"},
        {"Digits": "1"},
    ]
    answers += [{"Digits": ""} for _ in range(WAITS)]
    turns = [_turn(paths.first_turn(LINE), standard, _next(call, 1))]
    for count, answer in enumerate(answers, start=1):
        turns.append(_turn(paths.turn(LINE, call.sid, count), going_on | answer, _next(call, count + 1)))
    call.status = "completed"
    turns.append(_turn(paths.CALL_STATUS, call.standard_fields() | _where() | {"CallDuration": "60"}, b""))
    for earlier, later in pairwise(turns):
        earlier.then = later
    return turns[0]


def _where() -> dict[str, Value]:
    """Return the fields that Twilio adds about both ends."""
    return {
        f"{end}{part}": value
        for end in ("From", "To", "Caller", "Called")
        for part, value in (("Country", "KR"), ("State", ""), ("City", ""), ("Zip", ""))
    }


def _next(call: Call, turn: int) -> bytes:
    return paths.turn(LINE, call.sid, turn).encode()  # a call has too few turns for 1 to be taken for 10


def _turn(path: str, fields: dict[str, Value], expects: bytes) -> Turn:
    sealed = seal(Parcel(PUBLIC_BASE_URL + path, "POST", fields, secrets.token_hex(16)), SIMULATED_TOKEN)
    return Turn(sealed, _message(sealed), expects)


def _message(sealed: Sealed) -> bytes:
    parts = urlsplit(sealed.url)
    headers = {"Host": parts.netloc, **sealed.headers, "Content-Length": str(len(sealed.body)), "Connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {parts.path} HTTP/1.1\r\n{head}\r\n".encode() + sealed.body
