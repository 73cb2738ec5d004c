"""Who may do what: one table of roles and acts. Whatever stands in no row may not be done."""

from collections.abc import Mapping
from enum import StrEnum

from directory.codes import AgentId, DeskId
from directory.people import Person, Role


class Act(StrEnum):
    """What somebody does about the line, in words that follow "may"."""

    WORK_ON_CASE = "work on a case"
    SPEAK_FOR_INSTITUTE = "attach an institute's answer"
    HAND_ON_WORN_CASE = "hand over a case that was handed over as often as it may be"
    HEAR_RECORDING = "hear a recording"
    KEEP_COMPANY = "change a company's record"
    CANCEL_CALLBACK = "give up a callback"
    CHANGE_PRIORITY = "change a waiting caller's priority"
    ANNOUNCE = "tell every caller something"


class Reach(StrEnum):
    OWN = "own"  # their own cases, and those of the desks they sit at
    ALL = "all"


MAY: Mapping[Role, Mapping[Act, Reach]] = {
    Role.COUNSELOR: {
        Act.WORK_ON_CASE: Reach.ALL,  # a company is helped by whoever it reaches
        Act.SPEAK_FOR_INSTITUTE: Reach.ALL,  # who is told an answer by telephone
        Act.HEAR_RECORDING: Reach.OWN,
        Act.KEEP_COMPANY: Reach.ALL,
        Act.CANCEL_CALLBACK: Reach.ALL,
    },
    Role.INSTITUTE: {  # another legal entity: it learns of no case but those it owns or is asked about
        Act.WORK_ON_CASE: Reach.OWN,
        Act.SPEAK_FOR_INSTITUTE: Reach.OWN,
        Act.HEAR_RECORDING: Reach.OWN,
        Act.CANCEL_CALLBACK: Reach.OWN,
    },
    Role.SUPERVISOR: dict.fromkeys(Act, Reach.ALL),
    Role.OPERATOR: {Act.ANNOUNCE: Reach.ALL},
    Role.MINISTRY: {},
}


class NotAllowed(Exception):
    """Somebody may not do this; the message says who may."""


def require(
    by: AgentId, person: Person | None, act: Act, *, desk: DeskId | None = None, owner: AgentId | None = None
) -> None:
    """Let a person pass who may do this, where it is about a case of this desk and owner; else raise NotAllowed."""
    if person is None:
        raise NotAllowed(f'"{by}" is not on the staff (directory/data/staff.csv, officers.csv)')
    reach = MAY[person.role].get(act)
    if reach is None:
        able = ", ".join(role for role, acts in MAY.items() if act in acts)
        raise NotAllowed(f"{by} is of role {person.role} and may not {act} (expected {able})")
    if reach is Reach.OWN and owner != by and desk not in person.desks:
        whose = f"that of {owner or 'nobody'} at {desk or 'no desk'}"
        raise NotAllowed(f"{by} may {act} of their own or of {', '.join(sorted(person.desks))} alone: this is {whose}")
