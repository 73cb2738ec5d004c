"""The plan for one caller: which desks may help, in which order, when each opens, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.model import (
    POOL,
    AgentId,
    DeskId,
    Directory,
    InstituteCode,
    agent_desk,
    center_desk,
    institute_desk,
)
from ivr.intake import Category, Intake
from records.korean_time import KOREA
from routing.reason import Reason, Verdict
from routing.ring_windows import may_be_rung

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
    open and staffed opens at once; each later one after the earlier desks had the caller to themselves for
    `open_next_after_seconds`. While an institute desk cannot be asked, its deputies stand in.
    """
    planner = _Planner(intake, directory, signed_in, at, history, [])
    tiers: list[Tier] = []
    referred: list[DeskId] = []
    after = 0
    for number, stop in enumerate(planner.stops(), start=1):
        skipped, passed_over = planner.passed_over(stop.desk)
        name = directory.desk(stop.desk).name_ko
        if skipped:
            tiers.append(Tier((stop.desk,), None, skipped))
            planner.reasons.append(Reason(number, stop.desk, skipped, Verdict.SKIPPED, f"{name}: {passed_over}"))
            if skipped == CLOSED and stop.why.rule == "field_fits":
                referred.append(stop.desk)
            continue
        tiers.append(Tier((stop.desk,), after, None))
        opens = "바로" if after == 0 else f"{after}초 뒤"
        text = f"{stop.why.text} {opens} 엽니다."
        planner.reasons.append(Reason(number, stop.desk, stop.why.rule, stop.why.verdict, text))
        after += directory.desk(stop.desk).open_next_after_seconds if stop.alone else 0
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

    def passed_over(self, desk_id: DeskId) -> tuple[str | None, str]:
        """Return the rule by which a desk cannot take the call now, and its words; None when it can."""
        desk, calendar = self.directory.desk(desk_id), self.directory.calendar(desk_id)
        hours = may_be_rung(desk, calendar, self.at, self.directory.hours_overrides)
        if not hours.open:
            return CLOSED, f"지금은 열지 않습니다: {_in_korean(hours.rule)}."
        if not self.signed_in.get(desk_id):
            return UNSTAFFED, "근무 중인 상담원이 없습니다."
        return None, ""

    def _counselor(self) -> Iterator[_Stop]:
        agent = self.history.counselor
        if agent is None:
            return
        desk = agent_desk(agent)
        member = self.directory.staff.get(agent)
        if member is None:
            text = f"전에 상담한 {agent} 상담원은 이제 명단에 없습니다."
            self.reasons.append(Reason(None, desk, "left_the_staff", Verdict.SKIPPED, text))
            return
        if self._is_barred(member.home):
            return
        rule, told = ("asked_for", "고객이 찾은") if self.history.asked_for else ("last_counselor", "이 건을 맡고 있는")
        text = f"{told} {member.name_ko}입니다."
        if not self.history.counselor_is_free:
            text += " 지금은 다른 일을 하고 있어 다음 창구도 함께 엽니다."
        yield _Stop(desk, Reason(None, desk, rule, Verdict.CANDIDATE, text), alone=self.history.counselor_is_free)

    def _institutes(self) -> Iterator[_Stop]:
        if self.intake.category not in INSTITUTE_SERVICES:
            return
        if not self.intake.institutes:
            text = "맞는 연구기관을 알 수 없어 센터가 먼저 받습니다."
            self.reasons.append(Reason(None, "institute", "field_unknown", Verdict.SKIPPED, text))
            return
        for rank, code in enumerate(self.intake.institutes[:MOST_INSTITUTES], start=1):
            yield from self._institute(code, rank)

    def _institute(self, code: InstituteCode, rank: int) -> Iterator[_Stop]:
        institute, desk = self.directory.institutes[code], institute_desk(code)
        if self.intake.consent is not True:  # never without a clear yes: it is another legal entity
            told = "동의하지 않아" if self.intake.consent is False else "동의를 받지 못해"
            text = f"문의 내용 전달에 {told} {institute.spoken_name}에 연결하지 않습니다."
            self.reasons.append(Reason(None, desk, "no_consent", Verdict.REFUSED, text))
            return
        if self._is_barred(desk):
            return
        fits = "문의 분야가" if rank == 1 else f"문의 분야가 {rank}순위로"
        text = f"{fits} {institute.spoken_name}에 맞습니다."
        yield _Stop(desk, Reason(None, desk, "field_fits", Verdict.CANDIDATE, text))
        if self.passed_over(desk)[0]:
            for deputy in self.directory.calendar(desk).deputies:
                if not self._is_barred(self.directory.home_of(deputy)):
                    name = self.directory.desk(deputy).name_ko
                    text = f"{institute.spoken_name}의 대리 창구 {name}입니다."
                    yield _Stop(deputy, Reason(None, deputy, "deputy", Verdict.CANDIDATE, text))

    def _centers(self) -> Iterator[_Stop]:
        region = self.intake.region
        center = self.directory.center_for(region, self.at.astimezone(KOREA).date())
        if region is None:
            rule, text = "main_center", f"지역을 알 수 없어 중앙 센터인 {center.name_ko}로 정했습니다."
        elif region in center.covers:
            rule, text = "region", f"{self.directory.regions[region].name_ko}를 맡는 {center.name_ko}입니다."
        else:
            name = self.directory.regions[region].name_ko
            rule, text = "center_not_open_yet", f"{name}의 센터가 문을 열기 전이라 {center.name_ko}가 맡습니다."
        home = center_desk(center.code)
        yield _Stop(home, Reason(None, home, rule, Verdict.CANDIDATE, text))
        backup = self.directory.centers[center.backup]
        desk = center_desk(backup.code)
        text = f"{center.name_ko}의 예비 센터 {backup.name_ko}입니다."
        yield _Stop(desk, Reason(None, desk, "backup", Verdict.CANDIDATE, text))
        yield _Stop(POOL, Reason(None, POOL, "pool", Verdict.CANDIDATE, "전국 모든 센터의 상담원입니다."))

    def _is_barred(self, desk: DeskId) -> bool:
        """Say whether the company is never sent to this institute; the reason stands beside the list, not here."""
        if desk not in {institute_desk(code) for code in self.history.do_not_route}:
            return False
        text = f"이 회사는 {self.directory.desk(desk).name_ko}에 연결하지 않기로 했습니다."
        self.reasons.append(Reason(None, desk, "do_not_route", Verdict.REFUSED, text))
        return True


def _in_korean(rule: str) -> str:
    """Return the rule of opening hours as a counselor reads it; a holiday's and an override's own words are kept."""
    words = {
        "outside weekly hours": "상담 시간이 아님",
        "lunch": "점심시간",
        "outside ring window": "전화 받는 시간이 아님",
    }
    return words.get(rule, rule.removeprefix("holiday ").removeprefix("override "))
