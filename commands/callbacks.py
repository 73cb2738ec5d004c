"""`callbacks`: who is to be called, in which order, and how it went so far."""

from typing import Any

import click

from calls.call import Outcome
from calls.number_display import masked
from calls.telephone_number import read_number
from commands.case_house import by_staff, in_json, show, the_house
from commands.case_report import moment
from directory.codes import AgentId
from routing.callback import Attempt
from routing.queue_entry import EntryState, QueueEntry
from switchboard.cancel_callback import cancel_callback
from switchboard.doors import Work
from switchboard.house import House


@click.group(invoke_without_command=True)
@in_json
@click.pass_context
def callbacks(context: click.Context, as_json: bool) -> None:
    """List the callbacks and messages that wait for an agent, in the order of the queue."""
    if context.invoked_subcommand is not None:
        return
    with the_house() as house:
        report = callbacks_report(house)
    if as_json:
        show(report, as_json)
        return
    click.echo(f"callbacks: {len(report['callbacks'])}")
    for one in report["callbacks"]:
        tried = ", ".join(f"{attempt['outcome']} {attempt['at']}" for attempt in one["attempts"]) or "not yet called"
        when = one["call_at"] or ("in line" if one["state"] == EntryState.WAITING else one["state"])
        click.echo(f"  {one['entry']} {one['mode']} {one['ticket']} {one['number'] or '-'}, {when}, {tried}")


@callbacks.command()
@click.argument("entry", type=click.IntRange(1, 999_999_999))
@click.option("--reason", required=True, help="Why nobody is to be called.")
@by_staff
def cancel(entry: int, reason: str, by: AgentId) -> None:
    """Give up callback ENTRY; its ticket and deadline stand."""
    with the_house() as house:
        cancel_callback(house, entry, by, reason)
    click.echo(f"{entry}: {Outcome.NOT_WANTED}, {reason}")


def callbacks_report(house: House) -> dict[str, Any]:
    """Return every live callback with its place, its next moment and its attempts."""
    with house.store.reading() as work:
        found = [_callback(work, entry) for entry in work.callbacks.live()]
    return {"at": moment(house.now()), "callbacks": found}


def _callback(work: Work, entry: QueueEntry) -> dict[str, Any]:
    ticket = work.tickets.of_call(entry.call_id)
    return {
        "entry": entry.id,
        "mode": entry.mode,
        "ticket": entry.ticket,
        "desk": ticket.desk if ticket else None,
        "number": masked(read_number(entry.number, {})) if entry.number else None,
        "state": entry.state,
        "entered_at": moment(entry.entered_at),
        "call_at": moment(entry.call_at) if entry.call_at else None,
        "attempts": [_attempt(one) for one in work.callbacks.attempts_of(entry.id)],
    }


def _attempt(one: Attempt) -> dict[str, Any]:
    ended = moment(one.ended_at) if one.ended_at else None
    return {"at": moment(one.started_at), "outcome": one.state, "ended_at": ended}
