"""`followups`: whom to call back about a case that was resolved."""

import click

from commands.case_house import in_json, show, the_house
from commands.case_report import follow_up_report
from switchboard.doors import Work
from tickets.follow_up import FollowUp
from tickets.life import FollowUpState


@click.command()
@click.option("--planned", is_flag=True, help="Also those planned for a later day.")
@in_json
def followups(planned: bool, as_json: bool) -> None:
    """List the follow-up calls that are due; `case follow-up` notes what they found."""
    states = {FollowUpState.DUE, FollowUpState.PLANNED} if planned else {FollowUpState.DUE}
    with the_house() as house, house.store.reading() as work:
        found = work.follow_ups.in_state(*states)
        show({"follow_ups": [{**follow_up_report(one), **_whose(work, one)} for one in found]}, as_json)


def _whose(work: Work, follow_up: FollowUp) -> dict[str, str | None]:
    ticket = work.tickets.get(follow_up.ticket)
    return {"company": ticket.company, "owner": ticket.agent or ticket.desk} if ticket else {}
