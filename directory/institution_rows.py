"""Rows about who helps: the institutes and the regional centers they host."""

from collections.abc import Mapping, Sequence

from directory.model import Center, CenterCode, Institute, InstituteCode, Region, RegionCode
from directory.rows import Row, parts_of, unique

INSTITUTE_COLUMNS = (
    *("code", "name_ko", "name_en", "current_name_ko"),
    *("fields_ko", "fields_en", "spoken_aliases_ko"),
)
CENTER_COLUMNS = ("code", "name_ko", "name_en", "host_institute", "city_ko", "covers", "backup_center")

CODE = "[A-Z][A-Z0-9]{1,11}"
CODE_EXPECTED = "2 to 12 capital letters and digits"


def read_institutes(rows: Sequence[Row]) -> dict[InstituteCode, Institute]:
    unique(rows, "code")
    return {institute.code: institute for institute in map(_institute, rows)}


def read_centers(
    rows: Sequence[Row],
    institutes: Mapping[InstituteCode, Institute],
    regions: Mapping[RegionCode, Region],
    region_rows: Sequence[Row],
) -> dict[CenterCode, Center]:
    unique(rows, "code")
    known = {row.cells["code"] for row in rows}
    for row in rows:
        row.one_of("host_institute", row.cells["host_institute"], institutes.keys(), "an institute code")
        row.all_of("covers", regions.keys(), "a region code")
        if row.cells["backup_center"] == row.cells["code"]:
            row.refuse("backup_center", row.cells["code"], "is the center itself", "another center's code")
        row.one_of("backup_center", row.cells["backup_center"], known, "a center code")
    _check_each_region_is_covered_once(rows, region_rows)
    return {center.code: center for center in map(_center, rows)}


def _institute(row: Row) -> Institute:
    return Institute(
        code=InstituteCode(row.matching("code", CODE, CODE_EXPECTED)),
        name_ko=row.text("name_ko"),
        name_en=row.text("name_en"),
        current_name_ko=row.optional("current_name_ko"),
        fields_ko=row.some_parts("fields_ko"),
        fields_en=row.some_parts("fields_en"),
        spoken_aliases=row.some_parts("spoken_aliases_ko"),
    )


def _center(row: Row) -> Center:
    return Center(
        code=CenterCode(row.matching("code", CODE, CODE_EXPECTED)),
        name_ko=row.text("name_ko"),
        name_en=row.text("name_en"),
        host_institute=InstituteCode(row.cells["host_institute"]),
        city_ko=row.text("city_ko"),
        covers=tuple(map(RegionCode, row.some_parts("covers"))),
        backup=CenterCode(row.cells["backup_center"]),
    )


def _check_each_region_is_covered_once(rows: Sequence[Row], region_rows: Sequence[Row]) -> None:
    covered_by: dict[str, str] = {}
    for row in rows:
        for region in filter(None, parts_of(row.cells["covers"])):
            if region in covered_by and covered_by[region] != row.cells["code"]:
                row.refuse(
                    "covers", region, f"is covered by {covered_by[region]} already", "one center for each region"
                )
            covered_by.setdefault(region, row.cells["code"])
    for row in region_rows if rows else ():
        if row.cells["code"] not in covered_by:
            row.refuse(
                "code", row.cells["code"], "is covered by no center", "the code in one covers cell of centers.csv"
            )
