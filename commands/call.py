"""`call`: one scripted call in its own process, in virtual time."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from calls.call import CallId
from commands.caller import play, require_staff
from commands.environment import settings_now
from commands.reading_aloud import print_call
from commands.reports import call_report
from commands.script import EXPECTED, read_script
from commands.stage import opened_stage
from records.korean_time import KOREA
from switchboard import paths

HIGHEST_SCRIPT_BYTES = 1_000_000


class Moment(click.ParamType[datetime]):
    """An ISO time; without an offset it is Korean time."""

    name = "ISO-TIME"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a time: expected ISO such as 2026-11-24T10:00', param, ctx)
        if not 2000 <= at.year < 2100:
            self.fail(f'"{value}" is out of range: expected a year from 2000 to 2099', param, ctx)
        return (at if at.tzinfo else at.replace(tzinfo=KOREA)).astimezone(UTC)


class LineNumber(click.ParamType[str]):
    """One of the line's numbers, written with or without hyphens."""

    name = "NUMBER"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        digits = "".join(character for character in value if character.isdigit())
        digits = digits.removeprefix("82") if value.strip().startswith("+82") else digits
        digits = digits if digits in paths.LINES else f"0{digits}"
        if digits not in paths.LINES:
            self.fail(f'"{value}" is not a number of the line: expected 1379 or 080-9988-114', param, ctx)
        return digits


@click.command()
@click.option("--to", "dialed", type=LineNumber(), default="1379", show_default=True, help="The number dialed.")
@click.option("--from", "caller", required=True, help="The caller's number as the carrier shows it, or anonymous.")
@click.option("--at", type=Moment(), help="When the call comes in; Korean time unless it has an offset. Default: now.")
@click.option(
    "--script",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help=f"One act a line: {EXPECTED}.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the call as read.")
def call(dialed: str, caller: str, at: datetime | None, script: Path, as_json: bool) -> None:
    """Play one scripted call through the whole house, and print what it left behind.

    The simulated network runs in this process in virtual time; the data is DATA_DIR's, shared with the other commands.
    """
    lines = read_script(script.name, read_text(script))
    with opened_stage(settings_now(), at or datetime.now(UTC)) as stage:
        require_staff(stage, lines, script.name)
        phone = stage.network.dial(caller, dialed)
        stage.settle()
        play(stage, phone, lines, script.name)
        report = call_report(stage.house, CallId(phone.sid), phone.transcript)
        if as_json:
            click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        elif report:
            print_call(report)


def read_text(path: Path) -> str:
    try:
        return path.read_bytes()[:HIGHEST_SCRIPT_BYTES].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path}: cannot be read as UTF-8 text ({error})") from None
