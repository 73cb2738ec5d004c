"""The disk fills up: callers are held, health says so, and with room again everything goes on without repair."""

import io
import subprocess
from contextlib import suppress

import pytest

from tests.faults.processes import wait_until
from tests.faults.rig import paths, ringing, sid

DISK_BYTES = 32 * 1024 * 1024
FALLBACK = "+82311234567"


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", folder]
    if subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here: that takes root")
    yield folder
    unmounted = ["umount", "--lazy", folder]
    subprocess.run(unmounted, check=True)


@pytest.mark.fault(9)
def test_a_full_disk_is_told_and_keeps_callers_on_the_line_until_there_is_room(lines, small_disk, figures):
    line = lines(f"sqlite:///{small_disk / 'line.db'}", speed=1, more={"FALLBACK_NUMBER": FALLBACK})
    line.serve()
    line.wait_until_ready()
    line.sign_in("icg_1")
    fill(small_disk / "fill")

    wait_until(lambda: "database" in line.asks_health()[1], "health says so")
    held = [line.post(paths.first_turn("1379"), ringing(sid(number))) for number in range(1, 11)]
    last = line.post(paths.rescue("1379", sid(1), 0, 3), ringing(sid(1)))
    (small_disk / "fill").unlink()
    line.wait_until_ready()
    goes_on = line.post(paths.rescue("1379", sid(1), 0, 1), ringing(sid(1)))

    figures.update(held=len(held), told=len(line.logged("call.broken")))
    assert all(answer.status_code == 200 and b"<Redirect" in answer.content for answer in held)
    assert FALLBACK.encode() in last.content
    assert line.logged("call.broken")
    assert "disk is full" in line.web.said
    assert (goes_on.status_code, b"<Gather" in goes_on.content) == (200, True)
    assert [call["id"] for call in line.rows("calls")] == [sid(1)]


def fill(path) -> None:
    with io.FileIO(path, "wb") as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
