"""Rows about where calls go: desks, the people at them, days out of the ordinary and other agencies' lines."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime

from directory.model import (
    POOL,
    AgentId,
    CenterCode,
    Desk,
    DeskId,
    HoursOverride,
    InstituteCode,
    Seat,
    StaffMember,
    center_desk,
    institute_desk,
)
from directory.patterns import EVERY_DESK
from directory.rows import Problems, Row, choices, unique
from directory.weekly_hours import clock_time, closing_time, opens_before, weekly_hours

DESK_COLUMNS = (
    *("id", "name_ko", "name_en", "hours"),
    *("ring_seconds", "wrap_up_seconds", "takes_unknown_region"),
)
STAFF_COLUMNS = ("id", "name_ko", "desks")
OVERRIDE_COLUMNS = ("date", "desk", "opens", "closes", "reason")
SISTER_LINE_COLUMNS = ("number", "name_ko")

LOWEST_LEVEL = 9


def read_desks(
    rows: Sequence[Row], centers: Collection[CenterCode], institutes: Collection[InstituteCode]
) -> dict[DeskId, Desk]:
    """Return the desks: one for each center and institute, and the pool."""
    unique(rows, "id")
    known = bool(centers and institutes)  # else a file above is unreadable, which is told there
    expected = {POOL, *map(center_desk, centers), *map(institute_desk, institutes)} if known else set()
    for row in rows:
        row.one_of("id", row.cells["id"], expected, "the desk of a known center or institute, nor pool")
    if rows:
        for missing in sorted(expected - {row.cells["id"] for row in rows}):
            rows[0].problems.add(
                f"{rows[0].file} id", f'"{missing}" is missing', "a desk for each center and institute, and pool"
            )
    return {desk.id: desk for desk in map(_desk, rows)}


def read_main_center(rows: Sequence[Row], centers: Collection[CenterCode], problems: Problems) -> CenterCode:
    """Return the center that takes callers whose region nobody knows: the one desk marked `yes`."""
    for row in rows:
        row.matching("takes_unknown_region", "(yes|no)?", "yes, no or nothing")
    marked = [row for row in rows if row.cells["takes_unknown_region"] == "yes"]
    candidates = {center_desk(code): code for code in centers}
    if rows and len(marked) != 1:
        problems.add("desks.csv takes_unknown_region", f"{len(marked)} desks say yes", "exactly one center desk")
    for row in marked:
        row.one_of("id", row.cells["id"], candidates, "a center's desk, yet takes_unknown_region says yes")
    return candidates.get(DeskId(marked[0].cells["id"]), CenterCode("")) if marked else CenterCode("")


def read_staff(
    rows: Sequence[Row], desks: Collection[DeskId], skills: Mapping[AgentId, Mapping[str, int]]
) -> dict[AgentId, StaffMember]:
    """Return the people; whoever sits at a center also sits in the pool, at level 1 unless the file says otherwise."""
    unique(rows, "id")
    members = (_staff_member(row, desks, skills, position) for position, row in enumerate(rows, start=1))
    return {member.id: member for member in members}


def read_overrides(rows: Sequence[Row], desks: Collection[DeskId]) -> tuple[HoursOverride, ...]:
    """Return the days out of the ordinary; a day with a pause takes two rows."""
    unique(rows, "date", "desk", "opens")
    for row in rows:
        row.one_of("desk", row.cells["desk"], {EVERY_DESK, *desks} if desks else (), "a desk or *")
    _check_closed_days_stay_closed(rows)
    return tuple(_override(row) for row in rows)


def read_sister_lines(rows: Sequence[Row]) -> Mapping[str, str]:
    unique(rows, "number")
    return {row.matching("number", "[0-9][0-9-]{1,18}[0-9]", "digits and hyphens"): row.text("name_ko") for row in rows}


def _desk(row: Row) -> Desk:
    return Desk(
        id=DeskId(row.cells["id"]),
        name_ko=row.text("name_ko"),
        name_en=row.text("name_en"),
        hours=row.parsed("hours", weekly_hours, ()),
        ring_seconds=row.number("ring_seconds", 5, 120),
        wrap_up_seconds=row.number("wrap_up_seconds", 0, 3600),
    )


def _staff_member(
    row: Row, desks: Collection[DeskId], skills: Mapping[AgentId, Mapping[str, int]], position: int
) -> StaffMember:
    seats = [seat for part in row.some_parts("desks") if (seat := _seat(row, part, desks))]
    named = {seat.desk for seat in seats}
    if len(named) < len(seats):
        row.refuse("desks", row.cells["desks"], "names a desk twice", "each desk once")
    if POOL not in named and any(desk.startswith("center:") for desk in named):
        seats.append(Seat(POOL, 1))
    agent_id = AgentId(row.matching("id", "[a-z0-9_]{1,40}", "up to 40 of a to z, 0 to 9 and _"))
    return StaffMember(
        id=agent_id,
        name_ko=row.text("name_ko"),
        seats=tuple(seats),
        skills=skills.get(agent_id, {}),
        position=position,
    )


def _seat(row: Row, part: str, desks: Collection[DeskId]) -> Seat | None:
    desk, _, level = part.rpartition("/")
    if desks and desk not in desks:
        row.refuse("desks", part, "names no desk", f"desk/level with a desk that is {choices(desks)}")
        return None
    if level not in set("123456789"):
        row.refuse("desks", part, "has no level", f"desk/level with a level from 1 to {LOWEST_LEVEL}")
        return None
    return Seat(DeskId(desk), int(level))


def _override(row: Row) -> HoursOverride:
    desk = row.cells["desk"]
    opens = row.parsed("opens", clock_time, None) if row.optional("opens") else None
    closes = row.parsed("closes", closing_time, None) if row.optional("closes") else None
    if bool(row.cells["opens"]) != bool(row.cells["closes"]):
        row.refuse("opens", row.cells["opens"], "stands alone", "both opens and closes, or neither for a closed day")
    if opens is not None and closes is not None and not opens_before(opens, closes):
        row.refuse("closes", row.cells["closes"], "is not after opens", "a later time the same day, or 24:00")
    return HoursOverride(
        day=row.parsed("date", _day, date.min),
        desk=None if desk == EVERY_DESK else DeskId(desk),
        opens=opens,
        closes=closes,
        reason=row.text("reason"),
    )


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise ValueError("a date such as 2026-09-24") from None


def _check_closed_days_stay_closed(rows: Sequence[Row]) -> None:
    open_days = {(row.cells["date"], row.cells["desk"]) for row in rows if row.cells["opens"]}
    for row in rows:
        if not row.cells["opens"] and (row.cells["date"], row.cells["desk"]) in open_days:
            row.refuse("date", row.cells["date"], "is closed here and open on another line", "one of the two")
