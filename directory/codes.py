"""What everything of the directory is called by: codes, and the names of desks made of them."""

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
