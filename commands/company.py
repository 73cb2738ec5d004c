"""`company`: the records of companies. What looks alike is shown; only a person says that two are one."""

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


def _which(command: click.decorators.FC) -> click.decorators.FC:
    return click.argument("company_id", type=CompanyIdType(), metavar="COMPANY")(command)


@company.command()
@click.argument("name")
@click.option("--business-number", help="Its 사업자등록번호.")
@by_staff
@in_json
def add(name: str, business_number: str | None, by: AgentId, as_json: bool) -> None:
    """Make a company's record."""
    with the_house() as house:
        _tell(house, keep_company.add_company(house, name, by, business_number).id, as_json)


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


@company.command()
@_which
@click.option("--name")
@click.option("--business-number", help="Its 사업자등록번호.")
@click.option("--team", help="The research team that stands by this company.")
@by_staff
@in_json
def change(
    company_id: CompanyId, name: str | None, business_number: str | None, team: str | None, by: AgentId, as_json: bool
) -> None:
    """Change what is given."""
    with the_house() as house:
        keep_company.change_company(house, company_id, by, name=name, business_number=business_number, team=team)
        _tell(house, company_id, as_json)


@company.command()
@_which
@click.argument("number")
@click.option("--remove", is_flag=True, help="It is not the company's any more.")
@by_staff
@in_json
def number(company_id: CompanyId, number: str, remove: bool, by: AgentId, as_json: bool) -> None:
    """Add a telephone number of a company, or remove it."""
    with the_house() as house:
        (keep_company.remove_number if remove else keep_company.add_number)(house, company_id, by, number)
        _tell(house, company_id, as_json)


@company.command()
@_which
@click.argument("institute", metavar="INSTITUTE")
@click.argument("reason", metavar="WORDS")
@by_staff
@in_json
def bar(company_id: CompanyId, institute: str, reason: str, by: AgentId, as_json: bool) -> None:
    """Never route this company to an institute again."""
    with the_house() as house:
        keep_company.bar_institute(house, company_id, by, InstituteCode(institute), reason)
        _tell(house, company_id, as_json)


@company.command()
@_which
@click.argument("institute", metavar="INSTITUTE")
@by_staff
@in_json
def unbar(company_id: CompanyId, institute: str, by: AgentId, as_json: bool) -> None:
    """Take an institute off the do-not-route list."""
    with the_house() as house:
        keep_company.unbar_institute(house, company_id, by, InstituteCode(institute))
        _tell(house, company_id, as_json)


@company.command()
@click.argument("gone", type=CompanyIdType(), metavar="COMPANY")
@click.option("--into", type=CompanyIdType(), required=True, metavar="COMPANY", help="The record that stays.")
@by_staff
@in_json
def merge(gone: CompanyId, into: CompanyId, by: AgentId, as_json: bool) -> None:
    """Say that two records are of one company."""
    with the_house() as house:
        keep_company.merge_companies(house, gone, into, by)
        _tell(house, into, as_json)


def _tell(house: House, company_id: CompanyId, as_json: bool) -> None:
    with house.store.reading() as work:
        show(company_report(work, keep_company.any_company(work, company_id)), as_json)
