"""`route`: the plan for a caller that nobody has to be: which desks, when, and why."""

import json
from datetime import UTC, datetime
from typing import Any

import click

from calls.telephone_number import TelephoneNumber, read_number
from commands.call import Moment
from commands.environment import settings_now
from commands.house_only import opened_house
from commands.reading_aloud import print_reasons
from directory.model import AgentId, InstituteCode, RegionCode, agent_desk
from ivr.intake import Category, Intake, KnownBy
from routing.route import CALLBACK, Route, plan_route
from switchboard.caller_history import history_of
from switchboard.doors import Work
from switchboard.house import House

STAFFED = ("all", "none", "live")


@click.command()
@click.option("--category", type=click.Choice([str(category) for category in Category]), required=True)
@click.option("--region", metavar="CODE", help="Such as KR-41; unknown when left out.")
@click.option("--institute", "institutes", multiple=True, metavar="CODE", help="Whose fields fit, the best first.")
@click.option("--from", "caller", metavar="NUMBER", help="Whose history counts, and whose region when none is named.")
@click.option("--at", type=Moment(), help="When; Korean time unless it has an offset. Default: now.")
@click.option("--staffed", type=click.Choice(STAFFED), default="live", show_default=True, help="Who is signed in.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def route(
    category: str,
    region: str | None,
    institutes: tuple[str, ...],
    caller: str | None,
    at: datetime | None,
    staffed: str,
    as_json: bool,
) -> None:
    """Show where a call would go. The caller is taken to have said yes to passing the case on."""
    with opened_house(settings_now()) as house:
        number = read_number(caller, house.directory.region_by_area_code) if caller else None
        intake = _intake(house, category, region, institutes, number)
        planned = _plan(house, intake, number, at or datetime.now(UTC), staffed)
    report = route_report(planned)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for number_, tier in enumerate(report["tiers"], start=1):
        opens = tier["skipped"] or f"{tier['opens_after_s']} s"
        click.echo(f"{number_}. {' '.join(tier['desks']):<20} {opens}")
    click.echo(f"   {report['fallback']}")
    print_reasons(report["reasons"])


def route_report(planned: Route) -> dict[str, Any]:
    return {
        "tiers": [
            {"opens_after_s": tier.opens_after_seconds, "desks": list(tier.desks), "skipped": tier.skipped}
            for tier in planned.tiers
        ],
        "fallback": CALLBACK,
        "reasons": [reason.to_data() for reason in planned.reasons],
    }


def _plan(house: House, intake: Intake, number: TelephoneNumber | None, at: datetime, staffed: str) -> Route:
    desks = {*house.directory.desks, *map(agent_desk, house.directory.staff)}
    with house.store.reading() as work:
        signed_in = house.staffing(work) if staffed == "live" else dict.fromkeys(desks, int(staffed == "all"))
        history = history_of(house, work, number, _counselor(work, number))
    return plan_route(intake, house.directory, signed_in, at, history)


def _counselor(work: Work, number: TelephoneNumber | None) -> AgentId | None:
    """Return who has the open case of this number, to whom a call about the same matter goes first."""
    ticket = work.tickets.newest_open_of(number.national) if number and number.national else None
    return ticket.agent if ticket else None


def _intake(
    house: House, category: str, region: str | None, institutes: tuple[str, ...], number: TelephoneNumber | None
) -> Intake:
    regions, known = house.directory.regions, house.directory.institutes
    if region is not None and region not in regions:
        raise click.UsageError(f'--region: "{region}" is not a region: expected one of {", ".join(sorted(regions))}')
    for code in institutes:
        if code not in known:
            raise click.UsageError(f'--institute: "{code}" is no institute: expected one of {", ".join(sorted(known))}')
    return Intake(
        category=Category(category),
        category_by=KnownBy.KEYS,
        region=RegionCode(region) if region else number.region if number else None,
        institutes=tuple(map(InstituteCode, institutes)),
        consent=True,
    )
