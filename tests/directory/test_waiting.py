"""How desks let their callers wait: the closest row holds, and a wrong cell is told by file, line, column and value."""

from pathlib import Path

import pytest

from directory.model import AfterLongestWait, DialsFirst, Sound
from directory.reading import files_in, read_directory
from directory.rows import DirectoryError

SHIPPED = files_in(Path(__file__).parents[2] / "directory" / "data")
ROW = "music,yes,yes,10,,yes,yes,30,90,300,callback,,0809988114,agent,3,300;1800"


def with_rows(*rows) -> dict[str, str]:
    head = SHIPPED["waiting.csv"].splitlines()[0]
    return {**SHIPPED, "waiting.csv": "\n".join([head, *rows]) + "\n"}


def with_cell(column, value) -> dict[str, str]:
    head = SHIPPED["waiting.csv"].splitlines()[0].split(",")
    cells = dict(zip(head, f"*,{ROW}".split(","), strict=True)) | {column: value}
    return with_rows(",".join(cells.values()))


def problem_with(files) -> str:
    with pytest.raises(DirectoryError) as refused:
        read_directory(files)
    (problem,) = refused.value.problems
    return problem


def test_every_desk_has_its_settings():
    directory = read_directory(SHIPPED)

    assert set(directory.waiting) == set(directory.desks)
    assert directory.waiting["pool"].then is AfterLongestWait.CALLBACK
    assert directory.waiting["pool"].dials_first is DialsFirst.AGENT
    assert directory.lines["0809988114"].shown_as == "+82809988114"


def test_the_row_that_fits_most_closely_holds():
    tone = ROW.replace("music", "tone")
    rows = read_directory(with_rows(f"*,{ROW}", f"institute:*,{tone}", f"institute:ETRI,{ROW}")).waiting

    assert rows["institute:KITECH"].sound is Sound.TONE
    assert rows["institute:ETRI"].sound is Sound.MUSIC
    assert rows["center:ICG"].sound is Sound.MUSIC


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("sound", "opera", 'waiting.csv:2 sound: "opera" is not known here (expected one of music, tone)'),
        ("says_position", "maybe", 'waiting.csv:2 says_position: "maybe" is not well formed (expected yes or no)'),
        ("full_per_agent", "0", 'waiting.csv:2 full_per_agent: "0" is out of range (expected a whole number from 1'),
        ("longest_wait_seconds", "5", 'waiting.csv:2 longest_wait_seconds: "5" is out of range'),
        ("then", "goodbye", 'waiting.csv:2 then: "goodbye" is not known here (expected one of backup, callback'),
        ("then", "backup", 'waiting.csv:2 backup_desk: "" does not go with then (expected a desk where then is'),
        ("backup_desk", "pool", 'waiting.csv:2 backup_desk: "pool" does not go with then'),
        ("shown_number", "01012345678", 'waiting.csv:2 shown_number: "01012345678" is not a number of lines.csv'),
        ("dials_first", "nobody", 'waiting.csv:2 dials_first: "nobody" is not known here'),
        ("attempts", "11", 'waiting.csv:2 attempts: "11" is out of range (expected a whole number from 1 to 10)'),
        ("retry_seconds", "5", 'waiting.csv:2 retry_seconds: "5" cannot be read (expected seconds from 30 to 86400'),
        ("desk", "center:*", 'waiting.csv desk: "*" is missing (expected a row for every desk'),
        ("desk", "center:XXX", 'waiting.csv:2 desk: "center:XXX" is not a desk, nor center:*, institute:* or *'),
    ],
)
def test_a_wrong_cell_is_told(column, value, expected):
    with pytest.raises(DirectoryError) as refused:
        read_directory(with_cell(column, value))

    assert any(problem.startswith(expected) for problem in refused.value.problems), refused.value.problems


def test_a_number_that_cannot_be_shown_is_told():
    wrong = {**SHIPPED, "lines.csv": "number,shown_as,name_ko\n0809988114,call us,수신자 부담\n"}

    assert problem_with(wrong).startswith('lines.csv:2 shown_as: "call us" is not well formed (expected E.164')
