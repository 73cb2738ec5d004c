"""The plan for one caller: which desks may help, in which order, when each opens, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.model import (
    POOL,
    AgentId,
    Center,
    DeskId,
    Directory,
    InstituteCode,
    RoutingSettings,
    agent_desk,
    center_desk,
    institute_desk,
)
from ivr.intake import Category, Intake
from records.korean_time import KOREA
from routing import route_words as words
from routing.reason import Reason
from routing.ring_windows import may_be_rung
from routing.route_words import Words, candidate, names_of

INSTITUTE_SERVICES = frozenset(
    {
        Category.TECHNICAL_DIFFICULTY,
        Category.DATABASE_ACCESS,
        Category.PERSONNEL_EXCHANGE,
        Category.TECHNOLOGY_TRANSFER,
    }
)
MOST_INSTITUTES = 2  # asked one after the other, the best first
CLOSED = "closed"
UNSTAFFED = "unstaffed"
CALLBACK = "callback"


@dataclass(frozen=True)
class History:
    """What the line knows of the caller from before."""

    counselor: AgentId | None = None  # of the open ticket, or asked for by the caller
    asked_for: bool = False
    counselor_is_free: bool = True
    do_not_route: frozenset[InstituteCode] = frozenset()  # institutes that never receive this company


@dataclass(frozen=True)
class Tier:
    """Desks that open together; a skipped tier costs no time and opens when its reason passes."""

    desks: tuple[DeskId, ...]
    opens_after_seconds: int | None  # None: skipped
    skipped: str | None  # closed or unstaffed


@dataclass(frozen=True)
class Route:
    tiers: tuple[Tier, ...]
    reasons: tuple[Reason, ...]
    referred_to: tuple[DeskId, ...] = ()  # institutes that fit and are closed: another desk takes the call for them

    @property
    def is_closed(self) -> bool:
        """Say whether every desk of the route is out of its hours."""
        return all(tier.skipped == CLOSED for tier in self.tiers)

    @property
    def is_unstaffed(self) -> bool:
        """Say whether nobody on the whole route could take the call now."""
        return all(tier.skipped for tier in self.tiers)

    @property
    def first_desk(self) -> DeskId:
        """The desk the case belongs to: the first that may take it, else the first of the plan."""
        for tier in self.tiers:
            if not tier.skipped:
                return tier.desks[0]
        return self.tiers[0].desks[0]


@dataclass(frozen=True)
class _Stop:
    """A desk on the way, with why it is there. `alone`: later desks wait their seconds for it."""

    desk: DeskId
    why: Reason
    alone: bool = True


def plan_route(
    intake: Intake,
    directory: Directory,
    signed_in: Mapping[DeskId, int],
    at: datetime,
    history: History = History(),
) -> Route:
    """Plan the tiers: the caller's counselor, the institute desks whose fields fit, the region's center, its backup,
    then all centers; after them comes a callback.

    `signed_in` counts the agents available or busy at each desk, a person's own among them. The first tier that is
    open and staffed opens at once; each later one when the caller has waited as long as that first desk's settings
    say. While an institute desk cannot be asked, its deputies stand in.
    """
    planner = _Planner(intake, directory, signed_in, at, history, [])
    tiers: list[Tier] = []
    referred: list[DeskId] = []
    first: RoutingSettings | None = None
    able = 0
    for number, stop in enumerate(planner.stops(), start=1):
        over = planner.passed_over(stop.desk)
        if over:
            skipped, why = over
            tiers.append(Tier((stop.desk,), None, skipped))
            planner.reasons.append(words.skipped(number, stop.desk, skipped, names_of(directory, stop.desk), why))
            if skipped == CLOSED and stop.why.rule == "field_fits":
                referred.append(stop.desk)
            continue
        first = first or directory.routing[directory.home_of(stop.desk)]
        after = first.opens_after(able + 1)
        able += stop.alone
        tiers.append(Tier((stop.desk,), after, None))
        planner.reasons.append(words.opens(stop.why, number, after))
    return Route(tuple(tiers), tuple(planner.reasons), tuple(referred))


@dataclass(frozen=True)
class _Planner:
    intake: Intake
    directory: Directory
    signed_in: Mapping[DeskId, int]
    at: datetime
    history: History
    reasons: list[Reason]  # what is ruled out goes straight here

    def stops(self) -> Iterator[_Stop]:
        """Yield each desk of the route once, with why it is there."""
        seen: set[DeskId] = set()
        for stop in (*self._counselor(), *self._institutes(), *self._centers()):
            if stop.desk not in seen:
                seen.add(stop.desk)
                yield stop

    def passed_over(self, desk_id: DeskId) -> tuple[str, Words] | None:
        """Return the rule by which a desk cannot take the call now, and its words; None when it can."""
        desk, calendar = self.directory.desk(desk_id), self.directory.calendar(desk_id)
        hours = may_be_rung(desk, calendar, self.at, self.directory.hours_overrides)
        if not hours.open:
            return CLOSED, words.closed_by(hours.rule)
        return None if self.signed_in.get(desk_id) else (UNSTAFFED, words.UNSTAFFED_WORDS)

    def _counselor(self) -> Iterator[_Stop]:
        agent = self.history.counselor
        if agent is None:
            return
        desk = agent_desk(agent)
        member = self.directory.staff.get(agent)
        if member is None:
            self.reasons.append(words.left_the_staff(desk, agent))
        elif not self._is_barred(member.home):
            asked, is_free = self.history.asked_for, self.history.counselor_is_free
            why = words.counselor(names_of(self.directory, desk), asked_for=asked, is_free=is_free)
            yield _Stop(desk, candidate(desk, "asked_for" if asked else "last_counselor", why), alone=is_free)

    def _institutes(self) -> Iterator[_Stop]:
        if self.intake.category not in INSTITUTE_SERVICES:
            return
        if not self.intake.institutes:
            self.reasons.append(words.FIELD_UNKNOWN)
        for rank, code in enumerate(self.intake.institutes[:MOST_INSTITUTES], start=1):
            yield from self._institute(code, rank)

    def _institute(self, code: InstituteCode, rank: int) -> Iterator[_Stop]:
        institute, desk = self.directory.institutes[code], institute_desk(code)
        if self.intake.consent is not True:  # never without a clear yes: it is another legal entity
            self.reasons.append(words.no_consent(desk, institute, self.intake.consent))
            return
        if self._is_barred(desk):
            return
        yield _Stop(desk, candidate(desk, "field_fits", words.field_fits(institute, rank)))
        for deputy in self.directory.calendar(desk).deputies if self.passed_over(desk) else ():
            if not self._is_barred(self.directory.home_of(deputy)):
                why = words.deputy(institute, names_of(self.directory, deputy))
                yield _Stop(deputy, candidate(deputy, "deputy", why))

    def _centers(self) -> Iterator[_Stop]:
        center = self.directory.center_for(self.intake.region, self.at.astimezone(KOREA).date())
        home, names = center_desk(center.code), (center.name_ko, center.name_en)
        yield _Stop(home, self._why_center(center, names))
        second = self.directory.centers[center.backup]
        desk = center_desk(second.code)
        yield _Stop(desk, candidate(desk, "backup", words.backup(names, (second.name_ko, second.name_en))))
        yield _Stop(POOL, candidate(POOL, "pool", words.POOL_WORDS))

    def _why_center(self, center: Center, names: Words) -> Reason:
        desk = center_desk(center.code)
        if self.intake.region is None:
            return candidate(desk, "main_center", words.main_center(names))
        region = self.directory.regions[self.intake.region]
        region_names = region.name_ko, region.name_en
        if region.code in center.covers:
            return candidate(desk, "region", words.region(region_names, names))
        return candidate(desk, "center_not_open_yet", words.not_open_yet(region_names, names))

    def _is_barred(self, desk: DeskId) -> bool:
        """Say whether the company is never sent to this institute; why not stands beside the list, not here."""
        is_barred = desk in {institute_desk(code) for code in self.history.do_not_route}
        if is_barred:
            self.reasons.append(words.barred(desk, names_of(self.directory, desk)))
        return is_barred
