"""The command line: one clear line and exit code 2 for whatever is wrong with what was asked."""

import sys

import click

from commands.agent import agent
from commands.announcement import announcement
from commands.bench import bench
from commands.building import StartError
from commands.call import call
from commands.callbacks import callbacks
from commands.case import case
from commands.company import company
from commands.demo import demo
from commands.evaluation import EvaluationError
from commands.fallback import fallback
from commands.faults import faults
from commands.followups import followups
from commands.intake import intake
from commands.look import ticket, why
from commands.menu_lint import menu_lint
from commands.network import simulator
from commands.queue import queue
from commands.replay import replay
from commands.route import route
from commands.script import ScriptError
from commands.serve import serve
from commands.settings import SettingError
from commands.simulate import simulate
from commands.testing import check, test
from commands.understand import understand_command
from commands.worker import worker
from directory.rows import DirectoryError
from ivr.flow import FlowError
from jobs.queue_server import QueueServerError
from store.database import DatabaseError

USAGE_ERROR = 2
REFUSED = (
    StartError,
    SettingError,
    ScriptError,
    DirectoryError,
    FlowError,
    DatabaseError,
    QueueServerError,
    EvaluationError,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def line() -> None:
    """The 1379 SME help line."""


for command in (
    demo,
    call,
    agent,
    queue,
    ticket,
    route,
    why,
    serve,
    worker,
    simulator,
    bench,
    fallback,
    test,
    check,
    faults,
):
    line.add_command(command)
for command in (understand_command, intake, menu_lint):  # what callers are asked, and what they say
    line.add_command(command)
for command in (case, company, followups):  # the cases
    line.add_command(command)
for command in (callbacks, announcement):  # what callers wait for, and hear meanwhile
    line.add_command(command)
for command in (simulate, replay):
    line.add_command(command)


def run(arguments: list[str]) -> None:
    """Run one command and exit: 0 when all went well, 1 when it came out badly, 2 when it could not be done."""
    try:
        code = line.main(arguments, prog_name="app.py", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.ClickException as error:
        where = getattr(getattr(error, "ctx", None), "command_path", "app.py")
        click.echo(f"{where}: {error.format_message()}", err=True)
        sys.exit(USAGE_ERROR)
    except REFUSED as error:
        for problem in str(error).splitlines():
            click.echo(f"app.py: {problem}", err=True)
        sys.exit(USAGE_ERROR)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(code or 0)
