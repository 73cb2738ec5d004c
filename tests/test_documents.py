"""The documents say what the code does."""

import re
from pathlib import Path

from click.testing import CliRunner

from commands.drawing import draw
from commands.main import COMMANDS, line

HERE = Path(__file__).parent.parent


def test_the_lives_are_drawn_from_their_tables():
    assert (HERE / "docs" / "lives.md").read_text(encoding="utf-8") == draw()


def test_the_page_on_the_menu_shows_what_the_lint_says_today():
    shown = CliRunner().invoke(line, ["menu-lint"], standalone_mode=False).output

    assert f"```text\n{shown}```\n" in (HERE / "docs" / "menu-lint.ko.md").read_text(encoding="utf-8")


def test_every_setting_is_documented():
    read = set(
        re.findall(r'"([A-Z][A-Z_]{3,})",\n|setting\("([A-Z_]+)"', (HERE / "commands" / "settings.py").read_text())
    )
    names = {name for pair in read for name in pair if name}
    readme = (HERE / "README.md").read_text(encoding="utf-8")

    assert {"DATA_DIR", "DATABASE_URL", "PORT"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in readme] == []


def test_every_command_is_documented():
    readme = (HERE / "README.md").read_text(encoding="utf-8")

    assert [name for name in COMMANDS if f"`{name}" not in readme] == []


def test_no_lock_names_an_address():
    for lock in HERE.glob("requirements*.lock"):
        assert "://" not in lock.read_text(encoding="utf-8"), lock
