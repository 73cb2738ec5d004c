"""`announcement`: what every caller hears before the menu, until a moment that is said with it."""

import json
from datetime import datetime

import click

from commands.call import Moment
from commands.case_report import moment
from commands.environment import settings_now
from commands.house_only import opened_house
from switchboard.announce import AnnouncementError, clear_announcements, set_announcement

LANGUAGES = ("ko", "en")


@click.group()
def announcement() -> None:
    """Tell every caller something before the menu, for a time: a fault, a storm, another opening hour."""


@announcement.command(name="set")
@click.argument("words")
@click.option("--until", type=Moment(), required=True, help="Its end; Korean time unless it has an offset.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="ko", show_default=True, help="Whose voice.")
def set_(words: str, until: datetime, language: str) -> None:
    """Let callers hear WORDS, as they are to be read aloud, instead of the one in that language before."""
    with opened_house(settings_now()) as house:
        try:
            made = set_announcement(house, words, until, language)
        except AnnouncementError as error:
            raise click.UsageError(str(error)) from None
    click.echo(f"{made.language}, until {moment(made.until_at)}: {made.words}")


@announcement.command()
def clear() -> None:
    """End all announcements now."""
    with opened_house(settings_now()) as house:
        click.echo(f"{clear_announcements(house)} ended")


@announcement.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(as_json: bool) -> None:
    """Show what callers hear now."""
    with opened_house(settings_now()) as house, house.store.reading() as work:
        found = work.announcements.in_force(house.now())
    told = [{"language": one.language, "until": moment(one.until_at), "words": one.words} for one in found]
    if as_json:
        click.echo(json.dumps({"announcements": told}, ensure_ascii=False, indent=2))
        return
    for one in told:
        click.echo(f"{one['language']}, until {one['until']}: {one['words']}")
    if not told:
        click.echo("no announcement is in force")
