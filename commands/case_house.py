"""What the commands of the staff have in common: the house they act on, and refusals; what they are given, and tell.

Cases, companies, follow-ups, callbacks, the queue and announcements are acted on by these.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

import click

from agents.rights import NotAllowed
from commands.environment import settings_now
from commands.house_only import opened_house
from commands.reading_aloud import print_report
from directory.model import AgentId
from ivr.details import DetailError
from switchboard.announce import AnnouncementError
from switchboard.cancel_callback import CallbackGone
from switchboard.change_priority import PriorityError
from switchboard.house import House
from tickets.number import TicketNumber, read_number_keyed
from tickets.ticket import CompanyId
from tickets.written import CaseError

REFUSALS = (AnnouncementError, CallbackGone, CaseError, DetailError, NotAllowed, PriorityError)
Command = TypeVar("Command", bound=Callable[..., Any])


class TicketNumberType(click.ParamType[TicketNumber]):
    name = "NUMBER"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> TicketNumber:
        read = read_number_keyed(value)
        if read is None:
            self.fail(f'"{value}" is not a ticket number: expected one such as 26-000123-3', param, ctx)
        return read


class CompanyIdType(click.ParamType[CompanyId]):
    name = "COMPANY"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> CompanyId:
        text = str(value)
        if not (text.isascii() and text.isdigit() and 0 < len(text) <= 9):
            self.fail(f'"{value}" is not a company\'s record: expected its number, such as 12', param, ctx)
        return CompanyId(int(text))


class AgentType(click.ParamType[AgentId]):
    name = "AGENT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> AgentId:  # noqa: ARG002
        return AgentId(value)


def on_ticket(command: Command) -> Command:
    return click.argument("number", type=TicketNumberType(), metavar="NUMBER")(command)


def by_staff(command: Command) -> Command:
    return click.option("--by", type=AgentType(), required=True, help="Who does it: one of staff.csv or officers.csv.")(
        command
    )


def in_json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)


@contextmanager
def the_house() -> Iterator[House]:
    """Give the house of a played call, or else open it; what cannot be done there becomes one clear line."""
    played = click.get_current_context().find_object(House)
    with nullcontext(played) if played else opened_house(settings_now()) as house:
        try:
            yield house
        except REFUSALS as refused:
            raise click.UsageError(str(refused)) from None


def show(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print_report(report)
