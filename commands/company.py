"""`company`: the records of companies. What looks alike is shown; only a person says that two are one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from commands.case_house import CompanyIdType, by_staff, in_json, show, the_house
from commands.case_report import company_report
from directory.model import AgentId, InstituteCode
from switchboard import keep_company
from switchboard.house import House
from tickets.ticket import CompanyId


@click.group()
def company() -> None:
    """Keep the records of companies."""


def _act(act: Callable[..., CompanyId]) -> click.Command:
    """Make a command of what somebody does about a record; it shows the record that the act names in the end."""

    @wraps(act)
    def done(*, as_json: bool, **given: Any) -> None:
        with the_house() as house:
            _tell(house, act(house, **given), as_json)

    return company.command()(by_staff(in_json(done)))


def _which(command: click.decorators.FC) -> click.decorators.FC:
    return click.argument("company_id", type=CompanyIdType(), metavar="COMPANY")(command)


@_act
@click.argument("name")
@click.option("--business-number", help="Its 사업자등록번호.")
def add(house: House, name: str, business_number: str | None, by: AgentId) -> CompanyId:
    """Make a company's record."""
    return keep_company.add_company(house, name, by, business_number).id


@company.command("show")
@_which
@in_json
def show_company(company_id: CompanyId, as_json: bool) -> None:
    """Show a record, its tickets and the records that may be of the same company."""
    with the_house() as house:
        _tell(house, company_id, as_json)


@company.command()
@click.argument("words", metavar="NAME|NUMBER")
@in_json
def find(words: str, as_json: bool) -> None:
    """List the records that may be of a company with this name, telephone number or 사업자등록번호."""
    with the_house() as house:
        found = keep_company.find_companies(house, words)
        with house.store.reading() as work:
            show({"found": [company_report(work, one) for one in found]}, as_json)


@_act
@_which
@click.option("--name")
@click.option("--business-number", help="Its 사업자등록번호.")
@click.option("--team", help="The research team that stands by this company.")
def change(
    house: House, company_id: CompanyId, name: str | None, business_number: str | None, team: str | None, by: AgentId
) -> CompanyId:
    """Change what is given."""
    keep_company.change_company(house, company_id, by, name=name, business_number=business_number, team=team)
    return company_id


@_act
@_which
@click.argument("number")
@click.option("--remove", is_flag=True, help="It is not the company's any more.")
def number(house: House, company_id: CompanyId, number: str, remove: bool, by: AgentId) -> CompanyId:
    """Add a telephone number of a company, or remove it."""
    (keep_company.remove_number if remove else keep_company.add_number)(house, company_id, by, number)
    return company_id


@_act
@_which
@click.argument("institute", metavar="INSTITUTE")
@click.argument("reason", metavar="WORDS")
def bar(house: House, company_id: CompanyId, institute: str, reason: str, by: AgentId) -> CompanyId:
    """Never route this company to an institute again."""
    keep_company.bar_institute(house, company_id, by, InstituteCode(institute), reason)
    return company_id


@_act
@_which
@click.argument("institute", metavar="INSTITUTE")
def unbar(house: House, company_id: CompanyId, institute: str, by: AgentId) -> CompanyId:
    """Take an institute off the do-not-route list."""
    keep_company.unbar_institute(house, company_id, by, InstituteCode(institute))
    return company_id


@_act
@click.argument("gone", type=CompanyIdType(), metavar="COMPANY")
@click.option("--into", type=CompanyIdType(), required=True, metavar="COMPANY", help="The record that stays.")
def merge(house: House, gone: CompanyId, into: CompanyId, by: AgentId) -> CompanyId:
    """Say that two records are of one company."""
    keep_company.merge_companies(house, gone, into, by)
    return into


def _tell(house: House, company_id: CompanyId, as_json: bool) -> None:
    with house.store.reading() as work:
        show(company_report(work, keep_company.any_company(work, company_id)), as_json)
