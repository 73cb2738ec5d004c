"""Days made up: calls by population over the day, busy days among quiet ones, talks and patience by their laws.

Every day is drawn from its own seed, so that all routers meet the same callers with the same talks and patience.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from directory.model import (
    POOL,
    AgentId,
    CenterCode,
    DeskId,
    Directory,
    InstituteCode,
    RegionCode,
    Seat,
    StaffMember,
    center_desk,
    institute_desk,
)
from routing.engine import Entry
from whatif.day import Caller, Day, Ringing, Shift

OPENS_AT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)  # nine o'clock in Korea
HOURLY = (
    0.74,
    1.195,
    1.26,
    1.065,
    0.675,
    0.935,
    1.195,
    1.13,
    0.805,
)  # of each hour against the mean, from nine
HOUR = 3600.0
DAY_SECONDS = HOUR * len(HOURLY)
Route = tuple[tuple[DeskId, ...], ...]
INHABITANTS = {  # thousands, by province: who calls is taken to follow where people live
    "KR-11": 9330, "KR-26": 3270, "KR-27": 2360, "KR-28": 3020, "KR-29": 1410, "KR-30": 1440, "KR-31": 1100,
    "KR-41": 13690, "KR-42": 1520, "KR-43": 1590, "KR-44": 2140, "KR-45": 1740, "KR-46": 1790, "KR-47": 2530,
    "KR-48": 3230, "KR-49": 670, "KR-50": 390,
}  # fmt: skip


@dataclass(frozen=True)
class Demand:
    """What days are drawn from."""

    load: float  # work offered on a mean day, of what all agents together can do
    seed: int = 1
    center_share: float = 0.3  # callers whose route begins at a center; the others ask for an institute
    second_share: float = 0.5  # of those, whose matter fits a second institute, which is asked before the center
    handle_seconds: float = 360
    handle_spread: float = 1.0  # standard deviation of a talk over its mean; lognormal
    patience_seconds: float = 240
    patience_shape: float = 1.0  # Weibull; 1 is exponential
    busy_day_spread: float = 0.05  # standard deviation of a day's calls over the mean, beyond chance
    unanswered: float = 0.0  # offers that ring out
    ringing: Ringing = field(default_factory=Ringing)


BANK = {"handle_seconds": 200.0, "handle_spread": 1.24, "patience_seconds": 120.0}  # short talks of wide spread, haste


def days(demand: Demand, directory: Directory, count: int) -> Iterator[Day]:
    """Draw days, each the same whenever it is drawn."""
    return (draw_day(demand, directory, number) for number in range(count))


def draw_day(demand: Demand, directory: Directory, number: int) -> Day:
    """Draw the day of that number."""
    chance = random.Random(f"{demand.seed} {number}")  # noqa: S311 (a play, no secret)
    shape = 1 / demand.busy_day_spread**2 if demand.busy_day_spread else 0
    busy = chance.gammavariate(shape, 1 / shape) if shape else 1.0
    rate = demand.load * len(directory.staff) / demand.handle_seconds * busy
    places = _Places(directory, demand.center_share, demand.second_share)
    callers = tuple(
        _caller(demand, number, OPENS_AT + timedelta(seconds=at), places.draw(chance), chance)
        for number, at in enumerate(_arrivals(rate, chance), start=1)
    )
    ends = OPENS_AT + timedelta(seconds=DAY_SECONDS)
    shifts = tuple(Shift(agent, OPENS_AT, ends) for agent in directory.staff)
    return Day(callers, shifts, homes_of(directory), demand.ringing)


def staffed(directory: Directory, staffing: str) -> Directory:
    """Return the directory with its center agents spread by population (prop), or as many at each center (flat)."""
    centers = list(directory.centers.values())
    people = [member for member in directory.staff.values() if any(s.desk.startswith("center:") for s in member.seats)]
    counts = _by_population(directory, len(people)) if staffing == "prop" else _evenly(directory, len(people))
    seats = [code for center in centers for code in [center.code] * counts[center.code]]
    moved = {
        member.id: replace(member, seats=(Seat(center_desk(code), 1), Seat(POOL, 1)))
        for member, code in zip(people, seats, strict=True)
    }
    return replace(directory, staff={**directory.staff, **moved})


def homes_of(directory: Directory) -> Mapping[AgentId, DeskId]:
    """Return the desk each agent belongs to: the first of their best level that is not the pool."""
    return {member.id: _home(member) for member in directory.staff.values()}


def _home(member: StaffMember) -> DeskId:
    own = [seat for seat in member.seats if seat.desk != POOL]
    return min(own or member.seats, key=lambda seat: seat.level).desk


def _evenly(directory: Directory, people: int) -> Mapping[CenterCode, int]:
    codes = list(directory.centers)
    return {code: people // len(codes) + (number < people % len(codes)) for number, code in enumerate(codes)}


def _by_population(directory: Directory, people: int) -> Mapping[CenterCode, int]:
    """Share out agents by largest remainder, at least one a center."""
    shares = {c.code: sum(INHABITANTS.get(region, 0) for region in c.covers) for c in directory.centers.values()}
    left, total = people - len(shares), sum(shares.values())
    exact = {code: max(people * share / total - 1, 0) for code, share in shares.items()}
    exact = {code: value * left / sum(exact.values()) for code, value in exact.items()}
    counts = {code: int(value) for code, value in exact.items()}
    for code in sorted(exact, key=lambda code: counts[code] - exact[code])[: left - sum(counts.values())]:
        counts[code] += 1
    return {code: 1 + count for code, count in counts.items()}


def _arrivals(rate: float, chance: random.Random) -> Iterator[float]:
    """Yield the seconds of a day at which calls come: a Poisson process whose rate changes by the hour."""
    mean = sum(HOURLY) / len(HOURLY)
    for hour, weight in enumerate(HOURLY):
        at = hour * HOUR + chance.expovariate(rate * weight / mean)
        while at < (hour + 1) * HOUR:
            yield at
            at += chance.expovariate(rate * weight / mean)


def _caller(
    demand: Demand,
    number: int,
    at: datetime,
    place: tuple[RegionCode, Route],
    chance: random.Random,
) -> Caller:
    region, tiers = place
    spread = math.sqrt(math.log1p(demand.handle_spread**2))
    handle = chance.lognormvariate(math.log(demand.handle_seconds) - spread**2 / 2, spread)
    scale = demand.patience_seconds / math.gamma(1 + 1 / demand.patience_shape)
    patience = chance.weibullvariate(scale, demand.patience_shape)
    unanswered = tuple(chance.random() < demand.unanswered for _ in range(3)) if demand.unanswered else ()
    return Caller(Entry(number, at, tiers), region, handle, patience, unanswered)


class _Places:
    """Where callers are from and which route that gives them: by population, and by the size of institutes' desks."""

    def __init__(self, directory: Directory, center_share: float, second_share: float) -> None:
        self._directory = directory
        self._regions = list(directory.regions)
        self._weights = [INHABITANTS.get(region, 0) for region in self._regions]
        self._institutes: Sequence[InstituteCode] = list(directory.institutes)
        homes = list(homes_of(directory).values())
        self._staff = [homes.count(institute_desk(code)) for code in self._institutes]
        self._center_share = center_share if any(self._staff) else 1.0
        self._second_share = second_share

    def draw(self, chance: random.Random) -> tuple[RegionCode, Route]:
        region = chance.choices(self._regions, self._weights)[0]
        center = self._directory.center_for(region)
        tiers = [center_desk(center.code), center_desk(center.backup), POOL]
        if chance.random() >= self._center_share:
            tiers = [*self._institutes_that_fit(chance), *tiers]
        return region, tuple((desk,) for desk in tiers)

    def _institutes_that_fit(self, chance: random.Random) -> Iterator[DeskId]:
        """Yield the desk of one institute, and for some callers that of another."""
        first, second = chance.choices(self._institutes, self._staff, k=2)
        yield institute_desk(first)
        if second != first and chance.random() < self._second_share:
            yield institute_desk(second)
