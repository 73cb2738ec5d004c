"""A line of a call's script about its ticket, in the words of `case`: `case refer KITECH "밀착력?" --by icg_1`."""

import shlex

import click

from commands.case import case
from switchboard.house import House
from tickets.number import TicketNumber, make_number

ANY_NUMBER = make_number(2026, 1)  # stands in for the ticket's while a line is only read


def check_case_line(text: str) -> None:
    """Raise ValueError with what was expected when this is no act of `case`."""
    words = shlex.split(text)
    if not words or words[0] not in case.commands:
        raise ValueError(f"expected one of {', '.join(case.commands)} after case")
    try:
        _context(words, ANY_NUMBER)
    except click.ClickException as wrong:
        raise ValueError(wrong.format_message()) from None


def do_case_line(house: House, number: TicketNumber, text: str) -> None:
    """Do what the line says about this ticket; raises click.UsageError when it cannot be done."""
    with _context(shlex.split(text), number, house) as context:
        context.command.invoke(context)


def _context(words: list[str], number: TicketNumber, house: House | None = None) -> click.Context:
    return case.commands[words[0]].make_context(words[0], [number, *words[1:]], obj=house)
