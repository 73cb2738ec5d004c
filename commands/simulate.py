"""`simulate`: made-up days through the routing engine, beside the same days by the rules of other systems."""

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from directory.reading import files_in, read_directory
from directory.routing_rows import rising_seconds
from whatif.comparing import OURS, POLICIES, Comparison, compare, play_all
from whatif.day import Ringing
from whatif.demand import BANK, Demand, draw_day, staffed
from whatif.measures import Interval, Measures
from whatif.playing import Played

SHIPPED = Path(__file__).parent.parent / "directory" / "data"
USUAL = (OURS, "taskrouter", "freeswitch", "asterisk")


def _rising(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    try:
        return rising_seconds(value) if value else None
    except ValueError as wrong:
        raise click.BadParameter(f'"{value}" cannot be read: expected {wrong}') from wrong


@click.command()
@click.option(
    "--load",
    type=click.FloatRange(0.05, 2),
    default=0.85,
    show_default=True,
    help="Work offered, of what all agents can do.",
)
@click.option("--days", type=click.IntRange(1, 1000), default=8, show_default=True)
@click.option(
    "--staffing",
    type=click.Choice(["prop", "flat"]),
    default="prop",
    show_default=True,
    help="Center agents by population, or as many at each center.",
)
@click.option(
    "--policy",
    "policies",
    type=click.Choice(POLICIES),
    multiple=True,
    help=f"May be repeated; the first is compared with. Default: {', '.join(USUAL)}.",
)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--answer-seconds",
    type=click.FloatRange(0, 60),
    default=0,
    show_default=True,
    help="From the offer until the agent answers.",
)
@click.option(
    "--unanswered",
    type=click.FloatRange(0, 0.9),
    default=0,
    show_default=True,
    help="Share of the offers that ring out.",
)
@click.option(
    "--ring-seconds",
    type=click.FloatRange(1, 60),
    default=15,
    show_default=True,
    help="How long an offer rings that rings out.",
)
@click.option(
    "--tier-seconds",
    metavar="SECONDS",
    callback=_rising,
    help="When later desks open, such as 8;12, for every policy, instead of the settings of the desks.",
)
@click.option(
    "--law",
    type=click.Choice(["usual", "bank"]),
    default="usual",
    show_default=True,
    help="How long talks and patience last: as we take them to, or as at a bank.",
)
@click.option("--config", type=click.Path(path_type=Path), default=SHIPPED, help="A folder of CSV as directory/data.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def simulate(**asked: Any) -> None:
    """Play generated days: how many callers are answered in 20 s, how long they wait, by whom they are answered.

    What the days are drawn from, and what the columns mean, stands in docs/routing-quality.md.
    """
    files = files_in(asked["config"])
    read_directory(files)  # a bad folder is refused here, before anything is started
    demand = Demand(
        load=asked["load"],
        seed=asked["seed"],
        unanswered=asked["unanswered"],
        ringing=Ringing(answer_seconds=asked["answer_seconds"], ring_seconds=asked["ring_seconds"]),
        **(BANK if asked["law"] == "bank" else {}),
    )
    policies, tiers = asked["policies"] or USUAL, asked["tier_seconds"]
    compared = compare(played_days(demand, files, asked["staffing"], range(asked["days"]), policies, tiers))
    if asked["as_json"]:
        told = {name: value for name, value in asked.items() if name not in {"policies", "config", "as_json"}}
        click.echo(json.dumps({**told, "policies": {name: one.to_data() for name, one in compared.items()}}))
    else:
        click.echo(table(compared))


def played_days(
    demand: Demand,
    files: Mapping[str, str],
    staffing: str,
    numbers: Sequence[int],
    policies: Sequence[str],
    tier_seconds: tuple[int, ...] | None = None,
) -> Sequence[Mapping[str, Played]]:
    """Play days on every processor there is; each process reads the directory's files and draws its own days."""
    one = partial(_played_day, demand, files, staffing, tuple(dict.fromkeys(policies)), tier_seconds)
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(numbers))) as processes:
        return list(processes.map(one, numbers))


def _played_day(
    demand: Demand,
    files: Mapping[str, str],
    staffing: str,
    policies: Sequence[str],
    tier_seconds: tuple[int, ...] | None,
    number: int,
) -> Mapping[str, Played]:
    directory = staffed(read_directory(files), staffing)
    if tier_seconds:
        routing = {desk: replace(s, tier_seconds=tier_seconds) for desk, s in directory.routing.items()}
        directory = replace(directory, routing=routing)
    return play_all(draw_day(demand, directory, number), directory, policies)


COLUMNS = {
    "service_level": "in 20 s", "mean_wait": "wait s", "asa": "ASA s", "p95_wait": "p95 s", "abandoned": "gone",
    "right_desk": "desk", "right_region": "region", "spread": "spread", "worst_region": "worst",
}  # fmt: skip


def table(compared: Mapping[str, Comparison]) -> str:
    """Write a line for each policy, and below it the first policy's lead with its 95 % interval."""
    lines = [f"{'':12}" + "".join(f"{COLUMNS[name.name]:>16}" for name in fields(Measures))]
    for number, (policy, one) in enumerate(compared.items()):
        lines.append(f"{policy:12}" + "".join(f"{getattr(one.measures, n.name):16.3f}" for n in fields(Measures)))
        if number:
            leads = (one.from_first[name.name] for name in fields(Measures))
            lines.append(f"{'  lead':12}" + "".join(f"{_lead(lead):>16}" for lead in leads))
    return "\n".join(lines)


def _lead(lead: Interval) -> str:
    return f"{lead.mean:+.3f}" + ("" if lead.half is None else f" ±{lead.half:.3f}")
