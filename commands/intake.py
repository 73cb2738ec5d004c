"""`intake`: what a service needs to know of a case, and what a counselor completes."""

import json
from typing import Any

import click

from commands.case_house import AgentType, in_json, the_house
from directory.model import AgentId
from ivr.completion import PARTS
from ivr.details import DETAILS, Kind, details_of, shown
from ivr.intake import Category, Intake
from ivr.terms import exchange_terms, research_terms
from switchboard.complete_intake import complete_intake
from switchboard.house import House
from tickets.number import read_number_keyed
from tickets.ticket import Ticket

CAUTION = {  # what the source said was only under review is no promise
    Category.TECHNOLOGY_TRANSFER: "착수 기본료 면제와 경상기술료는 검토 중이던 내용입니다. 약속하지 마십시오.",
    Category.DATABASE_ACCESS: "연구자 명단과 연락처는 말하지도 보내지도 않습니다. 인력 교류로 바꾸십시오.",
}
TERMS = {"exchange_days": exchange_terms, "term_days": research_terms}


@click.command()
@click.argument("number", metavar="NUMBER")
@click.option("--set", "given", metavar="NAME=VALUE", multiple=True, help="Complete a part; an empty value forgets it.")
@click.option("--by", type=AgentType(), help="Who completes it; needed with --set.")
@in_json
def intake(number: str, given: tuple[str, ...], by: AgentId | None, as_json: bool) -> None:
    """Show what ticket NUMBER's service needs to know, or complete it: --set exchange_days=90 --by kitech_1."""
    if given and not by:
        raise click.UsageError("--set needs --by AGENT: expected who completes the intake")
    with the_house() as house:
        ticket = known_ticket(house, number)
        if by:
            ticket = complete_intake(house, ticket.number, by, pairs_of(given))
        report = intake_report(ticket)
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else as_form(report))


def pairs_of(given: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name:
            raise click.UsageError(f'--set "{one[:60]}": expected NAME=VALUE, such as urgency=urgent')
        pairs[name.strip()] = value
    return pairs


def known_ticket(house: House, number: str) -> Ticket:
    read = read_number_keyed(number)
    if read is None:
        raise click.UsageError(f'"{number}" is not a ticket number: expected one such as 26-000123-3')
    with house.store.reading() as work:
        ticket = work.tickets.get(read)
    if ticket is None:
        raise click.UsageError(f"there is no ticket {read}")
    return ticket


def intake_report(ticket: Ticket) -> dict[str, Any]:
    """Return everything the service needs to know, known or not, with how each became known and how periods class."""
    known = ticket.intake
    return {
        "number": ticket.number,
        "category": known.category,
        "category_by": known.category_by,
        "region": known.region,
        "region_by": known.region_by,
        "institutes": list(known.institutes),
        "wish": known.wish,
        "consent": known.consent,
        "details": {name: detail_report(known, name) for name in details_of(known.category)},
        "caution": CAUTION.get(known.category) if known.category else None,
    }


def detail_report(known: Intake, name: str) -> dict[str, Any]:
    detail, value = DETAILS[name], known.details.get(name)
    report: dict[str, Any] = {
        "name_ko": detail.name_ko,
        "value": value,
        "shown": None if value is None else shown(name, value),
        "by": known.details_by.get(name) if value is not None else None,
    }
    if detail.kind is Kind.CHOICE:
        report["choices"] = dict(detail.choices)
    if isinstance(value, int) and name in TERMS:
        terms = TERMS[name](value)
        report["class"] = {"classes": list(terms.classes), "is_certain": terms.is_certain, "text": terms.text_ko}
    return report


def as_form(report: dict[str, Any]) -> str:
    """Return the report as a counselor reads it: first the case, then a line for each detail, what is missing last."""
    lines = [f"접수 {report['number']}"]
    lines += [f"  {name:<14} {_written(report[name])}" for name in PARTS]
    for name, detail in report["details"].items():
        by = f" ({detail['by']})" if detail["by"] else ""
        lines.append(f"  {name:<14} {detail['name_ko']}: {_written(detail['shown'])}{by}")
        if detail["value"] is None and "choices" in detail:
            lines.append(" " * 17 + ", ".join(f"{value} {named}" for value, named in detail["choices"].items()))
        if "class" in detail:
            lines.append(" " * 17 + detail["class"]["text"])
    if report["caution"]:
        lines.append(f"  ! {report['caution']}")
    return "\n".join(lines)


def _written(value: object) -> str:
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
