"""Twilio's REST API refuses, breaks, hangs or talks nonsense, and its reports get lost: no caller is."""

from collections.abc import Iterator

import pytest

from agents.agent import Presence
from agents.station import read_station
from commands.clock import set_clock
from switchboard.change_presence import change_presence
from tests.faults.conftest import FULL
from tests.faults.crowd import Crowd
from tests.faults.liar import TRUTH, Liar
from tests.faults.processes import wait_until
from tests.faults.rig import Rig

TELEPHONE = "sip:icg_1@pbx.example.kr"
LIES = ("429", "500", "html", "empty", "reply lost", "hang")
IN_CI = ("429", "hang")


@pytest.fixture
def lied_to(lines) -> Iterator[tuple[Rig, Liar]]:
    """A line whose requests to the carrier pass through a liar."""
    line = lines(speed=20)
    liar = Liar(f"http://127.0.0.1:{line.network_port}")
    line.more = {"TWILIO_API_BASE_URL": liar.url}
    yield line.start(), liar
    liar.close()


def pick_up(line: Rig) -> None:
    """The person at the telephone picks up whatever rings there and presses 1."""
    for phone in line.network.ringing(TELEPHONE):
        phone.answer()
    for phone in line.network.live_phones():
        if phone.to == TELEPHONE and phone.listening:
            phone.press("1")


@pytest.mark.fault(20)
@pytest.mark.parametrize("lie", LIES if FULL else IN_CI)
def test_a_station_rings_and_the_caller_is_moved_in_although_the_carrier_fails_at_first(lied_to, figures, lie):
    line, liar = lied_to
    line.sign_in("icg_2")  # keeps the callers from being promised a callback
    change_presence(line.house, "icg_2", Presence.BREAK)
    change_presence(line.house, "icg_1", Presence.AVAILABLE, read_station(TELEPHONE))
    is_dialed = lie == "reply lost"  # and is found by whoever asks again, without another request to dial
    liar.lies.extend([lie, lie] if is_dialed else [lie, TRUTH, lie])  # to the ring, and to what moves the caller in

    with Crowd(line, calls=1, per_second=1) as crowd:
        wait_until(lambda: liar.told or crowd.trouble, "the carrier was asked")
        wait_until(lambda: (pick_up(line), crowd.all_over())[1], f"the caller talks and leaves; {commands(line)}", 60)
        crowd.finishes()

    ring = next(command for command in line.rows("carrier_commands") if command["kind"] == "ring")
    talks = [record for record in line.rows("records") if record["kind"] == "talk.started"]
    figures.update(lie=lie, told=len(liar.told), attempts=ring["attempts"], lost=len(crowd.lost), talks=len(talks))
    assert len(liar.told) == 2
    assert not crowd.lost
    assert talks
    line.check(crowd.sids)


def commands(line: Rig) -> list[tuple]:
    return [(one["kind"], one["state"], one["attempts"], one["error"]) for one in line.rows("carrier_commands")]


@pytest.mark.fault(20)
def test_a_station_that_can_never_be_rung_gives_the_caller_back_to_the_queue(lied_to, figures):
    line, liar = lied_to
    change_presence(line.house, "icg_1", Presence.AVAILABLE, read_station(TELEPHONE))
    liar.forever = "500"

    with Crowd(line, calls=1, per_second=1) as crowd:
        wait_until(lambda: liar.told, "the carrier was asked")
        set_clock(line.clock_file, line.clock.now(), 2)
        wait_until(lambda: offers(line, "failed"), "the offer has failed")
        set_clock(line.clock_file, line.clock.now(), line.speed)
        (failed,) = offers(line, "failed")
        liar.forever = None  # else a leg that is back in its talk as the caller leaves could not be asked to end
        line.sign_in("icg_2")
        crowd.finishes()

    given_up_after = (failed["ended_at"] - failed["made_at"]).total_seconds()
    figures.update(lies=len(liar.told), given_up_after=given_up_after, lost=len(crowd.lost))
    assert given_up_after <= 10 + 3  # the first try fell into the fast time
    assert not crowd.lost
    line.check(crowd.sids)


def offers(line: Rig, state: str) -> list[dict]:
    return [offer for offer in line.rows("offers") if offer["state"] == state]


@pytest.mark.fault("lost")
def test_a_report_that_never_came_is_made_up_for_within_a_minute(line, figures):
    line.sign_in()

    with Crowd(line, calls=8, per_second=8) as crowd:
        wait_until(lambda: len([c for c in line.rows("calls") if c["state"] == "talking"]) > 2, "some talk")
        line.network.set_faults(callbacks={"drop_every": 2})
        crowd.finishes()

    found = {record["call_id"] for record in line.rows("records") if record["kind"] == "call.reconciled"}
    figures.update(calls=len(crowd.callers), reconciled=len(found), lost=len(crowd.lost))
    assert not [call for call in line.rows("calls") if call["state"] != "ended"]
