"""Rows about where callers are: regions and the places people name."""

import re
from collections.abc import Mapping, Sequence

from directory.model import Place, Region, RegionCode
from directory.rows import Row, parts_of, unique

REGION_COLUMNS = ("code", "name_ko", "name_en", "area_codes", "adjacent", "aliases_ko", "fallback")
PLACE_COLUMNS = ("name_ko", "region", "kind", "spoken_forms", "ambiguous_with", "area_code_exception", "note")

AREA_CODE = "0[0-9]{1,2}"
NEEDS_CONTEXT = "needs a place context"  # how the note of a place says so


def read_regions(rows: Sequence[Row]) -> dict[RegionCode, Region]:
    unique(rows, "code")
    known = {row.cells["code"] for row in rows}
    for row in rows:
        row.all_of("adjacent", known, "a region code")
        if fallback := row.optional("fallback"):
            row.one_of("fallback", fallback, known - {row.cells["code"]}, "another region's code")
    _check_neighbors(rows)
    _check_area_codes(rows)
    return {region.code: region for region in map(_region, rows)}


def read_places(rows: Sequence[Row], regions: Mapping[RegionCode, Region]) -> tuple[Place, ...]:
    unique(rows, "name_ko", "region")
    for row in rows:
        row.one_of("region", row.cells["region"], regions.keys(), "a region code")
        row.all_of("ambiguous_with", regions.keys(), "a region code")
    return tuple(_place(row) for row in rows)


def _region(row: Row) -> Region:
    aliases = row.some_parts("aliases_ko")
    fallback = row.optional("fallback")
    return Region(
        code=RegionCode(row.matching("code", "KR-[0-9]{2}", "an ISO 3166-2 code such as KR-41")),
        name_ko=row.text("name_ko"),
        name_en=row.text("name_en"),
        short_ko=aliases[0] if aliases else "",
        area_codes=row.some_parts("area_codes"),
        adjacent=tuple(map(RegionCode, row.parts("adjacent"))),
        aliases=aliases,
        fallback=RegionCode(fallback) if fallback else None,
    )


def _place(row: Row) -> Place:
    exception = row.optional("area_code_exception")
    if exception:
        row.matching("area_code_exception", AREA_CODE, "an area code such as 032")
    return Place(
        name_ko=row.text("name_ko"),
        region=RegionCode(row.cells["region"]),
        kind=row.text("kind"),
        spoken_forms=row.some_parts("spoken_forms"),
        ambiguous_with=tuple(map(RegionCode, row.parts("ambiguous_with"))),
        area_code_exception=exception,
        needs_context=NEEDS_CONTEXT in row.cells["note"],
    )


def _check_neighbors(rows: Sequence[Row]) -> None:
    """A border has two sides: a region's neighbors must name it too."""
    neighbors = {row.cells["code"]: parts_of(row.cells["adjacent"]) for row in rows}
    for row in rows:
        code = row.cells["code"]
        for other in filter(None, neighbors[code]):
            if other == code or code not in neighbors.get(other, (code,)):
                row.refuse("adjacent", other, f"does not name {code} as its neighbor", "borders named from both sides")


def _check_area_codes(rows: Sequence[Row]) -> None:
    owner: dict[str, str] = {}
    for row in rows:
        for area_code in row.parts("area_codes"):
            if not re.fullmatch(AREA_CODE, area_code):
                row.refuse("area_codes", area_code, "is not well formed", "an area code such as 031")
            elif area_code in owner:
                row.refuse("area_codes", area_code, f"belongs to {owner[area_code]}", "one region for each area code")
            owner.setdefault(area_code, row.cells["code"])
