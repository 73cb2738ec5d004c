"""Rows about when desks may be rung and who stands in for them, and about centers that open later."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime

from directory.model import (
    AgentId,
    CenterCode,
    CenterOpening,
    DeskCalendar,
    DeskId,
    OpenSpan,
    StaffMember,
    agent_desk,
)
from directory.patterns import check_patterns, of_each_desk
from directory.rows import Row, unique
from directory.weekly_hours import weekly_hours

CALENDAR_COLUMNS = ("desk", "ring_windows", "deputies", "serves_after_closing_minutes", "referral_answer_days")
OPENING_COLUMNS = ("center", "opens_on", "served_before_by")


def read_calendars(
    rows: Sequence[Row], desks: Collection[DeskId], staff: Mapping[AgentId, StaffMember]
) -> dict[DeskId, DeskCalendar]:
    """Return the calendar of each desk. A deputy is another desk, or a person of the staff by their id."""
    check_patterns(rows, "desk", desks)
    return of_each_desk({row.cells["desk"]: _calendar(row, desks, staff) for row in rows}, desks)


def read_openings(rows: Sequence[Row], centers: Collection[CenterCode]) -> dict[CenterCode, CenterOpening]:
    """Return the days from which centers serve their regions; a center without a row always has."""
    unique(rows, "center")
    for row in rows:
        row.one_of("center", row.cells["center"], centers, "a center code")
        row.one_of("served_before_by", row.cells["served_before_by"], centers, "a center code")
    openings = {opening.center: opening for opening in map(_opening, rows)}
    for row in rows:
        before = openings.get(CenterCode(row.cells["served_before_by"]))
        mine = openings[CenterCode(row.cells["center"])]
        if mine.before == mine.center or (before and before.opens_on >= mine.opens_on):
            expected = "a center that is open before"
            row.refuse("served_before_by", row.cells["served_before_by"], "does not open before", expected)
    return openings


def _calendar(row: Row, desks: Collection[DeskId], staff: Mapping[AgentId, StaffMember]) -> DeskCalendar:
    deputies = [deputy for part in row.parts("deputies") if (deputy := _deputy(row, part, desks, staff))]
    return DeskCalendar(
        ring_windows=row.parsed("ring_windows", _windows, ()),
        deputies=tuple(deputies),
        serves_after_closing_minutes=row.number("serves_after_closing_minutes", 0, 240),
        referral_answer_days=row.number("referral_answer_days", 1, 30),
    )


def _windows(text: str) -> tuple[OpenSpan, ...]:
    return weekly_hours(text) if text else ()


def _deputy(row: Row, part: str, desks: Collection[DeskId], staff: Mapping[AgentId, StaffMember]) -> DeskId | None:
    if part in desks and part != row.cells["desk"]:
        return DeskId(part)
    if part in staff:
        return agent_desk(AgentId(part))
    if desks and staff:
        row.refuse("deputies", part, "stands in for nobody", "another desk, or the id of one of the staff")
    return None


def _opening(row: Row) -> CenterOpening:
    return CenterOpening(
        center=CenterCode(row.cells["center"]),
        opens_on=row.parsed("opens_on", _day, date.min),
        before=CenterCode(row.cells["served_before_by"]),
    )


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise ValueError("a date such as 2026-09-24") from None
