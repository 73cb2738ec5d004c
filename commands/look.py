"""`ticket` and `why`: what stands in the rows, for people and for programs."""

from typing import Any

import click

from calls.call import CallId
from commands.case_house import in_json, show
from commands.environment import settings_now
from commands.house_only import opened_house
from commands.reading_aloud import print_reasons
from commands.reports import decisions_report, ticket_report
from switchboard.house import House
from tickets.number import TicketNumber, read_number_keyed


@click.command()
@click.argument("number", metavar="NUMBER")
@in_json
def ticket(number: str, as_json: bool) -> None:
    """Show a ticket; its number is taken with or without hyphens."""
    with opened_house(settings_now()) as house:
        show(_found(house, number), as_json)


@click.command()
@click.argument("number", metavar="TICKET")
@in_json
def why(number: str, as_json: bool) -> None:
    """Explain where a ticket's call went: every desk and agent considered, and the rule that decided."""
    with opened_house(settings_now()) as house:
        found = _found(house, number)
        with house.store.reading() as work:
            decisions = work.decisions.of_call(CallId(found["call"]))
    if as_json:
        show({**found, "decisions": decisions_report(decisions)}, as_json)
        return
    click.echo(f"{found['number']}: {found['desk']}, agent {found['agent'] or '-'}, {found['call_outcome']}")
    for decision in decisions_report(decisions):
        took = "" if decision["took_ms"] is None else f", {decision['took_ms']} ms"
        click.echo(f"{decision['at']} {decision['kind']}, directory {decision['directory_version']}{took}")
        print_reasons(decision["reasons"])


def _found(house: House, number: str) -> dict[str, Any]:
    read = read_number_keyed(number)
    if read is None:
        raise click.UsageError(f'"{number}" is not a ticket number: expected one such as 26-000123-3')
    report = ticket_report(house, TicketNumber(read))
    if report is None:
        raise click.UsageError(f"there is no ticket {read}")
    return report
