"""How the programs begin and end: one clear line when they cannot, and nothing left running whatever ended them."""

import signal
import socket
import sys
from contextlib import closing

import pytest

from tests.faults.processes import marked, product, wait_until
from tests.faults.rig import Rig


def running(line: Rig) -> list[int]:
    return marked(line.mark)


@pytest.fixture
def served(lines) -> Rig:
    line = lines()
    line.serve()
    line.wait_until_ready()
    return line


@pytest.mark.fault("end")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_told_to_stop_the_line_ends_with_all_it_started(served, figures, number):
    worker = served.work()
    wait_until(lambda: served.logged("worker.started"), "the worker works")
    figures["processes"] = len(running(served))

    served.web.tell(number)
    worker.tell(number)

    assert (served.web.leaves(), worker.leaves()) == (0, 0)
    wait_until(lambda: not running(served), "nothing is left")
    assert "Traceback" not in served.web.said + worker.said


@pytest.mark.fault("end")
def test_when_the_master_is_killed_nothing_is_left(served, figures):
    figures["processes"] = len(running(served))

    served.web.kill()

    wait_until(lambda: not running(served), "nothing is left")


@pytest.mark.fault("end")
def test_when_a_worker_of_slow_work_is_killed_nothing_of_its_own_is_left(lines):
    line = lines()
    worker = line.work()
    wait_until(lambda: line.logged("worker.started"), "the worker works")

    worker.kill()

    wait_until(lambda: not running(line), "nothing is left")


PARENT = "import subprocess, sys; subprocess.run([*sys.argv[1:], str(__import__('os').getpid())])"


@pytest.mark.fault("end")
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_what_was_started_to_die_with_its_parent_does_even_when_that_is_killed(lines, command):
    line = lines()
    parent = line.program("parent", sys.executable, "-c", PARENT, *product(command, "--die-with-parent"))
    begun = line.is_ready if command == "serve" else lambda: line.logged("worker.started")
    wait_until(begun, f"{command} has begun; it said: {parent.said}")
    assert len(running(line)) > 1

    parent.kill()

    wait_until(lambda: not running(line), "nothing is left")


@pytest.mark.fault("start")
@pytest.mark.parametrize("wrong", ["port", "folder", "database", "database that is no database", "clock"])
def test_what_stops_the_start_is_told_in_one_line_with_exit_code_2(lines, tmp_path, wrong):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        (tmp_path / "text.db").write_text("this is no database, whatever its name says; " * 100)
        more, names = {
            "port": ({"PORT": str(taken.getsockname()[1])}, "PORT"),
            "folder": ({"DATA_DIR": "/proc/1379"}, "DATA_DIR"),
            "database": ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "DATABASE_URL"),
            "database that is no database": ({"DATABASE_URL": f"sqlite:///{tmp_path / 'text.db'}"}, "DATABASE_URL"),
            "clock": ({"CLOCK_FILE": str(tmp_path / "none.json")}, "CLOCK_FILE"),
        }[wrong]
        line = lines(more=more)

        program = line.serve()

        assert program.leaves() == 2, program.said
    assert len(program.said.splitlines()) == 1, program.said
    assert names in program.said
    assert not running(line)
