"""The directory's CSV files, read and checked into one frozen Directory, or refused with everything wrong at once."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from directory import (
    agent_rule_rows,
    calendar_rows,
    desk_rows,
    institution_rows,
    officer_rows,
    place_rows,
    routing_rows,
    skill_rows,
    waiting_rows,
)
from directory.model import Directory
from directory.rows import DirectoryError, Problems, Row, rows_of

COLUMNS: Mapping[str, Sequence[str]] = {
    "regions.csv": place_rows.REGION_COLUMNS,
    "places.csv": place_rows.PLACE_COLUMNS,
    "institutes.csv": institution_rows.INSTITUTE_COLUMNS,
    "centers.csv": institution_rows.CENTER_COLUMNS,
    "desks.csv": desk_rows.DESK_COLUMNS,
    "routing.csv": routing_rows.ROUTING_COLUMNS,
    "staff.csv": desk_rows.STAFF_COLUMNS,
    "skills.csv": skill_rows.SKILL_COLUMNS,
    "hours_overrides.csv": desk_rows.OVERRIDE_COLUMNS,
    "sister_lines.csv": desk_rows.SISTER_LINE_COLUMNS,
    "desk_calendar.csv": calendar_rows.CALENDAR_COLUMNS,
    "center_openings.csv": calendar_rows.OPENING_COLUMNS,
    "agent_rules.csv": agent_rule_rows.RULE_COLUMNS,
    "break_reasons.csv": agent_rule_rows.BREAK_COLUMNS,
    "lines.csv": waiting_rows.LINE_COLUMNS,
    "waiting.csv": waiting_rows.WAITING_COLUMNS,
    "officers.csv": officer_rows.OFFICER_COLUMNS,
    "addresses.csv": officer_rows.ADDRESS_COLUMNS,
}
MAY_HAVE_NO_ROWS = frozenset({"skills.csv", "hours_overrides.csv", "sister_lines.csv", "center_openings.csv"})


def files_in(folder: Path) -> dict[str, str]:
    """Return the text of each CSV file in a folder by file name; the one function here that reads a disk.

    Raises DirectoryError naming each file that is not UTF-8 (with or without BOM), and when the folder is missing.
    """
    if not folder.is_dir():
        raise DirectoryError([f"{folder}: is no folder (expected one with {', '.join(COLUMNS)})"])
    texts: dict[str, str] = {}
    problems = Problems()
    for path in sorted(folder.glob("*.csv")):
        try:
            texts[path.name] = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            wrong = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
            problems.add(f"{path.name}:{line}", wrong, 'UTF-8; in Excel save as "CSV UTF-8", not as CP949')
    problems.stop_if_any()
    return texts


def read_directory(files: Mapping[str, str]) -> Directory:
    """Return the directory these files (name -> text) describe, or raise DirectoryError with every problem found."""
    problems = Problems()
    rows = {file: _rows(file, files, problems) for file in COLUMNS}
    regions = place_rows.read_regions(rows["regions.csv"])
    institutes = institution_rows.read_institutes(rows["institutes.csv"])
    centers = institution_rows.read_centers(rows["centers.csv"], institutes, regions, rows["regions.csv"])
    desks = desk_rows.read_desks(rows["desks.csv"], centers, institutes)
    skills = skill_rows.read_skills(rows["skills.csv"], rows["staff.csv"])
    staff = desk_rows.read_staff(rows["staff.csv"], desks, skills)
    lines = waiting_rows.read_lines(rows["lines.csv"])
    officers = officer_rows.read_officers(rows["officers.csv"], desks, staff, problems)
    directory = Directory(
        version=version_of(files),
        regions=MappingProxyType(regions),
        centers=MappingProxyType(centers),
        institutes=MappingProxyType(institutes),
        places=place_rows.read_places(rows["places.csv"], regions),
        desks=MappingProxyType(desks),
        staff=MappingProxyType(staff),
        routing=MappingProxyType(routing_rows.read_routing(rows["routing.csv"], desks)),
        hours_overrides=desk_rows.read_overrides(rows["hours_overrides.csv"], desks),
        sister_lines=MappingProxyType(dict(desk_rows.read_sister_lines(rows["sister_lines.csv"]))),
        main_center=desk_rows.read_main_center(rows["desks.csv"], centers, problems),
        calendars=MappingProxyType(calendar_rows.read_calendars(rows["desk_calendar.csv"], desks, staff)),
        agent_rules=MappingProxyType(agent_rule_rows.read_rules(rows["agent_rules.csv"], desks)),
        break_reasons=MappingProxyType(agent_rule_rows.read_break_reasons(rows["break_reasons.csv"], problems)),
        center_openings=MappingProxyType(calendar_rows.read_openings(rows["center_openings.csv"], centers)),
        lines=MappingProxyType(lines),
        waiting=MappingProxyType(waiting_rows.read_waiting(rows["waiting.csv"], desks, lines)),
        officers=MappingProxyType(officers),
        addresses=MappingProxyType(
            officer_rows.read_addresses(rows["addresses.csv"], {*staff, *officers}, desks, problems)
        ),
    )
    problems.stop_if_any()
    return directory


def version_of(files: Mapping[str, str]) -> str:
    """Return 12 hex digits that change whenever a file the directory is read from does; their order is no matter."""
    digest = hashlib.sha256()
    for file in sorted(COLUMNS.keys() & files.keys()):
        content = files[file].encode("utf-8", "surrogatepass")
        digest.update(f"{file} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _rows(file: str, files: Mapping[str, str], problems: Problems) -> list[Row]:
    return rows_of(file, files.get(file), COLUMNS[file], problems, may_be_empty=file in MAY_HAVE_NO_ROWS)
