"""Rows about the people who take no calls, and about where people and desks are reached in writing."""

from collections.abc import Collection, Sequence

from directory.codes import AgentId, DeskId
from directory.patterns import EVERY_DESK
from directory.people import Officer, Role
from directory.rows import Problems, Row, unique

OFFICER_COLUMNS = ("id", "name_ko", "role", "desks")
ADDRESS_COLUMNS = ("of", "address")

OFFICES = (Role.SUPERVISOR, Role.OPERATOR, Role.MINISTRY)  # the others are those of staff.csv


def read_officers(
    rows: Sequence[Row], desks: Collection[DeskId], staff: Collection[AgentId], problems: Problems
) -> dict[AgentId, Officer]:
    """Return the officers; every desk has a supervisor."""
    unique(rows, "id")
    for row in rows:
        if row.cells["id"] in staff:
            row.refuse("id", row.cells["id"], "is on the staff already", "somebody who is not in staff.csv")
    officers = {officer.id: officer for officer in (_officer(row, desks) for row in rows)}
    watched = {desk for officer in officers.values() for desk in officer.desks}
    if officers and desks and (alone := sorted(set(desks) - watched)):
        problems.add("officers.csv desks", f'"{alone[0]}" has no supervisor', "one who names it, or *, for every desk")
    return officers


def read_addresses(
    rows: Sequence[Row], people: Collection[AgentId], desks: Collection[DeskId], problems: Problems
) -> dict[str, str]:
    """Return where people and desks are written to; each desk has an address, also for those of it who have none."""
    unique(rows, "of")
    known = () if problems.found else {*people, *desks}  # a person or desk that is unreadable is told of there
    for row in rows:
        row.one_of("of", row.cells["of"], known, "a person or a desk")
    addresses = {row.cells["of"]: _address(row) for row in rows}
    if rows and (missing := sorted(set(desks) - addresses.keys())):
        problems.add("addresses.csv of", f'"{missing[0]}" is missing', "an address for each desk")
    return addresses


def _officer(row: Row, desks: Collection[DeskId]) -> Officer:
    row.one_of("role", row.cells["role"], OFFICES, "an office")
    role = Role(row.cells["role"]) if row.cells["role"] in OFFICES else Role.MINISTRY
    return Officer(
        id=AgentId(row.matching("id", "[a-z0-9_]{1,40}", "up to 40 of a to z, 0 to 9 and _")),
        name_ko=row.text("name_ko"),
        role=role,
        desks=_desks(row, role, desks),
    )


def _desks(row: Row, role: Role, desks: Collection[DeskId]) -> frozenset[DeskId]:
    named = row.cells["desks"]
    if (role is Role.SUPERVISOR) != bool(named):
        row.refuse(
            "desks", named, f"does not suit the role {role}", "desks, or *, for a supervisor and nothing for others"
        )
    if named == EVERY_DESK:
        return frozenset(desks)
    row.all_of("desks", desks, "a desk or *")
    return frozenset(map(DeskId, row.parts("desks")))


def _address(row: Row) -> str:
    expected = "an address such as icg_1@icg.example"
    return row.matching("address", r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", expected)
