"""The command that says what the line makes of words, as an operator or a script uses it."""

import json

import pytest
from click.testing import CliRunner

from commands.building import DIRECTORY_FOLDER
from commands.evaluation import EvaluationError, evaluated
from commands.understand import understand_command
from directory.reading import files_in, read_directory
from ivr.learning.corpus import FOLDER, SLOTS

KEYS = [
    "utterance", "category", "category_confidence", "region", "region_candidates", "institutes", "ask", "signals",
]  # fmt: skip


@pytest.fixture(scope="module")
def directory():
    return read_directory(files_in(DIRECTORY_FOLDER))


def told(*arguments, said):
    done = CliRunner().invoke(understand_command, arguments, input=said)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_line_is_answered_by_one_line():
    found = told(said="안산에서 도금하는데 자꾸 벗겨져요\r\n\n카이스트 연결해 주세요")

    assert [list(one) for one in found] == [KEYS] * 3
    assert [one["utterance"] for one in found] == ["안산에서 도금하는데 자꾸 벗겨져요", "", "카이스트 연결해 주세요"]
    assert found[0]["region"] == "KR-41"
    assert found[0]["institutes"][0]["code"] == "KITECH"
    assert found[1]["signals"] == ["silence"]
    assert found[2] | {"category_confidence": 0} == {
        "utterance": "카이스트 연결해 주세요", "category": "out_of_scope", "category_confidence": 0, "region": "",
        "region_candidates": [], "institutes": [], "ask": None, "signals": ["not_ours:KAIST"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "said", ["", "\n", "가" * 5000, b"\xff\xfe\x00", "ㅋㅋㅋ", "plating peels off 도금", "٣٤٥ Ⅳ ５"]
)
def test_whatever_comes_is_answered(said):
    lines = said.count(b"\n" if isinstance(said, bytes) else "\n") or bool(said)

    assert len(told(said=said)) == lines


def test_a_slot_is_read_as_its_question_asks():
    assert told("--slot", "period", said="석 달") == [
        {"utterance": "석 달", "slot": "period", "value": 90, "personnel_period": "mid", "rnd_term": "short"}
    ]
    assert told("--slot", "yes_no", said="아니 맞다고요")[0]["value"] == "yes"


def test_slot_answers_are_evaluated(directory):
    *_, last = evaluated(directory, FOLDER / SLOTS)

    assert json.loads(last)["slot"] == "all"
    assert json.loads(last)["right"] >= 0.97


def test_calls_of_another_file_are_a_plain_test(directory, tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text(
        "utterance,category,region,institute\n도금이 벗겨져요,technical_difficulty,,KITECH\n", encoding="utf-8"
    )

    first, *_ = map(json.loads, evaluated(directory, file))

    assert first["evaluation"] == "test"
    assert first["utterances"] == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"", "has no utterance"),
        (b"word,meaning\n1,2\n", "has no utterance"),
        (b"utterance,category,region,institute\n", "has no rows"),
        (b"utterance,category,region,institute\nhello,greeting,,\n", ':2 category: "greeting" is unknown'),
        (b"utterance,category,region,institute\nhello,operator\n", ":2: has not as many cells"),
        (b"slot,utterance,value\ncolour,red,red\n", ':2 slot: "colour" is unknown'),
    ],
)
def test_a_file_that_cannot_be_evaluated_gets_one_clear_line(directory, tmp_path, text, complaint):
    file = tmp_path / "bad.csv"
    if text is not None:
        file.write_bytes(text)

    with pytest.raises(EvaluationError) as refused:
        list(evaluated(directory, file))

    assert complaint in str(refused.value)
    assert str(file) in str(refused.value)
    assert "expected" in str(refused.value)
    assert "\n" not in str(refused.value)
