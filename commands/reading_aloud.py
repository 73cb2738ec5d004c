"""A call on the terminal, as somebody reading along would want it."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import click

WHO = {"line": "1379  ", "caller": "caller"}


def print_call(report: Mapping[str, Any]) -> None:
    """Print the transcript, and what the call left behind."""
    for heard in report["transcript"]:
        print_heard(heard)
    print_result(report)


def print_heard(heard: Mapping[str, str]) -> None:
    time = heard["at"][11:19]
    click.echo(f"  {time}  {WHO.get(heard['who'], heard['who'])}  {_heard(heard)}")


def _heard(heard: Mapping[str, str]) -> str:
    """Return what was said, else which keys were pressed, else which sound was played: a beep, the waiting music."""
    if spoken := heard.get("text") or heard.get("speech"):
        return spoken
    if keys := heard.get("keys"):
        return f"[{keys}]"
    return f"({PurePosixPath(urlsplit(heard.get('sound', '')).path).stem})"


def print_result(report: Mapping[str, Any]) -> None:
    ticket = report["ticket"]
    click.echo(f"  outcome  {report['outcome']}")
    click.echo(
        f"  ticket   {ticket['number']}, {ticket['state']}, due {ticket['due_at'][:16]}"
        if ticket
        else "  ticket   none"
    )
    if report["desk"]:
        click.echo(f"  desk     {report['desk']}" + (f", agent {report['agent']}" if report["agent"] else ""))
    print_reasons(report["reasons"])


def print_reasons(reasons: Sequence[Mapping[str, Any]]) -> None:
    for reason in reasons:
        tier = f"tier {reason['tier']}" if reason["tier"] else "      "
        click.echo(f"  {tier}  {reason['verdict']:<9} {reason['subject']:<18} {reason['rule']:<13} {reason['text']}")
        if reason.get("text_en"):
            click.echo(f"{'':<54}{reason['text_en']}")


def print_report(report: Mapping[str, Any]) -> None:
    """Print a report line by line; a list of things has a line for each."""
    for name, value in report.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            click.echo(f"{name}: {len(value)}")
            for item in value:
                click.echo("  " + ", ".join(f"{part} {_told(told)}" for part, told in item.items()))
        else:
            click.echo(f"{name}: {_told(value)}")


def _told(value: object) -> str:
    """Write a value as people read it; what is not there is a dash."""
    if isinstance(value, dict):
        return ", ".join(f"{part} {_told(told)}" for part, told in value.items()) or "-"
    if isinstance(value, list):
        return " ".join(map(_told, value)) or "-"
    return "-" if value is None else str(value)
