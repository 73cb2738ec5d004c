"""`queue`: who waits, and how the agents stand; a supervisor lets somebody stand further ahead, or further back."""

import click

from commands.case_house import by_staff, in_json, show, the_house
from commands.reports import queue_report
from directory.codes import AgentId
from switchboard.change_priority import change_priority


@click.group(invoke_without_command=True)
@in_json
@click.pass_context
def queue(context: click.Context, as_json: bool) -> None:
    """Show who waits, and how the agents stand."""
    if context.invoked_subcommand is None:
        with the_house() as house:
            show(queue_report(house), as_json)


@queue.command(context_settings={"ignore_unknown_options": True})  # so that -60 is a number
@click.argument("entry", type=click.IntRange(1, 999_999_999))
@click.argument("seconds", type=int)
@by_staff
@click.option("--reason", required=True, help="Why they are to stand elsewhere.")
def priority(entry: int, seconds: int, by: AgentId, reason: str) -> None:
    """Let ENTRY stand as if it had come SECONDS earlier than it did. 0: no priority; below 0: later.

    SECONDS replace the priority it has, and are never fewer than the line itself gave: to a caller who lost their
    agent, or who was cut off or owed a callback, dialed again and kept their place.
    """
    with the_house() as house:
        change_priority(house, entry, seconds, by, reason)
    click.echo(f"{entry}: {seconds} s, {reason}")
