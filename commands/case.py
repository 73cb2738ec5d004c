"""`case`: what people do about a ticket. A call's script says the same words: `case start --by icg_1`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from commands.case_house import AgentType, CompanyIdType, by_staff, in_json, on_ticket, show, the_house
from commands.reports import ticket_report
from directory.model import AgentId, InstituteCode
from switchboard.assign_ticket import assign_ticket
from switchboard.follow_up import finish_follow_up
from switchboard.hear_recording import What, hear_recordings
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


def _act(act: Callable[..., object]) -> click.Command:
    """Make a command of what somebody does about a ticket; it tells how the ticket stands after it."""

    @wraps(act)
    def done(*, as_json: bool, **given: Any) -> None:
        with the_house() as house:
            act(house, **given)
            _tell(house, given["number"], as_json)

    return case.command()(on_ticket(by_staff(in_json(done))))


@_act
@click.option("--to", type=AgentType(), required=True, help="An agent or a desk: icg_1, center:ICG.")
@click.option("--supervisor", is_flag=True, help="A supervisor says so: the cap on hand-overs does not count.")
def assign(house: House, number: TicketNumber, to: AgentId, supervisor: bool, by: AgentId) -> None:
    """Give a ticket its owner, or hand it over to another."""
    assign_ticket(house, number, to, by, supervisor=supervisor)


@_act
def start(house: House, number: TicketNumber, by: AgentId) -> None:
    """Begin to work on a ticket."""
    start_ticket(house, number, by)


@_act
@click.argument("answer", metavar="YES|NO", type=click.Choice(["yes", "no"]))
def consent(house: House, number: TicketNumber, answer: str, by: AgentId) -> None:
    """Note whether the company lets its case be passed on to institutes."""
    record_consent(house, number, by, consent=answer == "yes")


@_act
@click.argument("institute", metavar="INSTITUTE")
@click.argument("question", metavar="WORDS")
def refer(house: House, number: TicketNumber, institute: str, question: str, by: AgentId) -> None:
    """Ask an institute, such as KITECH; several may be asked side by side."""
    refer_ticket(house, number, InstituteCode(institute), by, question)


@_act
@click.argument("institute", metavar="INSTITUTE")
@click.argument("answer", metavar="WORDS")
def reply(house: House, number: TicketNumber, institute: str, answer: str, by: AgentId) -> None:
    """Attach what an institute answered."""
    answer_referral(house, number, InstituteCode(institute), by, answer)


@_act
@click.argument("institute", metavar="INSTITUTE")
@click.argument("reason", metavar="WORDS")
def withdraw(house: House, number: TicketNumber, institute: str, reason: str, by: AgentId) -> None:
    """Ask an institute no more."""
    withdraw_referral(house, number, InstituteCode(institute), by, reason)


@_act
@click.argument("words", metavar="WORDS")
def answer(house: House, number: TicketNumber, words: str, by: AgentId) -> None:
    """Note that the company has its answer: the promise is kept."""
    answer_ticket(house, number, by, words)


@_act
@click.argument("outcome", type=click.Choice([str(outcome) for outcome in TicketOutcome]))
@click.argument("words", metavar="WORDS")
@click.option("--days", type=int, help="How long the development takes, for research_short, _between and _long.")
def resolve(house: House, number: TicketNumber, outcome: str, words: str, days: int | None, by: AgentId) -> None:
    """Resolve a ticket with its outcome; follow-up calls are planned."""
    resolve_ticket(house, number, by, TicketOutcome(outcome), words, days)


@_act
def close(house: House, number: TicketNumber, by: AgentId) -> None:
    """Close a resolved ticket."""
    close_ticket(house, number, by)


@_act
@click.argument("reason", metavar="WORDS")
def reopen(house: House, number: TicketNumber, reason: str, by: AgentId) -> None:
    """Open a ticket again; an answer is promised anew."""
    reopen_ticket(house, number, by, reason)


@_act
@click.argument("reason", metavar="WORDS")
def pause(house: House, number: TicketNumber, reason: str, by: AgentId) -> None:
    """Stop the clock of the three working days."""
    pause_promise(house, number, by, reason)


@_act
def resume(house: House, number: TicketNumber, by: AgentId) -> None:
    """Let the clock run on with the working time that was left."""
    resume_promise(house, number, by)


@_act
@click.argument("words", metavar="WORDS")
def note(house: House, number: TicketNumber, words: str, by: AgentId) -> None:
    """Write something into a ticket."""
    note_ticket(house, number, by, words)


@_act
@click.argument("company", type=CompanyIdType(), metavar="COMPANY")
def link(house: House, number: TicketNumber, company: CompanyId, by: AgentId) -> None:
    """Say which company's case it is: the number of its record."""
    link_company(house, number, company, by)


@_act
@click.argument("days", type=click.Choice([str(days) for days in AFTER_DAYS]))
@click.argument("result", type=click.Choice([str(result) for result in FollowUpResult]))
@click.argument("words", metavar="WORDS", default="")
def follow_up(house: House, number: TicketNumber, days: str, result: str, words: str, by: AgentId) -> None:
    """Note what a follow-up call found; after not_reached it is planned again, as often as the settings say."""
    finish_follow_up(house, number, int(days), by, FollowUpResult(result), words)


@case.command()
@on_ticket
@by_staff
@click.option("--reason", required=True, help="Why it is heard; this is kept.")
@click.option("--what", type=click.Choice([str(what) for what in What]), default=str(What.MESSAGE), show_default=True)
@in_json
def listen(number: TicketNumber, by: AgentId, reason: str, what: str, as_json: bool) -> None:
    """Give the ids of what was recorded to somebody who may hear it: the messages left, or the talks."""
    with the_house() as house:
        heard = hear_recordings(house, number, What(what), by, reason)
    told = [{"recording": one.id, "seconds": one.duration_seconds} for one in heard]
    show({"ticket": number, "what": what, "recordings": told}, as_json)


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
