"""A hundred calls at once, through the simulated network and the line as real processes, for about forty seconds."""

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import click

from calls.call import CallId
from commands.bench_calls import AREA_CODES, LINE, WISHES
from commands.bench_client import BenchError
from commands.bench_figure import Figure
from commands.bench_processes import Place, entered, network_served, served
from commands.clock import set_clock
from commands.counselors import everyone_at_work, offers_taken
from simulator.remote import ControlError, RemoteNetwork, RemotePhone
from switchboard.house import House

CALLS, SECONDS = 100, 40.0
SPEED = 2.0  # a caller has a turn about every five seconds of the shown day, and so every two or three real ones
MOST_MS = 1000.0
LOOK_EVERY_SECONDS = 0.2
TALK_SECONDS = 20.0  # of the shown day, once the last question is answered
SETTLE_SECONDS = 3.0
GENERATOR = random.Random(1379)  # noqa: S311 (people take their time; nothing is secret)


@dataclass(eq=False)
class Caller:
    """Somebody who calls, answers what is asked, talks for a while, hangs up, and calls again."""

    number: int
    network: RemoteNetwork
    phone: RemotePhone | None = None
    left: list[str] = field(default_factory=list)
    answered: object = None  # the question last answered
    acts_at: float = 0.0
    dialed: list[str] = field(default_factory=list)
    through: set[str] = field(default_factory=set)  # calls whose intake was taken to its end

    def act(self, now: float) -> None:
        """Do what a person would do now; `now` is in seconds of the shown day."""
        if self.phone is None or self.phone.known_to_be_over:
            self._dial(now)
        elif now < self.acts_at:
            return
        elif not self.left:
            self._talk(self.phone, now)
        elif self.phone.question not in {None, self.answered}:
            self._answer(self.phone, now)

    def leave(self) -> None:
        if self.phone and not self.phone.known_to_be_over:
            self._note_through(self.phone)
            self.phone.hang_up()

    def _dial(self, now: float) -> None:
        self.phone = self.network.dial(f"+8210{20_000_000 + self.number:08d}", LINE)
        self.dialed.append(self.phone.sid)
        pick = self.number + len(self.dialed)
        self.left = ["1", AREA_CODES[pick % len(AREA_CODES)], WISHES[pick % len(WISHES)], "1"]
        self.answered = None
        self.acts_at = now + GENERATOR.uniform(2, 6)

    def _answer(self, phone: RemotePhone, now: float) -> None:
        words = self.left.pop(0)
        self.answered = phone.question
        (phone.press if words.isdigit() else phone.say)(words)
        self.acts_at = now + (GENERATOR.uniform(2, 6) if self.left else TALK_SECONDS * GENERATOR.uniform(0.5, 1.5))

    def _talk(self, phone: RemotePhone, now: float) -> None:
        self._note_through(phone)
        phone.hang_up()
        self.acts_at = now

    def _note_through(self, phone: RemotePhone) -> None:
        """Note that the line has answered the last question; it may only be known while the call is still there."""
        if not self.left and (phone.in_conference or phone.question not in {None, self.answered}):
            self.through.add(phone.sid)


def hundred_calls(place: Place, calls: int = CALLS, seconds: float = SECONDS, speed: float = SPEED) -> Iterator[Figure]:
    reached = {"PUBLIC_BASE_URL": f"http://127.0.0.1:{place.port}"}
    with network_served(place) as url, served(place, TWILIO_API_BASE_URL=url, **reached), entered(place) as house:
        network = RemoteNetwork(url, fresh_seconds=3600)
        callers = [Caller(number, network) for number in range(calls)]
        set_clock(place.clock_file, house.now(), speed)
        with everyone_at_work(house), offers_taken(house, network):
            network.reset_statistics()
            most = play(callers, network, house, seconds)
            told, errors = network.statistics(), network.errors()
            lost = tickets_lost(house, callers)
    for error in errors[:3]:
        click.echo(f"bench: hundred_calls {place.db}: {error}", err=True)
    finished = sum(len(caller.through) for caller in callers)
    yield _figure(place, told["answers_ms"], (most, finished, lost, len(errors)))


def _figure(place: Place, answers: Mapping[str, Mapping[str, float]], counts: tuple[int, int, int, int]) -> Figure:
    most, finished, lost, errors = counts
    turns = max(answers.values(), key=lambda spread: spread["count"])  # by far the most are turns of callers
    longest = max(spread["max"] for spread in answers.values())
    limit = MOST_MS if place.db == "postgresql" else None
    return Figure(
        name="hundred_calls",
        db=place.db,
        n=round(sum(spread["count"] for spread in answers.values())),
        value=longest,
        unit=f"ms, the longest answer; {most} calls at once, {finished} intakes, {lost} tickets lost, {errors} errors",
        limit=limit,
        ok=not lost and not errors and (limit is None or longest <= limit),
        p50_ms=turns["p50"],
        p99_ms=turns["p99"],
    )


def play(callers: list[Caller], network: RemoteNetwork, house: House, seconds: float) -> int:
    """Let everyone call until the time is over; return how many calls there were at once at the most."""
    until, most = time.monotonic() + seconds, 0
    beginning = house.now()
    while time.monotonic() < until:
        network.refresh()
        now = (house.now() - beginning) / timedelta(seconds=1)
        for caller in callers:
            try:
                caller.act(now)
            except (ControlError, ValueError):
                continue  # the line was faster: the next look shows how it stands
        most = max(most, sum(1 for caller in callers if caller.phone and not caller.phone.known_to_be_over))
        time.sleep(LOOK_EVERY_SECONDS)
    network.refresh()
    for caller in callers:
        caller.leave()
    time.sleep(SETTLE_SECONDS)
    return most


def tickets_lost(house: House, callers: list[Caller]) -> int:
    """Count the callers who finished the intake and have no ticket; two of one call would raise as it is read."""
    finished = [CallId(sid) for caller in callers for sid in caller.through]
    if not finished:
        raise BenchError("nobody came to the end of the intake")
    with house.store.reading() as work:
        return sum(1 for call_id in finished if work.tickets.of_call(call_id) is None)
