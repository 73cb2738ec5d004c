"""Somebody of the house does something: whether they may is looked at in its unit of work, and a refusal is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from agents.rights import Act, NotAllowed, require
from directory.codes import AgentId, DeskId
from records.record import Record
from switchboard.doors import Work
from switchboard.house import House, log
from tickets.number import TicketNumber

LONGEST_NAME = 40  # kept of somebody nobody knows


@contextmanager
def acting(house: House, by: AgentId, act: Act) -> Iterator[Work]:
    """Open the unit of work of an act that is about no case in particular. Raises NotAllowed."""
    with refusals_kept(house, by, act), house.store.work() as work:
        check_right(house, by, act)
        yield work


def check_right(house: House, by: AgentId, act: Act, desk: DeskId | None = None, owner: AgentId | None = None) -> None:
    """Raise NotAllowed unless this person may do this, to a case of this desk and owner if it is about one."""
    require(by, house.directory.person(by), act, desk=desk, owner=owner)


@contextmanager
def refusals_kept(house: House, by: AgentId, act: Act, ticket: TicketNumber | None = None) -> Iterator[None]:
    """Write down that somebody was refused, once the unit of work they were refused in is undone."""
    try:
        yield
    except NotAllowed:
        person = house.directory.person(by)
        called = by.encode("ascii", "replace").decode()[:LONGEST_NAME]
        fields = {"act": act.name.lower(), "by": called, "role": person.role if person else None}
        known = person.id if person else None
        with house.store.work() as work:
            work.records.append(Record("act.refused", house.now(), ticket=ticket, agent=known, fields=fields))
        log.info("act.refused", act=fields["act"], by=called, ticket=ticket)
        raise
