"""Programs as people start them, each marked with the test it belongs to, so that one that is left over is found."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

HERE = Path(__file__).resolve().parents[2]
MARK = "FAULTS_TEST"  # inherited by whatever a program starts, however far it runs away
PR_SET_PDEATHSIG = 1
LOOK_EVERY_SECONDS = 0.02
T = TypeVar("T")
_LIBC = ctypes.CDLL(None)


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait_until(holds: Callable[[], T], what: str, most_seconds: float = 30) -> T:
    """Look until something holds, and return it; real processes have no clock of ours to step."""
    give_up = time.monotonic() + most_seconds
    while not (found := holds()):
        assert time.monotonic() < give_up, f"within {most_seconds} s it did not come to this: {what}"
        time.sleep(LOOK_EVERY_SECONDS)
    return found


def is_running(pid: int) -> bool:
    """Say whether a process does anything; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (FileNotFoundError, ProcessLookupError):
        return False


def is_ours(pid: int) -> bool:
    """Say whether a process runs our own program, and not a server that we started."""
    try:
        return b"app.py" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def resident_bytes(pids: Sequence[int]) -> int:
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") for pid in pids)


def marked(mark: str) -> list[int]:
    """Return every running process of a test, found by its environment and not by its parents, who may be dead."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid() and is_running(int(folder.name)):
            with suppress(OSError):
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
    return found


@dataclass
class Program:
    """One program that was started; `log` is where it writes what a terminal would show."""

    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def tell(self, number: int) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        """Kill this one process, and nobody else: what it started must see to itself."""
        self.process.kill()
        self.process.wait()

    def kill_all(self) -> None:
        """Kill it and whatever it started, as a power cut would; what it started is looked up before it dies."""
        for pid in (self.pid, *children(self.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def leaves(self, most_seconds: float = 30) -> int:
        return self.process.wait(timeout=most_seconds)


def start(arguments: Sequence[str | Path], environ: Mapping[str, str], log: Path, cwd: Path | None = None) -> Program:
    """Start a program that dies with this one; call it from the main thread, whose end the kernel looks at."""
    with log.open("ab") as told:
        process = subprocess.Popen(
            arguments,
            env={"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", **environ},
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=lambda: _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL),  # noqa: PLW1509 (one system call)
        )
    return Program(process, log)


def product(*arguments: str) -> list[str | Path]:
    return [sys.executable, HERE / "app.py", *arguments]
