"""The plan for one caller: which desks may help, in which order, when each opens, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.model import POOL, Desk, DeskId, Directory, RoutingSettings, center_desk, institute_desk
from ivr.intake import Category, Intake
from routing.opening_hours import is_open
from routing.reason import Reason, Verdict

INSTITUTE_SERVICES = frozenset(
    {
        Category.TECHNICAL_DIFFICULTY,
        Category.DATABASE_ACCESS,
        Category.PERSONNEL_EXCHANGE,
        Category.TECHNOLOGY_TRANSFER,
    }
)
CLOSED = "closed"
UNSTAFFED = "unstaffed"


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


def plan_route(intake: Intake, directory: Directory, signed_in: Mapping[DeskId, int], at: datetime) -> Route:
    """Plan the tiers: the institute desk whose field fits, the region's center, its backup, then all centers.

    `signed_in` counts the agents available or busy at each desk. The first tier that is open and staffed opens at
    once; each later one when the caller has waited as long as that first desk's settings say.
    """
    reasons: list[Reason] = []
    tiers: list[Tier] = []
    first: RoutingSettings | None = None
    able = 0
    for number, (desk_id, why) in enumerate(_desks_in_order(intake, directory, reasons), start=1):
        desk = directory.desks[desk_id]
        skipped, passed_over = _passed_over(desk, directory, signed_in, at)
        if skipped:
            tiers.append(Tier((desk_id,), None, skipped))
            reasons.append(Reason(number, desk_id, skipped, Verdict.SKIPPED, f"{desk.name_ko}: {passed_over}"))
            continue
        able += 1
        first = first or directory.routing[desk_id]
        after = first.opens_after(able)
        tiers.append(Tier((desk_id,), after, None))
        opens = "바로" if after == 0 else f"{after}초 뒤"
        reasons.append(Reason(number, desk_id, why.rule, why.verdict, f"{why.text} {opens} 엽니다."))
    return Route(tuple(tiers), tuple(reasons))


def _desks_in_order(intake: Intake, directory: Directory, reasons: list[Reason]) -> Iterator[tuple[DeskId, Reason]]:
    """Yield each desk of the route once, with why it is there; what is ruled out goes straight to the reasons."""
    institute = _institute_desk(intake, directory, reasons)
    if institute:
        yield institute
    center = directory.center_for(intake.region)
    if intake.region is None:
        rule, text = "main_center", f"지역을 알 수 없어 중앙 센터인 {center.name_ko}로 정했습니다."
    else:
        region = directory.regions[intake.region]
        rule, text = "region", f"{region.name_ko}를 맡는 {center.name_ko}입니다."
    home = center_desk(center.code)
    yield home, Reason(None, home, rule, Verdict.CANDIDATE, text)
    backup = directory.centers[center.backup]
    desk = center_desk(backup.code)
    yield desk, Reason(None, desk, "backup", Verdict.CANDIDATE, f"{center.name_ko}의 예비 센터 {backup.name_ko}입니다.")
    yield POOL, Reason(None, POOL, "pool", Verdict.CANDIDATE, "전국 모든 센터의 상담원입니다.")


def _institute_desk(intake: Intake, directory: Directory, reasons: list[Reason]) -> tuple[DeskId, Reason] | None:
    if intake.category not in INSTITUTE_SERVICES:
        return None
    if not intake.institutes:
        reasons.append(
            Reason(
                None, "institute", "field_unknown", Verdict.SKIPPED, "맞는 연구기관을 알 수 없어 센터가 먼저 받습니다."
            )
        )
        return None
    institute = directory.institutes[intake.institutes[0]]
    desk = institute_desk(institute.code)
    if intake.consent is not True:  # never without a clear yes: it is another legal entity
        told = "동의하지 않아" if intake.consent is False else "동의를 받지 못해"
        text = f"문의 내용 전달에 {told} {institute.spoken_name}에 연결하지 않습니다."
        reasons.append(Reason(None, desk, "no_consent", Verdict.REFUSED, text))
        return None
    return desk, Reason(None, desk, "field_fits", Verdict.CANDIDATE, f"문의 분야가 {institute.spoken_name}에 맞습니다.")


def _passed_over(
    desk: Desk, directory: Directory, signed_in: Mapping[DeskId, int], at: datetime
) -> tuple[str | None, str]:
    hours = is_open(desk, at, directory.hours_overrides)
    if not hours.open:
        return CLOSED, f"지금은 열지 않습니다: {_in_korean(hours.rule)}."
    if not signed_in.get(desk.id):
        return UNSTAFFED, "근무 중인 상담원이 없습니다."
    return None, ""


def _in_korean(rule: str) -> str:
    """Return the rule of opening hours as a counselor reads it; a holiday's and an override's own words are kept."""
    words = {"outside weekly hours": "상담 시간이 아님", "lunch": "점심시간"}
    return words.get(rule, rule.removeprefix("holiday ").removeprefix("override "))
