"""The directory that ships loads; a broken one is refused with file, line, column, value and what was expected."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import POOL, HoursOverride, RoutingSettings, Seat, Strategy
from directory.reading import COLUMNS, files_in, read_directory
from directory.rows import DirectoryError

FOLDER = Path(__file__).parents[2] / "directory" / "data"
SHIPPED = files_in(FOLDER)


def problems_with(files) -> tuple[str, ...]:
    with pytest.raises(DirectoryError) as refused:
        read_directory(files)
    assert str(refused.value) == "\n".join(refused.value.problems)
    return refused.value.problems


def with_line(file, line, old, new) -> dict[str, str]:
    """Return the shipped files with a change on one line, counted from 1 as an editor does."""
    lines = SHIPPED[file].split("\n")
    assert old in lines[line - 1], lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    return {**SHIPPED, file: "\n".join(lines)}


def with_added(file, *added) -> dict[str, str]:
    return {**SHIPPED, file: SHIPPED[file] + "\n".join(added) + "\n"}


def test_the_shipped_directory_loads():
    directory = read_directory(SHIPPED)

    assert (len(directory.institutes), len(directory.centers), len(directory.regions)) == (25, 12, 17)
    assert (len(directory.staff), len(directory.desks)) == (98, 12 + 25 + 1)
    assert directory.main_center == "ICG"
    assert directory.center_for("KR-41").code == "ICG"
    assert directory.center_for(None).code == "ICG"
    assert {directory.center_for(region).code for region in directory.regions} == set(directory.centers)
    assert directory.regions["KR-41"].short_ko == "경기"
    assert directory.region_by_area_code["031"] == "KR-41"
    assert len(directory.region_by_area_code) == 17
    assert directory.sister_lines["1588-0800"] == "조달청 콜센터"


def test_whoever_sits_at_a_center_also_sits_in_the_pool():
    staff = read_directory(SHIPPED).staff

    assert staff["icg_1"].seats == (Seat("center:ICG", 1), Seat(POOL, 1))
    assert staff["kitech_1"].seats == (Seat("institute:KITECH", 1),)
    assert sum(Seat(POOL, 1) in member.seats for member in staff.values()) == 48


def test_a_desk_is_watched_by_its_own_supervisors_and_else_by_those_of_all_desks():
    directory = read_directory(SHIPPED)

    assert directory.supervisors_of("center:ICG") == ("icg_lead",)
    assert directory.supervisors_of("agent:icg_1") == ("icg_lead",)
    assert directory.supervisors_of("institute:KITECH") == directory.supervisors_of(POOL) == ("line_lead",)
    assert directory.supervisors_of("institute:GONE") == ("line_lead",)
    assert directory.address_of("institute:GONE") == "desk@line1379.example"


def test_everybody_is_somebody_and_whoever_has_no_address_is_written_to_at_their_desk():
    files = {**SHIPPED, "addresses.csv": SHIPPED["addresses.csv"].replace("icg_1,icg_1@icg.example\n", "")}
    directory = read_directory(files)

    people = {who: directory.person(who).role for who in ("icg_1", "kitech_1", "icg_lead", "line_operator")}
    assert people == {
        "icg_1": "counselor",
        "kitech_1": "institute",
        "icg_lead": "supervisor",
        "line_operator": "operator",
    }
    assert directory.person("nobody") is None
    assert directory.address_of("icg_1") == "desk@icg.example"
    assert directory.address_of("icg_2") == "icg_2@icg.example"
    assert directory.address_of("line_operator") == directory.address_of(POOL) == "desk@line1379.example"
    assert directory.address_of("agent:icg_2") == "desk@icg.example"


def test_who_has_no_address_is_written_to_where_they_sit_first_or_at_the_one_desk_they_watch():
    directory = read_directory({
        **SHIPPED,
        "staff.csv": SHIPPED["staff.csv"].replace(",institute:KITECH/1\n", ",institute:KITECH/1; center:ICG/2\n", 1),
        "addresses.csv": re.sub("(?m)^(kitech_1|icg_lead|line_lead),.*\n", "", SHIPPED["addresses.csv"]),
    })  # fmt: skip
    assert [seat.desk for seat in directory.staff["kitech_1"].seats] == ["institute:KITECH", "center:ICG", POOL]

    written_to = {who: directory.address_of(who) for who in ("kitech_1", "icg_lead", "line_lead")}

    assert written_to == {
        "kitech_1": "desk@kitech.example",
        "icg_lead": "desk@icg.example",
        "line_lead": "desk@line1379.example",  # watches every desk
    }


def test_a_level_in_the_pool_that_the_file_names_is_kept():
    staff = read_directory(with_line("staff.csv", 2, "center:SEL/1", "center:SEL/1; pool/2")).staff

    assert staff["sel_1"].seats == (Seat("center:SEL", 1), Seat(POOL, 2))


def test_a_word_with_another_meaning_needs_a_context():
    needing = {place.name_ko for place in read_directory(SHIPPED).places if place.needs_context}

    assert {"구리시", "음성군", "고성군"} <= needing
    assert "안산시" not in needing


def test_a_desk_is_set_by_the_row_that_names_it_most_exactly():
    routing = read_directory(with_added("routing.csv", "center:ICG,linear,1,60,20,25,30")).routing

    assert routing["center:ICG"] == RoutingSettings(Strategy.LINEAR, 1, 60, (20,), 25, 30)
    assert routing["center:SEL"] == read_directory(SHIPPED).routing["center:ICG"]
    assert routing[POOL] == RoutingSettings(Strategy.LONGEST_IDLE, 0, 0, (15, 18), 20, 60)
    assert len(routing) == 12 + 25 + 1


def test_skills_are_kept_with_their_proficiency_and_only_for_those_who_are_staff():
    staff = read_directory(with_added("skills.csv", "icg_1,lang_en,4", "icg_1,welding,2")).staff

    assert staff["icg_1"].skills == {"lang_en": 4, "welding": 2}
    assert staff["icg_2"].skills == {}
    assert problems_with(with_added("skills.csv", "nobody,lang_en,4"))[0].startswith(
        'skills.csv:2 agent: "nobody" is not an agent of staff.csv (expected one of'
    )
    assert problems_with(with_added("skills.csv", "icg_1,lang_en,6")) == (
        'skills.csv:2 proficiency: "6" is out of range (expected a whole number from 1 to 5)',
    )


def test_an_override_without_times_is_a_closed_day_and_a_star_means_every_desk():
    files = with_added(
        "hours_overrides.csv", "2026-12-31,center:ICG,09:00,24:00,연말", "2026-07-17,*,9:00,18:00,정상 근무"
    )

    closed, late, opened = read_directory(files).hours_overrides

    assert (closed.desk, closed.opens, closed.closes) == (None, None, None)
    assert (late.desk, late.closes.isoformat()) == ("center:ICG", "00:00:00")
    assert isinstance(opened, HoursOverride)
    assert opened.opens.isoformat() == "09:00:00"


def test_the_version_depends_on_what_the_files_say_and_not_on_their_order():
    backwards = dict(reversed(SHIPPED.items()))
    changed = with_line("desks.csv", 2, ",30,", ",31,")

    assert read_directory(backwards).version == read_directory(SHIPPED).version
    assert read_directory({**SHIPPED, "notes.csv": "x"}).version == read_directory(SHIPPED).version
    assert read_directory(changed).version != read_directory(SHIPPED).version


def test_files_come_with_or_without_bom_and_with_windows_line_ends(tmp_path):
    for name, text in SHIPPED.items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    directory = read_directory(files_in(tmp_path))

    assert directory.staff == read_directory(SHIPPED).staff


def test_text_still_carrying_its_bom_is_read_too():
    assert read_directory({name: f"\ufeff{text}" for name, text in SHIPPED.items()}).main_center == "ICG"


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path):
    (tmp_path / "staff.csv").write_bytes("id,name_ko,desks\na_1,홍길동,pool/1\n".encode("cp949"))

    with pytest.raises(DirectoryError, match=r"^staff\.csv:2: byte 0xb1 is not UTF-8 \(expected UTF-8; .*CP949\)$"):
        files_in(tmp_path)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(DirectoryError, match="nowhere: is no folder"):
        files_in(tmp_path / "nowhere")


REFUSED = [
    # file, line, old, new, what the message holds
    ("centers.csv", 3, ",SEL,", ",XXX,", 'centers.csv:3 backup_center: "XXX" is not a center code (expected one of BSN,'),
    ("centers.csv", 3, ",SEL,", ",ICG,", 'centers.csv:3 backup_center: "ICG" is the center itself'),
    ("centers.csv", 3, ",KITECH,", ",NASA,", 'centers.csv:3 host_institute: "NASA" is not an institute code (expected one of ETRI,'),
    ("centers.csv", 3, "KR-28;", "KR-99;", 'centers.csv:3 covers: "KR-99" is not a region code (expected one of KR-11,'),
    ("centers.csv", 3, "KR-28;", "", 'regions.csv:5 code: "KR-28" is covered by no center'),
    ("centers.csv", 2, "KR-11", "KR-11;KR-28", 'centers.csv:3 covers: "KR-28" is covered by SEL already'),
    ("centers.csv", 3, "ICG,", "SEL,", 'centers.csv:3 code: "SEL" stands on line 2 already'),
    ("centers.csv", 3, "ICG,", "icg,", 'centers.csv:3 code: "icg" is not well formed (expected 2 to 12 capital letters'),
    ("centers.csv", 1, "covers", "cover", "centers.csv:1 covers: the column is missing"),
    ("institutes.csv", 2, "KITECH,", "KI-TECH,", 'institutes.csv:2 code: "KI-TECH" is not well formed'),
    ("institutes.csv", 3, "ETRI,", "KITECH,", 'institutes.csv:3 code: "KITECH" stands on line 2 already'),
    ("institutes.csv", 2, "한국생산기술연구원", "", 'institutes.csv:2 name_ko: "" is empty (expected text)'),
    ("institutes.csv", 2, "주조;", "주조;;", "institutes.csv:2 fields_ko:"),
    ("regions.csv", 2, "KR-28;", "KR-99;", 'regions.csv:2 adjacent: "KR-99" is not a region code'),
    ("regions.csv", 2, "KR-28;", "", 'regions.csv:5 adjacent: "KR-11" does not name KR-28 as its neighbor'),
    ("regions.csv", 3, "051", "02", 'regions.csv:3 area_codes: "02" belongs to KR-11'),
    ("regions.csv", 3, "051", "51", 'regions.csv:3 area_codes: "51" is not well formed (expected an area code such as 031)'),
    ("regions.csv", 17, ",KR-46,", ",KR-49,", 'regions.csv:17 fallback: "KR-49" is not another region\'s code'),
    ("regions.csv", 2, "KR-11,", "SEOUL,", 'regions.csv:2 code: "SEOUL" is not well formed (expected an ISO 3166-2 code such as KR-41)'),
    ("places.csv", 2, "KR-11", "KR-10", 'places.csv:2 region: "KR-10" is not a region code (expected one of KR-11,'),
    ("places.csv", 3, "KR-26;", "KR-25;", 'places.csv:3 ambiguous_with: "KR-25" is not a region code'),
    ("desks.csv", 2, "center:SEL", "center:XXX", 'desks.csv:2 id: "center:XXX" is not the desk of a known center'),
    ("desks.csv", 2, "center:SEL", "center:XXX", 'desks.csv id: "center:SEL" is missing'),
    ("desks.csv", 2, ",15,", ",0,", 'desks.csv:2 ring_seconds: "0" is out of range (expected a whole number from 5 to 120)'),
    ("desks.csv", 2, ",30,", ",soon,", 'desks.csv:2 wrap_up_seconds: "soon" is out of range'),
    ("routing.csv", 3, "15;18", "18;15", 'routing.csv:3 tier_seconds: "18;15" cannot be read (expected seconds of waiting from 0 to 3600, not falling'),
    ("routing.csv", 3, "15;18", "", 'routing.csv:3 tier_seconds: "" cannot be read'),
    ("routing.csv", 3, "15;18", "15;soon", 'routing.csv:3 tier_seconds: "15;soon" cannot be read'),
    ("desks.csv", 2, "18:00", "08:00", 'desks.csv:2 hours: "Mon-Fri 09:00-08:00" cannot be read (expected each opening before'),
    ("desks.csv", 2, "Mon-Fri", "Moon-Day", "desks.csv:2 hours:"),
    ("desks.csv", 3, ",yes", ",", "desks.csv takes_unknown_region: 0 desks say yes (expected exactly one center desk)"),
    ("desks.csv", 39, ",30,", ",30,yes", "desks.csv takes_unknown_region: 2 desks say yes"),
    ("desks.csv", 3, ",yes", ",maybe", 'desks.csv:3 takes_unknown_region: "maybe" is not well formed (expected yes, no or nothing)'),
    ("staff.csv", 2, "center:SEL/1", "center:SOL/1", 'staff.csv:2 desks: "center:SOL/1" names no desk (expected desk/level'),
    ("staff.csv", 2, "center:SEL/1", "center:SEL/0", 'staff.csv:2 desks: "center:SEL/0" has no level'),
    ("staff.csv", 2, "center:SEL/1", "center:SEL/1;center:SEL/2", "names a desk twice"),
    ("officers.csv", 2, "supervisor", "boss", 'officers.csv:2 role: "boss" is not an office (expected one of ministry, operator, supervisor'),
    ("officers.csv", 2, "center:SEL", "", 'officers.csv:2 desks: "" does not suit the role supervisor'),
    ("officers.csv", 2, "center:SEL", "center:SOL", 'officers.csv:2 desks: "center:SOL" is not a desk or *'),
    ("officers.csv", 2, "sel_lead", "sel_1", 'officers.csv:2 id: "sel_1" is on the staff already'),
    ("officers.csv", 14, "*", "pool", 'officers.csv desks: "institute:ETRI" has no supervisor'),
    ("officers.csv", 15, ",operator,", ",operator,pool", 'officers.csv:15 desks: "pool" does not suit the role operator'),
    ("addresses.csv", 2, "center:SEL", "center:SOL", 'addresses.csv:2 of: "center:SOL" is not a person or a desk'),
    ("addresses.csv", 2, "center:SEL", "sel_lead", 'addresses.csv of: "center:SEL" is missing (expected an address for each desk)'),
    ("addresses.csv", 2, "@", " at ", 'addresses.csv:2 address: "desk at sel.example" is not well formed'),
    ("staff.csv", 2, "sel_1", "sel-1", 'staff.csv:2 id: "sel-1" is not well formed (expected up to 40 of a to z, 0 to 9 and _)'),
    ("staff.csv", 3, "sel_2", "sel_1", 'staff.csv:3 id: "sel_1" stands on line 2 already'),
    ("staff.csv", 2, ",center:SEL/1", "", "staff.csv:2: has 2 cells (expected 3, as the first line"),
    ("staff.csv", 2, "서울 1번 상담원", '"서울 1번 상담원', "staff.csv: is no CSV: unexpected end of data (expected every quote closed"),
    ("routing.csv", 3, "center:*", "center:XXX", 'routing.csv:3 desk: "center:XXX" is not a desk, center:*, institute:* or * (expected one of'),
    ("routing.csv", 3, "longest_idle", "ring_all", 'routing.csv:3 strategy: "ring_all" is not a strategy (expected one of by_level, fewest_calls,'),
    ("routing.csv", 3, ",2,", ",-1,", 'routing.csv:3 reserve: "-1" is out of range (expected a whole number from 0 to 99)'),
    ("routing.csv", 3, ",20,60", ",0,60", 'routing.csv:3 answer_within_seconds: "0" is out of range (expected a whole number from 1 to 3600)'),
    ("routing.csv", 3, ",20,60", ",20,soon", 'routing.csv:3 gives_way_seconds: "soon" is out of range'),
    ("routing.csv", 3, "center:*", "*", 'routing.csv:3 desk: "*" stands on line 2 already'),
    ("routing.csv", 2, "*", "pool", "routing.csv desk: no row is for every desk (expected one row for *)"),
    ("hours_overrides.csv", 2, "2025-01-27", "2025-02-30", 'hours_overrides.csv:2 date: "2025-02-30" cannot be read (expected a date such as'),
    ("hours_overrides.csv", 2, "*,,", "*,09:00,", 'hours_overrides.csv:2 opens: "09:00" stands alone'),
    ("hours_overrides.csv", 2, "*,,", "*,18:00,09:00", 'hours_overrides.csv:2 closes: "09:00" is not after opens'),
    ("hours_overrides.csv", 2, "*,,", "*,25:00,26:00", 'hours_overrides.csv:2 opens: "25:00" cannot be read (expected a time from 00:00'),
    ("hours_overrides.csv", 2, "*", "everyone", 'hours_overrides.csv:2 desk: "everyone" is not a desk or *'),
    ("sister_lines.csv", 2, "1357", "일삼오칠", 'sister_lines.csv:2 number: "일삼오칠" is not well formed'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "line", "old", "new", "message"), REFUSED)
def test_a_wrong_cell_is_refused_by_place_value_and_expectation(file, line, old, new, message):
    problems = problems_with(with_line(file, line, old, new))

    assert any(message in problem for problem in problems), problems
    assert all("expected" in problem for problem in problems)


def test_every_problem_is_told_at_once():
    files = with_line("centers.csv", 3, ",SEL,", ",XXX,")
    files["desks.csv"] = with_line("desks.csv", 2, ",15,", ",x,")["desks.csv"]

    assert len(problems_with(files)) == 2


@pytest.mark.parametrize("file", sorted(COLUMNS))
def test_a_missing_file_is_the_only_thing_told(file):
    files = {name: text for name, text in SHIPPED.items() if name != file}

    assert problems_with(files) == (f"{file}: is missing (expected the file beside the others)",)


@pytest.mark.parametrize("file", sorted(COLUMNS))
@pytest.mark.parametrize("nothing", ["", "\n\n", "\ufeff", ",,,\n"])
def test_an_empty_file_is_the_only_thing_told(file, nothing):
    (problem,) = problems_with({**SHIPPED, file: nothing})

    assert problem.startswith(f"{file}: is empty (expected a first line with")


def test_a_file_of_column_names_alone_is_refused_unless_nothing_need_stand_in_it():
    def without_rows(file):
        return {**SHIPPED, file: SHIPPED[file].split("\n")[0]}

    assert problems_with(without_rows("staff.csv")) == (
        "staff.csv: has no rows (expected at least one row below the column names)",
    )
    assert read_directory(without_rows("hours_overrides.csv")).hours_overrides == ()


def test_a_day_cannot_be_closed_and_open():
    (problem,) = problems_with(with_added("hours_overrides.csv", "2025-01-27,*,09:00,12:00,오전 근무"))

    assert problem.startswith('hours_overrides.csv:2 date: "2025-01-27" is closed here and open on another line')


def test_lines_are_counted_as_an_editor_does_across_quoted_line_breaks():
    files = with_line("staff.csv", 2, "서울 1번 상담원", '"서울\n1번"')
    files["staff.csv"] = files["staff.csv"].replace("sel_3,", "sel-3,")

    (problem,) = problems_with(files)

    assert problem.startswith("staff.csv:5 id:")


def test_hangul_typed_on_a_mac_is_composed():
    files = {name: unicodedata.normalize("NFD", text) for name, text in SHIPPED.items()}

    assert read_directory(files).regions["KR-41"].short_ko == "경기"


cells = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.text(';,"\r\n *:-/0123456789KRMonFri월금', max_size=20),
    st.sampled_from(
        ["KR-11", "KR-11;KR-11", "ICG", "center:ICG/1", "09:00", "24:00", "yes", "*", "\0", '"', "9" * 5000]
    ),
)


@pytest.mark.long
@given(st.sampled_from(sorted(COLUMNS)), st.integers(0, 300), st.integers(0, 12), cells)
def test_no_cell_at_all_does_more_than_be_refused(file, line, column, cell):
    lines = SHIPPED[file].split("\n")
    broken = lines[line % len(lines)].split(",")
    broken[column % len(broken)] = cell
    lines[line % len(lines)] = ",".join(broken)

    try:
        read_directory({**SHIPPED, file: "\n".join(lines)})
    except DirectoryError as refused:
        told = refused.problems
    else:
        told = ("desks.csv: loads",)
    assert told
    assert all(problem.startswith(tuple(COLUMNS)) for problem in told)


@pytest.mark.long
@given(st.sampled_from(sorted(COLUMNS)), st.text(st.characters(exclude_categories=()), max_size=200))
def test_no_text_at_all_does_more_than_be_refused(file, text):
    with pytest.raises(DirectoryError):
        read_directory({**SHIPPED, file: text})
