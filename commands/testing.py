"""`test` and `check`: the same for people, for pre-commit and for CI."""

import subprocess
import sys
from collections.abc import Callable

import click

from commands.building import DIRECTORY_FOLDER, HERE, read_main_flow
from directory.reading import files_in, read_directory
from store.migrating import heads


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--fast", is_flag=True, help="Leave out what starts programs or a server, or plays whole days.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(fast: bool, pytest_arguments: tuple[str, ...]) -> int:
    """Run the tests, on SQLite and on a real PostgreSQL. What follows goes to pytest: a folder, -k WORDS ..."""
    everything = ("-n", "auto", "--dist", "loadfile")  # one file, one process
    chosen = ("-m", "not processes and not postgresql and not long") if fast else ()
    return _run("-m", "pytest", *chosen, *(pytest_arguments or everything))


@click.command()
def check() -> int:
    """Check style, types, import rules, the directory, the call flow, and that migrations form one line."""
    checks = {
        "style": lambda: _run("-m", "ruff", "check", "."),
        "format": lambda: _run("-m", "ruff", "format", "--check", "."),
        "types": lambda: _run("-m", "mypy"),
        "imports": lambda: _run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
        "directory and flow": _check_data,
        "migrations": _check_migrations,
    }
    failed = [name for name, does in checks.items() if _announced(name, does)]
    click.echo(f"check: {', '.join(failed)} failed" if failed else "check: all is well")
    return 1 if failed else 0


def _announced(name: str, does: Callable[[], int]) -> int:
    click.echo(f"== {name}")
    return does()


def _run(*arguments: str) -> int:
    sys.stdout.flush()
    return subprocess.run([sys.executable, *arguments], cwd=HERE, check=False).returncode


def _check_data() -> int:
    directory = read_directory(files_in(DIRECTORY_FOLDER))
    flow = read_main_flow(directory)
    click.echo(f"directory {directory.version}, flow {flow.name} {flow.version}: {len(flow.steps)} steps")
    return 0


def _check_migrations() -> int:
    newest = heads()
    if len(newest) != 1:
        click.echo(f"store/migrations: expected one newest revision, found {', '.join(newest) or 'none'}")
        return 1
    return 0
