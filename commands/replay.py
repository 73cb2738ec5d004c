"""`replay`: past days once more through the routing engine, on the settings in force or on a draft."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import click

from commands.building import opened_database
from commands.environment import settings_now
from commands.simulate import SHIPPED, table
from directory.model import Directory
from directory.reading import files_in, read_directory
from records.korean_time import KOREA
from routing.queue_entry import EntryMode
from store.unit_of_work import DatabaseStore
from whatif.comparing import compare, router_of
from whatif.playing import Played, play
from whatif.replaying import as_it_was, playable

LONGEST_DAYS = 366
HAPPENED, NOW, DRAFT = "happened", "now", "draft"


@click.command()
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day, Korean date.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The last day.")
@click.option("--config", "draft", type=click.Path(path_type=Path), help="A draft: a folder of CSV as directory/data.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def replay(first: datetime, last: datetime, draft: Path | None, *, as_json: bool) -> None:
    """Play past days again: what really happened, what the settings in force make of them, and what a draft would.

    What the rows do not tell is filled in as docs/routing-quality.md says.
    """
    if not first <= last <= first + timedelta(days=LONGEST_DAYS):
        raise click.UsageError(f"--to {last:%Y-%m-%d}: expected a day from --from on, {LONGEST_DAYS} days at most")
    directories = {NOW: read_directory(files_in(SHIPPED))}
    if draft is not None:
        directories[DRAFT] = read_directory(files_in(draft))
    left_out: Counter[str] = Counter()
    days = list(_played_days(first, last, directories, left_out))
    if not days:
        raise click.UsageError(
            f"nobody waited for an agent from {first:%Y-%m-%d} to {last:%Y-%m-%d}: nothing to replay"
        )
    compared = compare(days)
    if as_json:
        told = {"from": f"{first:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}", "days": len(days)}
        callers = sum(len(day[HAPPENED].fates) for day in days)
        policies = {name: one.to_data() for name, one in compared.items()}
        click.echo(json.dumps({**told, "callers": callers, "left_out": left_out, "policies": policies}))
    else:
        click.echo(table(compared))
        click.echo(told_of(left_out))


def told_of(left_out: Mapping[str, int]) -> str:
    """Return whom the replay does not play, and why."""
    callbacks, messages = left_out.get(EntryMode.CALLBACK, 0), left_out.get(EntryMode.MESSAGE, 0)
    return (
        f"left out: {callbacks} who were to be called back and {messages} who left a message; they waited off the line,"
        " and their talks are not played"
    )


def _played_days(
    first: datetime, last: datetime, directories: Mapping[str, Directory], left_out: Counter[str]
) -> Iterator[Mapping[str, Played]]:
    """Yield each day on which anybody waited, as it was and as it would have been; count whom it leaves out."""
    with opened_database(settings_now()) as database, DatabaseStore(database).reading() as work:
        day = first.replace(tzinfo=KOREA)
        while day <= last.replace(tzinfo=KOREA):
            ends = day + timedelta(days=1)
            past = work.past.between(day, ends)
            left_out.update(past.left_out)
            if past.callers:
                playables = {name: playable(past, directory, day, ends) for name, directory in directories.items()}
                again = {name: play(one, router_of("ours", directories[name])) for name, one in playables.items()}
                yield {HAPPENED: as_it_was(past, playables[NOW]), **again}
            day = ends
