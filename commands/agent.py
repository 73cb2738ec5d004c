"""`agent`: a person says whether they take calls, and where they are rung."""

import click

from agents.agent import Presence
from agents.station import Station, StationError, read_station
from commands.environment import settings_now
from commands.house_only import opened_house
from directory.model import AgentId
from switchboard.change_presence import UnknownAgentError, UnknownReasonError, change_presence


class StationType(click.ParamType[Station]):
    name = "STATION"

    def convert(self, value: str | Station, param: click.Parameter | None, ctx: click.Context | None) -> Station:
        if isinstance(value, Station):
            return value
        try:
            return read_station(value)
        except StationError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("agent_id", metavar="ID")
@click.argument("presence", type=click.Choice([str(presence) for presence in Presence]))
@click.option("--station", type=StationType(), help="client:NAME, sip:USER@HOST or tel:+82…; kept until changed.")
@click.option("--reason", help="Why the break is taken.")
def agent(agent_id: str, presence: str, station: Station | None, reason: str | None) -> None:
    """Say that agent ID is available, on a break or offline. The staff stand in directory/data/staff.csv."""
    with opened_house(settings_now()) as house:
        try:
            changed = change_presence(house, AgentId(agent_id), Presence(presence), station, reason)
        except UnknownReasonError as error:
            raise click.UsageError(f"--reason: {error}") from None
        except UnknownAgentError as error:
            some = ", ".join(list(house.directory.staff)[:3])
            raise click.UsageError(f"{error}: expected one such as {some}") from None
    later = f", {changed.next_presence} after this call" if changed.next_presence else ""
    click.echo(f"{changed.id}: {changed.presence}{later}, {changed.work_state}, rung at {changed.station}")
