"""The wall clock steps by hours, held against one that only goes forward: the ticker as it runs, with both in hand."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from calls.call import CallId
from commands.building import DIRECTORY_FOLDER
from commands.clock import set_clock
from commands.ticking import Ticker
from directory.model import AgentId
from directory.reading import files_in, read_directory
from ivr.walk import Keys
from routing.callback import callback_of
from routing.opening_hours import is_open
from switchboard.accept_offer import Accepting, accept_by_browser
from switchboard.answer_call import Ringing, answer_call
from switchboard.change_presence import change_presence
from switchboard.clock_watch import PAUSE_SECONDS
from switchboard.end_call import end_call
from switchboard.take_turn import take_turn

DIRECTORY = read_directory(files_in(DIRECTORY_FOLDER))
ICG_1, SEL_1 = AgentId("icg_1"), AgentId("sel_1")
AT_11 = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday in Korea
BACK = [-3600, -600, -86_400]
FORWARD = [3600, 600]
LONGEST_REST_SECONDS = 1800  # between the attempts of a callback


class Ticking:
    """A line without processes, whose ticker looks when a test says so; seconds pass on both clocks, a step on one."""

    def __init__(self, line) -> None:
        self.line, self.house, self.steady, self.told = line, line.house, 0.0, []
        self.set(AT_11)
        self.ticker = Ticker(self.house, wall=self.seconds, steady=lambda: self.steady)
        self.ticker._make_round = lambda: None  # noqa: SLF001 (there is no carrier to ask)

    @property
    def now(self) -> datetime:
        return self.line.clock.now()

    def seconds(self) -> float:
        return self.now.timestamp()

    def set(self, at) -> None:
        set_clock(self.line.clock_file, at, 0)

    def looks(self) -> None:
        with capture_logs() as told:
            self.ticker._look()  # noqa: SLF001 (one turn of its thread)
        self.told += [one["event"] for one in told]

    def passes(self, seconds: float, every: float = 1) -> None:
        for _ in range(round(seconds / every)):
            self.steady += every
            self.set(self.now + timedelta(seconds=every))
            self.looks()

    def steps(self, seconds: float) -> None:
        self.set(self.now + timedelta(seconds=seconds))
        self.looks()

    def caller(self, name: str) -> CallId:
        ringing = Ringing(CallId(name), "1379", f"0101111{name[2:]:0>4}", "1379")
        answer_call(self.house, ringing)
        take_turn(self.house, ringing, 1, Keys("0"))
        return ringing.call_id

    def signs_in(self, *agents) -> None:
        for agent in agents:
            change_presence(self.house, agent, "available")

    def offers(self, call) -> list[tuple[str, str]]:
        with self.house.store.reading() as work:
            return [(offer.agent_id, offer.state) for offer in work.offers.of_call(call)]

    def entry(self, call):
        with self.house.store.reading() as work:
            return work.queue.of_call(call)

    def in_order(self, desk="center:ICG") -> list:
        with self.house.store.reading() as work:
            waiters = work.lines.heads({(desk, ""): 9})
        return [one.call_id for one in sorted(waiters, key=lambda one: (one.place, one.entry_id))]


@pytest.fixture(params=["sqlite", "postgresql"])
def ticking(lines, request) -> Ticking:
    url = request.getfixturevalue("migrated_copy") if request.param == "postgresql" else None
    ticking = Ticking(lines(url, speed=0))
    yield ticking
    ticking.ticker.stop()


@pytest.mark.fault(21)
@pytest.mark.parametrize("step", [*BACK, *FORWARD])
def test_after_a_step_nothing_expires_for_a_minute_and_then_in_its_own_time(ticking, figures, step):
    ticking.signs_in(ICG_1)
    rung = ticking.caller("CA1")
    ticking.passes(5)
    waits = ticking.caller("CA2")

    ticking.steps(step)
    ticking.passes(PAUSE_SECONDS - 1)

    assert ticking.told.count("clock.stepped") == 1
    assert ticking.offers(rung) == [("icg_1", "ringing")]
    assert ticking.now >= ticking.entry(waits).entered_at, "nobody has waited less than nothing"
    ticking.passes(45)  # the longest that anything rings, once it may expire
    figures.update(step=step, told=len(ticking.told))
    assert ticking.offers(rung)[0] == ("icg_1", "expired")
    assert "clock.put_right" in ticking.told


@pytest.mark.fault(21)
@pytest.mark.parametrize("step", [*BACK, *FORWARD])
def test_after_a_step_callers_keep_their_order_and_who_comes_after_it_stands_behind_them(ticking, figures, step):
    ticking.signs_in(ICG_1)
    ticking.caller("CA1")  # rings
    first = ticking.caller("CA2")
    ticking.passes(7)
    second = ticking.caller("CA3")

    ticking.steps(step)
    ticking.passes(3)
    third = ticking.caller("CA4")
    ticking.passes(PAUSE_SECONDS + 2)

    figures.update(step=step)
    assert [call for call in ticking.in_order() if call in {first, second, third}] == [first, second, third]
    places = [ticking.entry(call).entered_at for call in (first, second, third)]
    assert places == sorted(places)
    assert places[1] - places[0] == timedelta(seconds=7)


@pytest.mark.fault(21)
@pytest.mark.parametrize("step", BACK)
def test_after_a_step_back_a_later_tier_opens_in_its_own_time_and_not_hours_later(ticking, figures, step):
    ticking.signs_in(ICG_1, SEL_1)
    ticking.caller("CA1")
    held = ticking.caller("CA2")
    ticking.passes(1)
    with ticking.house.store.reading() as work:
        later = [stand for stand in work.queue.stands_of(ticking.entry(held).id) if stand.opens_at > ticking.now]
    assert later, "a tier is still to open"

    ticking.steps(step)
    ticking.passes(PAUSE_SECONDS + 20)

    figures.update(step=step)
    lines = [row for row in ticking.line.rows("queue_lines") if row["entry_id"] == ticking.entry(held).id]
    assert [row["desk"] for row in lines if row["opens_at"] and row["opened_at"] is None] == []
    assert ("sel_1", "ringing") in ticking.offers(held) or ("sel_1", "expired") in ticking.offers(held)


@pytest.mark.fault(21)
@pytest.mark.parametrize("step", BACK)
def test_after_a_step_back_neither_a_wrap_up_nor_a_callback_s_rest_lasts_for_hours(ticking, figures, step):
    ticking.signs_in(ICG_1)
    answered, owed = ticking.caller("CA1"), ticking.caller("CA2")
    with ticking.house.store.reading() as work:
        (offer,) = work.offers.of_call(answered)
    accept_by_browser(ticking.house, Accepting(CallId("CAleg"), str(offer.station), offer.id))
    for turn in (2, 3):
        take_turn(ticking.house, Ringing(owed, "1379", "01011110002", "1379"), turn, Keys("1"))
    for call in (answered, owed):
        end_call(ticking.house, call, "completed")

    ticking.steps(step)
    ticking.passes(PAUSE_SECONDS + 1)
    ticking.passes(LONGEST_REST_SECONDS, every=20)

    figures.update(step=step)
    kinds = [record["kind"] for record in ticking.line.rows("records") if record["agent_id"] == "icg_1"]
    assert kinds.count("agent.idle") >= 1, "the wrap-up has ended"
    assert len(ticking.offers(callback_of(owed))) >= 1, "the callback has come to its turn"


@pytest.mark.fault(21)
@pytest.mark.parametrize("step", BACK)
def test_after_a_step_back_who_waits_gives_way_no_later_than_others_do(ticking, figures, step):
    ticking.signs_in(ICG_1)
    ticking.caller("CA1")
    waits = ticking.caller("CA2")

    ticking.steps(step)
    ticking.passes(PAUSE_SECONDS + 25)

    figures.update(step=step)
    assert ticking.entry(waits).gave_way_seconds == DIRECTORY.routing["center:ICG"].gives_way_seconds


@pytest.mark.fault(21)
@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("korean", "opens"),
    [
        ("2026-11-30T08:59:59", False),
        ("2026-11-30T09:00:00", True),  # the last day of a month, a Monday
        ("2026-11-30T17:59:59", True),
        ("2026-12-01T00:00:00", False),
        ("2026-12-01T09:00:00", True),
        ("2027-01-01T09:00:00", False),
    ],
)
def test_hours_are_those_of_seoul_wherever_the_machine_believes_to_be(figures, monkeypatch, zone, korean, opens):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        at = datetime.fromisoformat(f"{korean}+09:00").astimezone()
        assert is_open(DIRECTORY.desk("center:ICG"), at, DIRECTORY.hours_overrides).open is opens
    finally:
        monkeypatch.undo()
        time.tzset()
    figures.update(zone=zone)
