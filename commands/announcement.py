"""`announcement`: what every caller hears before the menu, until a moment that is said with it."""

import json
from datetime import datetime

import click

from commands.call import Moment
from commands.case_house import by_staff, in_json, the_house
from commands.case_report import moment
from directory.codes import AgentId
from switchboard.announce import clear_announcements, set_announcement

LANGUAGES = ("ko", "en")


@click.group()
def announcement() -> None:
    """Tell every caller something before the menu, for a time: a fault, a storm, another opening hour."""


@announcement.command(name="set")
@click.argument("words")
@click.option("--until", type=Moment(), required=True, help="Its end; Korean time unless it has an offset.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="ko", show_default=True, help="Whose voice.")
@by_staff
def set_(words: str, until: datetime, language: str, by: AgentId) -> None:
    """Let callers hear WORDS, as they are to be read aloud, instead of the one in that language before."""
    with the_house() as house:
        made = set_announcement(house, words, until, language, by)
    click.echo(f"{made.language}, until {moment(made.until_at)}: {made.words}")


@announcement.command()
@by_staff
def clear(by: AgentId) -> None:
    """End all announcements now."""
    with the_house() as house:
        click.echo(f"{clear_announcements(house, by)} ended")


@announcement.command()
@in_json
def show(as_json: bool) -> None:
    """Show what callers hear now."""
    with the_house() as house, house.store.reading() as work:
        found = work.announcements.in_force(house.now())
    told = [{"language": one.language, "until": moment(one.until_at), "words": one.words} for one in found]
    if as_json:
        click.echo(json.dumps({"announcements": told}, ensure_ascii=False, indent=2))
        return
    for one in told:
        click.echo(f"{one['language']}, until {one['until']}: {one['words']}")
    if not told:
        click.echo("no announcement is in force")
