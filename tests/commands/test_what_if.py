"""`simulate` and `replay` as somebody runs them."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.main import line
from commands.simulate import SHIPPED
from directory.reading import files_in, read_directory
from directory.routing_rows import ROUTING_COLUMNS
from ivr.intake import Category, Intake
from records.korean_time import KOREA

DIRECTORY = read_directory(files_in(SHIPPED))
DAY = datetime(2026, 11, 24, tzinfo=KOREA)
TEN = DAY.astimezone(UTC) + timedelta(hours=10)
ANSAN = Intake(category=Category.INFORMATION, region="KR-41")


def test_simulate_tells_each_measure_of_each_policy_with_its_interval():
    result = CliRunner().invoke(line, ["simulate", "--load", "0.1", "--days", "2", "--json"], catch_exceptions=False)

    told = json.loads(result.output)
    assert list(told["policies"]) == ["ours", "taskrouter", "freeswitch", "asterisk"]
    assert 0.9 < told["policies"]["ours"]["service_level"] <= 1
    assert told["policies"]["asterisk"]["from_first"]["mean_wait"]["half_95"] >= 0


@pytest.mark.long
def test_simulate_plays_every_policy_with_the_timers_and_laws_asked_for():
    asked = ["simulate", "--load", "0.8", "--days", "1", "--law", "bank", "--json"]
    policies = ["--policy", "taskrouter", "--policy", "pooled"]

    slow, fast = (
        json.loads(CliRunner().invoke(line, [*asked, *policies, "--tier-seconds", s], catch_exceptions=False).output)
        for s in ("60", "5;8")
    )

    assert slow["policies"]["pooled"]["mean_wait"] == fast["policies"]["pooled"]["mean_wait"]  # which has no tiers
    assert slow["policies"]["taskrouter"]["mean_wait"] > fast["policies"]["taskrouter"]["mean_wait"]
    assert (fast["law"], fast["tier_seconds"]) == ("bank", [5, 8])


def test_timers_that_fall_are_refused():
    result = CliRunner().invoke(line, ["simulate", "--tier-seconds", "18;15"])

    assert result.exit_code == 2
    assert '"18;15" cannot be read: expected seconds of waiting from 0 to 3600, not falling' in result.output


@pytest.fixture
def draft(tmp_path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "draft")
    return tmp_path / "draft"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--from", "2026-11-24", "--to", "2026-11-24"], "nobody waited for an agent from 2026-11-24 to 2026-11-24"),
        (
            ["--from", "2026-11-24", "--to", "2026-11-23"],
            "--to 2026-11-23: expected a day from --from on, 366 days at most",
        ),
        (["--from", "yesterday", "--to", "2026-11-23"], "'yesterday' does not match the format"),
    ],
)
def test_replay_refuses_what_cannot_be_replayed_in_one_line(tmp_path, monkeypatch, arguments, told):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    result = CliRunner().invoke(line, ["replay", *arguments])

    assert result.exit_code == 2
    assert told in result.output


def test_a_broken_draft_is_refused_by_place_and_value(draft, capsys):
    from commands.main import run  # noqa: PLC0415

    (draft / "routing.csv").write_text(f"{','.join(ROUTING_COLUMNS)}\n*,ring_all,0,0,15,20,60\n", "utf-8")

    with pytest.raises(SystemExit) as ended:
        run(["replay", "--from", "2026-11-24", "--to", "2026-11-24", "--config", str(draft)])

    assert ended.value.code == 2
    assert 'routing.csv:2 strategy: "ring_all" is not a strategy (expected one of' in capsys.readouterr().err
