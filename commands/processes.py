"""The processes of a line on one machine: started in order, watched until they are ready, and gone with us."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from commands.building import HERE, StartError
from commands.settings import Settings

READY_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.05
STOP_SECONDS = 5.0


@contextmanager
def starting_network(settings: Settings, clock_file: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start the simulated network on a clock of its own, without waiting for it, and stop it in the end."""
    network = _start(["simulator", "--port", "0", "--product-url", settings.public_base_url], settings, clock_file)
    try:
        yield network
    finally:
        _stop(network)


@contextmanager
def running_line(settings: Settings, clock_file: Path, network: "subprocess.Popen[str]") -> Iterator[str]:
    """Start the web processes and the worker behind a network, give the network's address, and stop them in the end.

    None outlives this process, not even when it is killed. A process that cannot start stops them all, with its word.
    """
    network_url = _address_told(network)
    started: list[subprocess.Popen[str]] = []
    try:
        started.extend(_start([command], settings, clock_file, network_url) for command in ("serve", "worker"))
        _wait_until_ready(settings.public_base_url, [network, *started])
        yield network_url
    finally:
        for process in reversed(started):
            _stop(process)


def _start(command: list[str], settings: Settings, clock_file: Path, network_url: str = "") -> "subprocess.Popen[str]":
    ours = {
        "CARRIER": "simulator",
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "TWILIO_API_BASE_URL": network_url,
        "CLOCK_FILE": str(clock_file),
    }
    return subprocess.Popen(  # noqa: S603 (our own programs)
        [sys.executable, str(HERE / "app.py"), *command, "--die-with-parent", str(os.getpid())],
        cwd=HERE,
        env={**os.environ, **ours},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is ours to pass on
    )


def _address_told(network: "subprocess.Popen[str]") -> str:
    """Return the address the network says it listens at; it took a free port."""
    line = network.stdout.readline() if network.stdout else ""
    if "http://" not in line:
        raise StartError(_last_words(network))
    return "http://" + line.rsplit("http://", 1)[1].strip()


def _wait_until_ready(line_url: str, started: list["subprocess.Popen[str]"]) -> None:
    give_up = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up:
        for process in started:
            if process.poll() is not None:
                raise StartError(_last_words(process))
        try:
            if requests.get(f"{line_url}/health/ready", timeout=1).status_code == requests.codes.ok:
                return
        except requests.RequestException:
            pass  # not yet
        time.sleep(LOOK_EVERY_SECONDS)
    raise StartError(f"the line did not become ready at {line_url} within {READY_SECONDS:.0f} seconds")


def _last_words(process: "subprocess.Popen[str]") -> str:
    told = process.stderr.read().strip() if process.stderr else ""
    return told.splitlines()[-1].removeprefix("app.py: ") if told else f"a process ended with {process.poll()}"


def _stop(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
