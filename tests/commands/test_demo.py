"""The demo is the whole line in real processes: three calls, and nothing left running."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes
APP = Path(__file__).parents[2] / "app.py"


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return str(taken.getsockname()[1])


def demo_once(tmp_path, port: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(APP), "demo", "--once"],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path / "var"), "PORT": port, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


def processes_of(tmp_path) -> list[str]:
    commands = []
    for entry in Path("/proc").iterdir():
        try:
            environ = (entry / "environ").read_bytes() if entry.name.isdigit() else b""
        except OSError:
            continue  # it ended while we looked
        if f"DATA_DIR={tmp_path}".encode() in environ:
            commands.append((entry / "cmdline").read_text())
    return commands


def test_three_calls_end_as_they_should_and_nothing_is_left_running(tmp_path):
    done = demo_once(tmp_path, free_port())

    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 calls ended as they should." in done.stdout
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("  outcome")] == [
        "answered",
        "answered",
        "voicemail",
    ]
    assert processes_of(tmp_path) == []


def test_a_taken_port_is_one_clear_line_and_exit_code_2(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = demo_once(tmp_path, port)

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert f'PORT: "{port}"' in done.stderr
    assert processes_of(tmp_path) == []
    assert not list(tmp_path.glob("*.db")), "what may be another line's is left alone"
