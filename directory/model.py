"""The directory as one frozen value: who can help, where they sit and when they are there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum
from typing import NewType

RegionCode = NewType("RegionCode", str)  # ISO 3166-2, such as KR-41
CenterCode = NewType("CenterCode", str)  # ICG
InstituteCode = NewType("InstituteCode", str)  # KITECH
DeskId = NewType("DeskId", str)  # center:ICG, institute:KITECH or pool
AgentId = NewType("AgentId", str)  # letters, digits and _ only: it is also the browser station's identity

POOL = DeskId("pool")  # every center's agents together
AGENT_DESK = "agent:"


def center_desk(center: CenterCode) -> DeskId:
    return DeskId(f"center:{center}")


def institute_desk(institute: InstituteCode) -> DeskId:
    return DeskId(f"institute:{institute}")


def agent_desk(agent: AgentId) -> DeskId:
    """Return the desk of one person, where callers stand who asked for them."""
    return DeskId(f"{AGENT_DESK}{agent}")


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


class Sound(StrEnum):
    """What is heard between the words of a wait."""

    MUSIC = "music"
    TONE = "tone"


class AfterLongestWait(StrEnum):
    """What becomes of a caller who has waited as long as anybody should."""

    CALLBACK = "callback"
    MESSAGE = "message"
    BACKUP = "backup"  # one more desk opens to them
    STAY = "stay"


class DialsFirst(StrEnum):
    """Who is called first when a callback's turn has come."""

    AGENT = "agent"  # the customer's telephone rings when somebody is there for them
    CUSTOMER = "customer"  # an agent is reserved, and bothered only when the customer is there


@dataclass(frozen=True)
class Waiting:
    """How a desk's callers wait, and how they are called back."""

    sound: Sound
    says_position: bool
    says_estimate: bool
    full_per_agent: int | None  # callers waiting for each agent signed in, from which on the line counts as full
    full_callers: int | None  # the same, however many agents there are
    offers_callback: bool  # key 1
    takes_messages: bool  # key 2
    offer_after_seconds: int
    offer_every_seconds: int  # 0: once
    longest_wait_seconds: int
    then: AfterLongestWait
    backup_desk: DeskId | None
    shown_number: str  # one of the line's own numbers, as it is dialed
    dials_first: DialsFirst
    attempts: int
    retry_seconds: tuple[int, ...]  # after the first attempt, the second ...; the last of them from then on


@dataclass(frozen=True)
class OwnLine:
    """A number the operator holds: the only ones a telephone we call may show."""

    number: str  # as it is dialed: 0809988114
    shown_as: str  # as the carrier is told to show it: +82809988114
    name_ko: str


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
    answer_within_seconds: int = 20  # the promise to callers whose route begins here
    gives_way_seconds: int = 0  # by which one who has waited past it stands back for those who can still be in time

    def opens_after(self, tier: int) -> int:
        """Return the seconds a caller waits for a tier: none for the first, and the last named for all after it."""
        return self.tier_seconds[min(tier - 2, len(self.tier_seconds) - 1)] if tier > 1 else 0


@dataclass(frozen=True)
class DeskCalendar:
    """When a desk may be rung within its hours, and what happens when it may not."""

    ring_windows: tuple[OpenSpan, ...]  # none: whenever the desk is open
    deputies: tuple[DeskId, ...]  # who stands in, in this order, while the desk cannot be asked
    serves_after_closing_minutes: int  # callers who wait when the desk closes are served for so long
    referral_answer_days: int  # days of the desk's own in which it answers a case that another desk took for it


@dataclass(frozen=True)
class AgentRules:
    """How the agents of a desk are treated; all in seconds but the limit."""

    rest_after: Mapping[str, int]  # what became of an offer -> before the next one
    same_caller_again: int  # an agent who let a caller pass is not offered that caller again before this
    missed_limit: int  # unanswered offers in a row before the agent is put on a break
    wrap_up_extension: int  # what one wish for more time adds
    wrap_up_most: int  # of a wrap-up with all its extensions


@dataclass(frozen=True)
class BreakReason:
    code: str
    name_ko: str
    name_en: str
    chosen_by_person: bool  # else it is the line that puts somebody on this break


@dataclass(frozen=True)
class CenterOpening:
    """The day from which a center serves its regions, and who does before."""

    center: CenterCode
    opens_on: date  # Korean
    before: CenterCode


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

    @property
    def home(self) -> DeskId:
        """The desk this person sits at before any other."""
        return self.seats[0].desk


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
    lines: Mapping[str, OwnLine]  # by number as dialed
    waiting: Mapping[DeskId, Waiting]  # for every desk
    calendars: Mapping[DeskId, DeskCalendar]
    center_openings: Mapping[CenterCode, CenterOpening]
    agent_rules: Mapping[DeskId, AgentRules]
    break_reasons: Mapping[str, BreakReason]

    @property
    def region_by_area_code(self) -> Mapping[str, RegionCode]:
        """Return the region each area code belongs to, for reading a caller's number."""
        return {area_code: region.code for region in self.regions.values() for area_code in region.area_codes}

    def center_for(self, region: RegionCode | None, day: date | None = None) -> Center:
        """Return the center that serves a region, on a Korean day if one is named.

        An unknown region belongs to the main center; a center that has yet to open, to whoever serves before.
        """
        center = next((center for center in self.centers.values() if region in center.covers), None)
        found = center or self.centers[self.main_center]
        while day and (opening := self.center_openings.get(found.code)) and day < opening.opens_on:
            found = self.centers[opening.before]
        return found

    def desk(self, desk: DeskId) -> Desk:
        """Return a desk; that of one person has their name, and all else of the desk they sit at."""
        if not desk.startswith(AGENT_DESK):
            return self.desks[desk]
        member = self.staff[AgentId(desk.removeprefix(AGENT_DESK))]
        return replace(self.desks[member.home], name_ko=member.name_ko, name_en=member.id)

    def home_of(self, desk: DeskId) -> DeskId:
        """Return the desk of an office: for a person's own, the one they sit at."""
        return self.staff[AgentId(desk.removeprefix(AGENT_DESK))].home if desk.startswith(AGENT_DESK) else desk

    def waiting_at(self, desk: DeskId) -> Waiting:
        return self.waiting[self.home_of(desk)]

    def calendar(self, desk: DeskId) -> DeskCalendar:
        return self.calendars[self.home_of(desk)]

    def rules(self, desk: DeskId) -> AgentRules:
        return self.agent_rules[self.home_of(desk)]
