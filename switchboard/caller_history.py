"""What the line knows of a caller from before, as a route wants it."""

from agents.work_state import WorkState
from calls.telephone_number import TelephoneNumber
from directory.model import AgentId
from routing.route import History
from switchboard.doors import Work
from switchboard.house import House

_FREE = {WorkState.IDLE, WorkState.WRAPPING}


def history_of(house: House, work: Work, number: TelephoneNumber | None, counselor: AgentId | None) -> History:
    """Return the counselor the caller goes to first, if any, and the institutes that never receive their company."""
    agent = work.agents.get(counselor) if counselor in house.directory.staff and counselor else None
    return History(
        counselor=counselor,
        counselor_is_free=agent is None or agent.work_state in _FREE,
        do_not_route=work.companies.do_not_route(number) if number else frozenset(),
    )
