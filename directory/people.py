"""The people of the house, and the rules for those who answer calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from directory.codes import AgentId, DeskId


class Role(StrEnum):
    """What somebody is to the line; what each may do stands in agents/rights.py."""

    COUNSELOR = "counselor"  # sits at a center
    INSTITUTE = "institute"  # sits at an institute's desk
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"  # runs the line
    MINISTRY = "ministry"  # reads what came of it


@dataclass(frozen=True)
class Officer:
    """A person of the house who takes no calls."""

    id: AgentId
    name_ko: str
    role: Role
    desks: frozenset[DeskId]  # whose supervisor they are


@dataclass(frozen=True)
class Person:
    """Somebody who acts: who they are to the line, and at which desks."""

    id: AgentId
    role: Role
    desks: frozenset[DeskId]


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

    @property
    def role(self) -> Role:
        return Role.INSTITUTE if self.home.startswith("institute:") else Role.COUNSELOR


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


def masked_address(address: str) -> str:
    """Return an address as logs and records may show it: i***@icg.example."""
    name, _, host = address.partition("@")
    return f"{name[:1]}***@{host}"
