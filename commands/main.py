"""The command line: one clear line and exit code 2 for whatever is wrong with what was asked."""

import gc
import sys
from importlib import import_module

import click

USAGE_ERROR = 2
COMMANDS = {  # name: where its function is
    "agent": "commands.agent:agent",
    "announcement": "commands.announcement:announcement",
    "bench": "commands.bench:bench",
    "call": "commands.call:call",
    "callbacks": "commands.callbacks:callbacks",
    "case": "commands.case:case",
    "check": "commands.testing:check",
    "company": "commands.company:company",
    "demo": "commands.demo:demo",
    "fallback": "commands.fallback:fallback",
    "faults": "commands.faults:faults",
    "followups": "commands.followups:followups",
    "intake": "commands.intake:intake",
    "menu-lint": "commands.menu_lint:menu_lint",
    "queue": "commands.queue:queue",
    "replay": "commands.replay:replay",
    "route": "commands.route:route",
    "serve": "commands.serve:serve",
    "simulate": "commands.simulate:simulate",
    "simulator": "commands.network:simulator",
    "test": "commands.testing:test",
    "ticket": "commands.look:ticket",
    "understand": "commands.understand:understand_command",
    "why": "commands.look:why",
    "worker": "commands.worker:worker",
}
REFUSALS = (  # errors whose message is for whoever asked
    "commands.building:StartError",
    "commands.evaluation:EvaluationError",
    "commands.script:ScriptError",
    "commands.settings:SettingError",
    "directory.rows:DirectoryError",
    "ivr.flow:FlowError",
    "jobs.queue_server:QueueServerError",
    "store.database:DatabaseError",
)


class CommandLine(click.Group):
    """Reads only the program that was asked for: the whole house takes a second, and a line is four processes."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command:
        if name not in COMMANDS:
            raise click.exceptions.NoSuchCommand(name, possibilities=COMMANDS, ctx=context)
        gc.disable()  # nothing that is read here is ever let go
        try:
            command = named(COMMANDS[name])
        finally:
            gc.freeze()
            gc.enable()
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[name]} is no command")
        return command


def named(address: str) -> object:
    """Return what stands at an address such as `commands.serve:serve`."""
    module, _, name = address.partition(":")
    return getattr(import_module(module), name)


def _is_refusal(error: Exception) -> bool:
    return any(f"{kind.__module__}:{kind.__qualname__}" in REFUSALS for kind in type(error).__mro__)


@click.group(cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def line() -> None:
    """The 1379 SME help line."""


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
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except Exception as error:
        if not _is_refusal(error):
            raise
        for problem in str(error).splitlines():
            click.echo(f"app.py: {problem}", err=True)
        sys.exit(USAGE_ERROR)
    sys.exit(code or 0)
