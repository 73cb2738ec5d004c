"""Time as a file says, alone and under a whole network."""

import json
import time
from datetime import timedelta

import pytest

from simulator import Answer, NumberConfig
from simulator.file_clock import EPOCH, ClockFileError, FileClock
from simulator.http_courier import HttpCourier
from simulator.remote import RemoteNetwork
from simulator.service import Service, Settings

SHOWN = 1_795_482_000_000_000
START = EPOCH + timedelta(microseconds=SHOWN)


@pytest.fixture
def set_clock(tmp_path):
    path = tmp_path / "clock.json"

    def set_clock(speed, shown_us=SHOWN):
        content = {"real_us": time.time_ns() // 1000, "shown_us": shown_us, "speed": speed}
        (tmp_path / "new").write_text(json.dumps(content))
        (tmp_path / "new").replace(path)
        return path

    return set_clock


def test_time_stands_still_runs_fast_and_is_set_anew(set_clock):
    clock = FileClock(set_clock(0))
    assert clock.now() == START
    time.sleep(0.03)
    assert clock.now() == START

    set_clock(20)
    time.sleep(0.1)
    assert 1.5 < (clock.now() - START).total_seconds() < 4
    assert clock.seconds_until(clock.now() + timedelta(seconds=0.1)) <= 0.005

    set_clock(0, SHOWN + 60_000_000)
    time.sleep(0.03)
    assert clock.now() == START + timedelta(seconds=60)


def test_a_clock_set_back_stands_still_and_a_broken_file_changes_nothing(set_clock):
    path = set_clock(0)
    clock = FileClock(path)
    clock.now()

    set_clock(0, SHOWN - 5_000_000)
    time.sleep(0.03)
    assert clock.now() == START
    path.write_text('{"real_us"')
    time.sleep(0.03)
    assert clock.now() == START


@pytest.mark.parametrize("content", [None, "", "[]", '{"real_us": 1}'])
def test_a_file_that_is_no_clock_is_refused_by_name(tmp_path, content):
    path = tmp_path / "clock.json"
    if content is not None:
        path.write_text(content)

    with pytest.raises(ClockFileError, match=r"clock\.json"):
        FileClock(path)


def test_the_network_follows_the_file(product, set_clock, monkeypatch):
    def answer_here(self, parcel, then):
        parcel.answer = product_answer
        then()
        return False

    product_answer = Answer(200, "text/xml", "", b'<Response><Gather timeout="30"/></Response>')
    monkeypatch.setattr(HttpCourier, "post", answer_here)
    service = Service(Settings("AC" + "0" * 32, "t", {"1379": NumberConfig("http://x/v")}, clock_file=set_clock(0)))
    service.start()
    try:
        phone = RemoteNetwork(service.url).dial("+821012345678", "1379")
        phone.wait_until_listening()
        time.sleep(0.1)
        assert phone.listening, "time stands still, so the Gather does not run out"

        set_clock(200)
        phone.wait_until(lambda phone: phone.ended, 3)
    finally:
        service.stop()
