"""A caller at a telephone of the running network: the one at this keyboard, or one who follows a script."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from calls.call import Call, CallId, CallState
from commands.clock import FileClock, set_clock
from commands.reading_aloud import print_heard
from commands.reports import call_report, heard_report
from commands.script import Act, Line
from simulator.calls import RECORDING
from simulator.remote import RemoteNetwork, RemotePhone
from switchboard.house import House

KEYS = set("0123456789*#")
LOOK_EVERY_SECONDS = 0.03
PATIENCE_SECONDS = 60.0  # of real time, for anything to happen
STANDS_STILL = 0.0


@dataclass(frozen=True)
class Day:
    """The demo's own time: it runs while something happens, and stands still while a person thinks."""

    path: Path
    speed: float

    def starts(self, at: datetime) -> None:
        set_clock(self.path, at, self.speed)

    def now(self) -> datetime:
        return FileClock(self.path).now()

    def runs(self) -> None:
        set_clock(self.path, self.now(), self.speed)

    def walks(self) -> None:
        """Let the day go as fast as a real one, so that a caller can change their mind."""
        set_clock(self.path, self.now(), 1.0)

    def stands_still(self) -> None:
        set_clock(self.path, self.now(), STANDS_STILL)

    def passes(self, seconds: float) -> None:
        """Let so much of the day go by."""
        until = self.now() + timedelta(seconds=seconds)
        while self.now() < until:
            time.sleep(LOOK_EVERY_SECONDS)


@dataclass
class CallerAtHand:
    """One call by a caller at hand."""

    house: House
    day: Day
    phone: RemotePhone
    told: int = 0
    greeted: set[str] = field(default_factory=set)

    def hears_out(self) -> None:
        """Print what the line says until it wants an answer, somebody is there, or it has hung up."""
        self._until(lambda: self.phone.ended or self.is_talking or self._is_asked() or self._waits())

    def waits(self) -> bool:
        """Keep listening while the line looks for a counselor; True when one came."""
        self._until(lambda: self.phone.ended or self.is_talking or not self._waits())
        return self.is_talking

    def waits_at_leisure(self) -> None:
        """Wait for a counselor at the pace of a real day; Ctrl-C hangs up meanwhile."""
        if not self.phone.ended and self._waits():
            self.day.walks()
            self.waits()
            self.day.runs()

    @property
    def is_talking(self) -> bool:
        return bool(self.phone.connected_to)

    def acts(self, line: Line) -> None:
        question = self.phone.question
        match line.act:
            case Act.KEYS:
                self.phone.press(line.words)
            case Act.SAY:
                self.phone.say(line.words)
            case Act.SILENCE if self._is_at_the_tone():
                self.phone.fall_silent()
                self._until(lambda: self.phone.ended or not self._is_at_the_tone())
            case Act.SILENCE:
                self._until(lambda: self.phone.ended or self.phone.question != question)
            case Act.WAIT:
                self.day.passes(int(line.words))
            case _:
                self.phone.hang_up()

    def plays(self, lines: Sequence[Line]) -> None:
        """Follow a script: keys and words come after the line has asked."""
        for line in lines:
            if line.act in {Act.KEYS, Act.SAY, Act.SILENCE}:
                self.hears_out()
            elif self._waits():
                self.waits()
            if self.phone.ended:
                break
            self.acts(line)
        self._until(lambda: self.phone.ended or self.is_talking or self._is_at_the_tone())
        if self._is_at_the_tone():
            self.acts(Line(0, Act.SILENCE))
            self._until(lambda: self.phone.ended)
        if not self.phone.ended:
            self.phone.hang_up()

    def report(self) -> dict[str, Any] | None:
        """Return what the call left, once its end has been reported to us."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            call = self._call()
            if call and call.state is CallState.ENDED:
                break
            time.sleep(LOOK_EVERY_SECONDS)
        return call_report(self.house, CallId(self.phone.sid), self.phone.transcript)

    def _until(self, holds: Callable[[], bool]) -> None:
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not holds() and time.monotonic() < give_up:
            self._print_new()
            time.sleep(LOOK_EVERY_SECONDS)
        self._print_new()

    def _print_new(self) -> None:
        heard = self.phone.transcript
        for said in heard[self.told :]:
            print_heard(heard_report(said))
        self.told = len(heard)

    def _is_asked(self) -> bool:
        return self._is_at_the_tone() or (self.phone.listening and not self.phone.hears)

    def _is_at_the_tone(self) -> bool:
        """Say whether a message is being recorded: words or silence are taken, and # ends it."""
        return self.phone.hears == RECORDING

    def _waits(self) -> bool:
        """Say whether a counselor is being looked for, or is found but not yet on the line."""
        call = self._call()
        return call is not None and call.state in {CallState.WAITING, CallState.TALKING} and not self.is_talking

    def _call(self) -> Call | None:
        with self.house.store.reading() as work:
            return work.calls.get(CallId(self.phone.sid))


def talk(house: House, network: RemoteNetwork, day: Day, caller: str) -> CallerAtHand:
    """Let the person at the keyboard be the caller of one call, until either side hangs up."""
    at_hand = CallerAtHand(house, day, network.dial(caller, "1379"))
    while True:
        day.runs()
        try:
            at_hand.hears_out()
            at_hand.waits_at_leisure()
        except KeyboardInterrupt:
            click.echo("  (You hung up. / 전화를 끊었습니다.)")
            at_hand.phone.hang_up()
        if at_hand.phone.ended:
            return at_hand
        if at_hand.phone.connected_to - at_hand.greeted:
            at_hand.greeted |= at_hand.phone.connected_to
            _greet(house, at_hand)
        day.stands_still()
        try:
            typed = input("> ").strip()
        except EOFError:
            click.echo()
            day.runs()
            at_hand.phone.hang_up()
            return at_hand
        day.runs()
        at_hand.acts(_line(typed, talking=at_hand.is_talking))


def _line(typed: str, *, talking: bool) -> Line:
    if talking:
        return Line(0, Act.WAIT, "10")
    if not typed:
        return Line(0, Act.SILENCE)
    return Line(0, Act.KEYS if set(typed) <= KEYS else Act.SAY, typed)


def _greet(house: House, at_hand: CallerAtHand) -> None:
    report = call_report(house, CallId(at_hand.phone.sid), ())
    name = house.directory.staff[report["agent"]].name_ko if report and report["agent"] else "상담원"
    click.echo(f"  {name}: 네, 말씀하신 내용 보고 있습니다. 무엇을 도와드릴까요?")
    click.echo("  (You are talking to a simulated counselor. Ctrl-D hangs up. / 모의 상담원과 통화 중입니다.)")
