"""Every name on the command line leads to a program, and every refusal it knows to an error; both are read late."""

import click
import pytest

from commands.main import COMMANDS, REFUSALS, line, named, run


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_found_under_its_own_name(name):
    command = line.get_command(click.Context(line), name)

    assert command.name == name


@pytest.mark.parametrize("address", REFUSALS)
def test_every_refusal_is_an_error_of_ours(address):
    error = named(address)

    assert isinstance(error, type)
    assert issubclass(error, Exception)
    assert f"{error.__module__}:{error.__qualname__}" == address


def test_what_is_no_command_is_said_in_one_line(capsys):
    with pytest.raises(SystemExit) as left:
        run(["serv"])

    assert left.value.code == 2
    assert capsys.readouterr().err == "app.py: No such command 'serv'. Did you mean 'serve'?\n"
