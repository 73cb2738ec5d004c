"""`menu-lint` as an operator runs it."""

import json
import re

import pytest
from click.testing import CliRunner

from commands.main import line
from commands.menu_lint import MAIN
from ivr.flow import FlowError


def lint(*arguments):
    return CliRunner().invoke(line, ["menu-lint", *arguments], standalone_mode=False)


@pytest.fixture
def changed(tmp_path):
    """Write the shipped menu with one change beside nothing else."""

    def write(old, new):
        text = MAIN.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "main_line.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return str(path)

    return write


def test_the_shipped_menu_passes():
    assert lint().return_value == 0


def test_an_error_gives_exit_code_1_and_names_place_and_remedy(changed):
    found = lint("--flow", changed('      "0": {step: person}\n', ""))

    assert found.return_value == 1
    assert '[오류] category: 0번(상담원 연결)이 없습니다. keys에 "0": {step: person}을 넣으십시오.' in found.output


def test_what_the_check_refuses_is_told_in_korean(changed):
    found = lint("--flow", changed("unsure: category_confirm", "unsure: nowhere"))

    assert found.return_value == 1
    assert '[오류] category: unsure에 적힌 "nowhere" 단계가 없습니다.' in found.output


def test_the_report_can_be_read_by_a_program_and_in_english():
    data = json.loads(lint("--json", "--lang", "en").output)

    assert data["depth"] == len(data["levels"]) == 5
    assert {"severity", "rule", "place", "what", "do"} == set(data["findings"][0])
    assert not re.search("[가-힣]", json.dumps(data["findings"], ensure_ascii=False))
    step = next(step for step in data["steps"] if step["name"] == "category")
    assert step["seconds"] == pytest.approx(sum(prompt["seconds"] for prompt in step["prompts"]), abs=0.1)


def test_a_file_that_cannot_be_read_is_one_line(tmp_path):
    with pytest.raises(FlowError, match=r"none\.yaml: cannot be read"):
        raise lint("--flow", str(tmp_path / "none.yaml")).exception


def test_prompts_beside_a_flow_are_the_ones_it_is_measured_with(changed, tmp_path):
    flow = changed("wait_seconds: 7", "wait_seconds: 8")
    (tmp_path / "prompts").mkdir()
    korean = (MAIN.parent / "prompts" / "ko.yaml").read_text(encoding="utf-8")
    longer = korean.replace("  wish_question: ", "  wish_question: " + "아주 긴 안내입니다. " * 30)
    (tmp_path / "prompts" / "ko.yaml").write_text(longer, encoding="utf-8")

    assert lint("--flow", flow).return_value == 1
