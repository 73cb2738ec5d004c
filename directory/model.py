"""The directory as one frozen value: who can help, where they sit and when they are there.

What it is made of is reached from here too: most of the house knows the directory by this module alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from directory.bodies import Center, CenterOpening, Institute, Place, Region
from directory.codes import (
    AGENT_DESK,
    POOL,
    AgentId,
    CenterCode,
    DeskId,
    InstituteCode,
    RegionCode,
    agent_desk,
    center_desk,
    institute_desk,
)
from directory.desk import Desk, DeskCalendar, HoursOverride, OpenSpan
from directory.people import AgentRules, BreakReason, Officer, Person, Role, Seat, StaffMember
from directory.routing_rules import RoutingSettings, Strategy
from directory.waiting_rules import AfterLongestWait, DialsFirst, OwnLine, Sound, Waiting

__all__ = [
    "AGENT_DESK",
    "POOL",
    "AfterLongestWait",
    "AgentId",
    "AgentRules",
    "BreakReason",
    "Center",
    "CenterCode",
    "CenterOpening",
    "Desk",
    "DeskCalendar",
    "DeskId",
    "DialsFirst",
    "Directory",
    "HoursOverride",
    "Institute",
    "InstituteCode",
    "Officer",
    "OpenSpan",
    "OwnLine",
    "Person",
    "Place",
    "Region",
    "RegionCode",
    "Role",
    "RoutingSettings",
    "Seat",
    "Sound",
    "StaffMember",
    "Strategy",
    "Waiting",
    "agent_desk",
    "center_desk",
    "institute_desk",
]


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
    officers: Mapping[AgentId, Officer]
    addresses: Mapping[str, str]  # of people and of every desk, in writing

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

    def person(self, who: AgentId) -> Person | None:
        """Return somebody of the house, whether they answer calls or not."""
        if member := self.staff.get(who):
            return Person(who, member.role, frozenset(seat.desk for seat in member.seats))
        officer = self.officers.get(who)
        return Person(who, officer.role, officer.desks) if officer else None

    def supervisors_of(self, desk: DeskId) -> tuple[AgentId, ...]:
        """Return who watches a desk: its own supervisors, or else those of all desks; also one that is no more."""
        home = self.home_of(desk) if self.home_of(desk) in self.desks else POOL
        watching = [one for one in self.officers.values() if home in one.desks]
        fewest = min(len(one.desks) for one in watching)
        return tuple(one.id for one in watching if len(one.desks) == fewest)

    def address_of(self, who: AgentId | DeskId) -> str:
        """Return where a person or a desk is written to; a person without an address, at the desk they sit at or watch.

        Who watches several desks, or none, is written to at the pool.
        """
        return self.addresses.get(who) or self.addresses.get(self._desk_that_reads_for(who)) or self.addresses[POOL]

    def _desk_that_reads_for(self, who: AgentId | DeskId) -> DeskId:
        if member := self.staff.get(AgentId(who)):
            return member.home
        if officer := self.officers.get(AgentId(who)):
            return min(officer.desks) if len(officer.desks) == 1 else POOL
        return self.home_of(DeskId(who))
