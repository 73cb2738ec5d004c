"""`case`: what people do about a ticket. A call's script says the same words: `case start --by icg_1`."""

import click

from commands.case_house import AgentType, CompanyIdType, by_staff, in_json, on_ticket, show, the_house
from commands.reports import ticket_report
from directory.model import AgentId, InstituteCode
from switchboard.assign_ticket import assign_ticket
from switchboard.follow_up import finish_follow_up
from switchboard.house import House
from switchboard.link_company import link_company
from switchboard.move_ticket import answer_ticket, close_ticket, start_ticket
from switchboard.note_ticket import note_ticket
from switchboard.pause_promise import pause_promise, resume_promise
from switchboard.record_consent import record_consent
from switchboard.refer_ticket import answer_referral, refer_ticket, withdraw_referral
from switchboard.resolve_ticket import reopen_ticket, resolve_ticket
from tickets.follow_up import AFTER_DAYS, FollowUpResult
from tickets.number import TicketNumber
from tickets.outcome import TicketOutcome
from tickets.ticket import CompanyId


@click.group()
def case() -> None:
    """Work on a ticket: assign it, ask institutes, answer the company, resolve it."""


@case.command()
@on_ticket
@click.option("--to", type=AgentType(), required=True, help="An agent or a desk: icg_1, center:ICG.")
@click.option("--supervisor", is_flag=True, help="A supervisor says so: the cap on hand-overs does not count.")
@by_staff
@in_json
def assign(number: TicketNumber, to: AgentId, supervisor: bool, by: AgentId, as_json: bool) -> None:
    """Give a ticket its owner, or hand it over to another."""
    with the_house() as house:
        assign_ticket(house, number, to, by, supervisor=supervisor)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@by_staff
@in_json
def start(number: TicketNumber, by: AgentId, as_json: bool) -> None:
    """Begin to work on a ticket."""
    with the_house() as house:
        start_ticket(house, number, by)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("answer", metavar="YES|NO", type=click.Choice(["yes", "no"]))
@by_staff
@in_json
def consent(number: TicketNumber, answer: str, by: AgentId, as_json: bool) -> None:
    """Note whether the company lets its case be passed on to institutes."""
    with the_house() as house:
        record_consent(house, number, by, consent=answer == "yes")
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("institute", metavar="INSTITUTE")
@click.argument("question", metavar="WORDS")
@by_staff
@in_json
def refer(number: TicketNumber, institute: str, question: str, by: AgentId, as_json: bool) -> None:
    """Ask an institute, such as KITECH; several may be asked side by side."""
    with the_house() as house:
        refer_ticket(house, number, InstituteCode(institute), by, question)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("institute", metavar="INSTITUTE")
@click.argument("answer", metavar="WORDS")
@by_staff
@in_json
def reply(number: TicketNumber, institute: str, answer: str, by: AgentId, as_json: bool) -> None:
    """Attach what an institute answered."""
    with the_house() as house:
        answer_referral(house, number, InstituteCode(institute), by, answer)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("institute", metavar="INSTITUTE")
@click.argument("reason", metavar="WORDS")
@by_staff
@in_json
def withdraw(number: TicketNumber, institute: str, reason: str, by: AgentId, as_json: bool) -> None:
    """Ask an institute no more."""
    with the_house() as house:
        withdraw_referral(house, number, InstituteCode(institute), by, reason)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("words", metavar="WORDS")
@by_staff
@in_json
def answer(number: TicketNumber, words: str, by: AgentId, as_json: bool) -> None:
    """Note that the company has its answer: the promise is kept."""
    with the_house() as house:
        answer_ticket(house, number, by, words)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("outcome", type=click.Choice([str(outcome) for outcome in TicketOutcome]))
@click.argument("words", metavar="WORDS")
@click.option("--days", type=int, help="How long the development takes, for research_short, _between and _long.")
@by_staff
@in_json
def resolve(number: TicketNumber, outcome: str, words: str, days: int | None, by: AgentId, as_json: bool) -> None:
    """Resolve a ticket with its outcome; follow-up calls are planned."""
    with the_house() as house:
        resolve_ticket(house, number, by, TicketOutcome(outcome), words, days)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@by_staff
@in_json
def close(number: TicketNumber, by: AgentId, as_json: bool) -> None:
    """Close a resolved ticket."""
    with the_house() as house:
        close_ticket(house, number, by)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("reason", metavar="WORDS")
@by_staff
@in_json
def reopen(number: TicketNumber, reason: str, by: AgentId, as_json: bool) -> None:
    """Open a ticket again; an answer is promised anew."""
    with the_house() as house:
        reopen_ticket(house, number, by, reason)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("reason", metavar="WORDS")
@by_staff
@in_json
def pause(number: TicketNumber, reason: str, by: AgentId, as_json: bool) -> None:
    """Stop the clock of the three working days."""
    with the_house() as house:
        pause_promise(house, number, by, reason)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@by_staff
@in_json
def resume(number: TicketNumber, by: AgentId, as_json: bool) -> None:
    """Let the clock run on with the working time that was left."""
    with the_house() as house:
        resume_promise(house, number, by)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("words", metavar="WORDS")
@by_staff
@in_json
def note(number: TicketNumber, words: str, by: AgentId, as_json: bool) -> None:
    """Write something into a ticket."""
    with the_house() as house:
        note_ticket(house, number, by, words)
        _tell(house, number, as_json)


@case.command()
@on_ticket
@click.argument("company", type=CompanyIdType(), metavar="COMPANY")
@by_staff
@in_json
def link(number: TicketNumber, company: CompanyId, by: AgentId, as_json: bool) -> None:
    """Say which company's case it is: the number of its record."""
    with the_house() as house:
        link_company(house, number, company, by)
        _tell(house, number, as_json)


@case.command("follow-up")
@on_ticket
@click.argument("days", type=click.Choice([str(days) for days in AFTER_DAYS]))
@click.argument("result", type=click.Choice([str(result) for result in FollowUpResult]))
@click.argument("words", metavar="WORDS", default="")
@by_staff
@in_json
def follow_up(number: TicketNumber, days: str, result: str, words: str, by: AgentId, as_json: bool) -> None:
    """Note what a follow-up call found."""
    with the_house() as house:
        finish_follow_up(house, number, int(days), by, FollowUpResult(result), words)
        _tell(house, number, as_json)


def _tell(house: House, number: TicketNumber, as_json: bool) -> None:
    if click.get_current_context().find_object(House):
        return  # a played call tells of its ticket in the end
    report = ticket_report(house, number)
    assert report is not None  # noqa: S101 (it was changed just now)
    if as_json:
        show(report, as_json)
        return
    due = f"paused: {report['paused']}" if report["paused"] else f"due {report['due_at']}"
    click.echo(f"{number}: {report['state']}, {report['agent'] or 'nobody'} at {report['desk']}, {due}")
