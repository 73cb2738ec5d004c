"""`fallback`: the document to keep elsewhere, for the moments when the line itself cannot answer."""

import click

from carrier.fallback import fallback_document
from commands.building import DIRECTORY_FOLDER, read_main_flow
from commands.environment import settings_now
from directory.reading import files_in, read_directory
from switchboard import paths


@click.command()
@click.option("--line", type=click.Choice(paths.LINES), default="1379", show_default=True, help="The line it is for.")
def fallback(line: str) -> None:
    """Print the document for the fallback address of one of the line's numbers.

    Keep it on another server than this one; it leads back to PUBLIC_BASE_URL.
    """
    flow = read_main_flow(read_directory(files_in(DIRECTORY_FOLDER)))
    words = flow.prompts.speak("fallback").text
    click.echo(fallback_document(words, settings_now().public_base_url, line))
