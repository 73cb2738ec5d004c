"""The directory as one frozen value: who can help, where they sit and when they are there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import NewType

RegionCode = NewType("RegionCode", str)  # ISO 3166-2, such as KR-41
CenterCode = NewType("CenterCode", str)  # ICG
InstituteCode = NewType("InstituteCode", str)  # KITECH
DeskId = NewType("DeskId", str)  # center:ICG, institute:KITECH or pool
AgentId = NewType("AgentId", str)  # letters, digits and _ only: it is also the browser station's identity

POOL = DeskId("pool")  # every center's agents together


def center_desk(center: CenterCode) -> DeskId:
    return DeskId(f"center:{center}")


def institute_desk(institute: InstituteCode) -> DeskId:
    return DeskId(f"institute:{institute}")


@dataclass(frozen=True)
class Region:
    """One of the 17 provinces and metropolitan cities."""

    code: RegionCode
    name_ko: str
    name_en: str
    short_ko: str  # as people say it: 경기, 서울
    area_codes: tuple[str, ...]
    adjacent: tuple[RegionCode, ...]
    aliases: tuple[str, ...]
    fallback: RegionCode | None


@dataclass(frozen=True)
class Place:
    """A city, county, district or industrial complex as callers name it."""

    name_ko: str
    region: RegionCode
    kind: str
    spoken_forms: tuple[str, ...]
    ambiguous_with: tuple[RegionCode, ...]
    area_code_exception: str | None
    needs_context: bool  # the word means something else too: believe it only beside another sign of place


@dataclass(frozen=True)
class Center:
    """A regional counseling center."""

    code: CenterCode
    name_ko: str
    name_en: str
    host_institute: InstituteCode
    city_ko: str
    covers: tuple[RegionCode, ...]
    backup: CenterCode


@dataclass(frozen=True)
class Institute:
    """A government research institute with its desk for small companies."""

    code: InstituteCode
    name_ko: str
    name_en: str
    current_name_ko: str | None
    fields_ko: tuple[str, ...]
    fields_en: tuple[str, ...]
    spoken_aliases: tuple[str, ...]

    @property
    def spoken_name(self) -> str:
        """The name in force today, as it is said to a caller."""
        return self.current_name_ko or self.name_ko


@dataclass(frozen=True)
class OpenSpan:
    """Hours on one weekday (Monday is 0), in Korean time."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class HoursOverride:
    """The operator's word for one day, above holidays and weekly hours; without times the day is closed."""

    day: date
    desk: DeskId | None  # None: every desk
    opens: time | None
    closes: time | None
    reason: str


@dataclass(frozen=True)
class Desk:
    """Where calls are routed."""

    id: DeskId
    name_ko: str
    name_en: str
    hours: tuple[OpenSpan, ...]
    ring_seconds: int
    wrap_up_seconds: int


class Strategy(StrEnum):
    """Who is asked first among the agents of one level at a desk."""

    LONGEST_IDLE = "longest_idle"
    FEWEST_CALLS = "fewest_calls"  # answered since they signed in, at every desk together
    ROUND_ROBIN = "round_robin"  # the next in the order of staff.csv after whom the desk asked last
    LINEAR = "linear"  # always in the order of staff.csv
    RANDOM = "random"  # drawn anew for each caller, and the same whenever it is drawn again
    BY_LEVEL = "by_level"  # the level alone, and then the id


@dataclass(frozen=True)
class RoutingSettings:
    """How a desk shares out its callers and its agents."""

    strategy: Strategy = Strategy.LONGEST_IDLE
    reserve: int = 0  # idle agents kept for the desk's own callers while another desk's tier has not opened
    own_seconds: int = 0  # by which callers whose route begins here stand before those whom other desks send
    tier_seconds: tuple[int, ...] = (15, 18)  # of a route that begins here: when its second, third ... tier opens

    def opens_after(self, tier: int) -> int:
        """Return the seconds a caller waits for a tier: none for the first, and the last named for all after it."""
        return self.tier_seconds[min(tier - 2, len(self.tier_seconds) - 1)] if tier > 1 else 0


@dataclass(frozen=True)
class Seat:
    """A desk an agent serves; level 1 is asked before level 2."""

    desk: DeskId
    level: int


@dataclass(frozen=True)
class StaffMember:
    """A person who answers calls."""

    id: AgentId
    name_ko: str
    seats: tuple[Seat, ...]
    skills: Mapping[str, int] = field(default_factory=dict)  # proficiency from 1 to 5; a language is one too: lang_en
    position: int = 0  # in the order of staff.csv


@dataclass(frozen=True)
class Directory:
    """Everything the line knows of the outside, under one version that each decision names."""

    version: str
    regions: Mapping[RegionCode, Region]
    centers: Mapping[CenterCode, Center]
    institutes: Mapping[InstituteCode, Institute]
    places: tuple[Place, ...]
    desks: Mapping[DeskId, Desk]
    routing: Mapping[DeskId, RoutingSettings]
    staff: Mapping[AgentId, StaffMember]
    hours_overrides: tuple[HoursOverride, ...]
    sister_lines: Mapping[str, str]  # number as dialed -> what it is, Korean
    main_center: CenterCode  # takes the caller whose region nobody knows

    @property
    def region_by_area_code(self) -> Mapping[str, RegionCode]:
        """Return the region each area code belongs to, for reading a caller's number."""
        return {area_code: region.code for region in self.regions.values() for area_code in region.area_codes}

    def center_for(self, region: RegionCode | None) -> Center:
        """Return the center that serves a region; an unknown region belongs to the main center."""
        for center in self.centers.values():
            if region in center.covers:
                return center
        return self.centers[self.main_center]
