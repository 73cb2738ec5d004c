"""Whatever becomes of callbacks, in whatever order: one live one for each number, and one leg for each attempt."""

import shutil
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from agents.agent import Presence
from agents.work_state import WorkState
from calls.call import CallId, CallState
from directory.model import AgentId, DialsFirst
from ivr.walk import Keys, Silence
from routing.callback import UNDER_WAY, AttemptState
from routing.offer import LIVE
from routing.queue_entry import EntryState
from store import tables
from store.database import Database
from switchboard.answer_callback import answer_callback
from switchboard.cancel_callback import CallbackGone, cancel_callback
from switchboard.change_presence import change_presence
from switchboard.end_call import end_call
from switchboard.report_callback import report_callback
from switchboard.report_status import report_status
from tests.switchboard.test_any_day import FOUND

AGENTS = ["icg_1", "icg_2"]
NUMBERS = ["01011112222", "01033334444"]
OVER = ["busy", "no-answer", "failed", "completed", "canceled"]
ENTRY_OF = {  # what a callback's call says of its place
    CallState.PROMISED: {EntryState.WAITING, EntryState.OFFERED},
    CallState.DIALING: {EntryState.WAITING, EntryState.OFFERED, EntryState.CONNECTED},
    CallState.WAITING: {EntryState.WAITING, EntryState.OFFERED},
    CallState.TALKING: {EntryState.CONNECTED},
}
whose = st.integers(0, 1)


class AnyCallback(RuleBasedStateMachine):
    """Two customers to be called and two agents at browsers, who may all do anything."""

    def __init__(self, line) -> None:
        super().__init__()
        self.line, self.house = line, line.house
        self.named = 0
        self.dials_first = line.house.directory.waiting["pool"].dials_first
        for agent in AGENTS:
            change_presence(self.house, AgentId(agent), Presence.AVAILABLE)
        for customer in (0, 1):
            self.leaves_a_number(customer)
        line.passes(6)

    def _name(self, kind: str) -> CallId:
        self.named += 1
        return CallId(f"CA{kind}{self.named}")

    @rule(customer=whose)
    def leaves_a_number(self, customer):
        call = self.line.caller(self._name("caller"), NUMBERS[customer])
        for key in "11":
            self.line.takes_turn(call, key)
        end_call(self.house, call, "completed")

    @rule(seconds=st.sampled_from([1, 6, 31, 60, 301, 1801]))
    def time_passes(self, seconds):
        self.line.passes(seconds)

    @rule()
    def an_agent_takes_what_is_offered(self):
        with self.house.store.reading() as work:
            offers = [o for entry in work.callbacks.live() if (o := work.offers.live_of_entry(entry.id))]
        for offer in offers:
            self.line.accepts(offer, self._name("agent"))
        self.line.passes(0)

    @rule(keys=st.sampled_from(["1", "1", "1", "", "2", "3", "9"]), times=st.integers(1, 3))
    def a_customer_picks_up(self, keys, times):
        for attempt in self._attempts():
            leg = attempt.leg_id or self._name("customer")
            answer_callback(self.house, attempt.id, leg, 0, Silence())
            for asked in range(1, times + 1):
                answer_callback(self.house, attempt.id, leg, asked, Keys(keys) if keys else Silence())

    @rule(status=st.sampled_from([*OVER, "ringing"]), late=st.booleans())
    def a_leg_is_told_of_twice(self, status, late):
        for attempt in self._attempts():
            leg = self._name("stranger") if late else attempt.leg_id or self._name("customer")
            for _ in range(2):
                report_callback(self.house, attempt.id, leg, status)

    @rule(agent=st.sampled_from(AGENTS))
    def an_agent_hangs_up(self, agent):
        with self.house.store.reading() as work:
            offer = work.offers.accepted_of_agent(AgentId(agent))
            leg = work.legs.of_offer(offer.id) if offer else None
        if leg:
            report_status(self.house, leg.id, "completed", None)
            self.line.passes(3)

    @rule(agent=st.sampled_from(AGENTS), presence=st.sampled_from(Presence))
    def signs(self, agent, presence):
        change_presence(self.house, AgentId(agent), presence)

    @rule()
    def somebody_gives_one_up(self):
        with self.house.store.reading() as work:
            live = work.callbacks.live()
        if live:
            with suppress(CallbackGone):
                cancel_callback(self.house, live[0].id, AgentId("icg_1"), "settled")

    def _attempts(self):
        with self.house.store.reading() as work:
            return [one for entry in work.callbacks.live() if (one := work.callbacks.under_way(entry.id))]

    @invariant()
    def a_number_has_one_live_callback(self):
        with self.house.store.reading() as work:
            numbers = [entry.number for entry in work.callbacks.live()]
        assert len(numbers) == len(set(numbers))

    @invariant()
    def a_callback_its_call_and_its_attempt_agree(self):
        with self.house.store.reading() as work:
            for entry in work.callbacks.live():
                call, attempt = work.calls.get(entry.call_id), work.callbacks.under_way(entry.id)
                assert entry.state in ENTRY_OF[call.state]
                if self.dials_first is DialsFirst.CUSTOMER:  # nobody is reserved for one who is not being called
                    assert (call.state, entry.state) != (CallState.PROMISED, EntryState.OFFERED)
                assert (attempt is not None) == (call.state is not CallState.PROMISED)
                assert (call.state is CallState.DIALING) == (attempt is not None and attempt.state in UNDER_WAY)
                assert (call.party is not None) == (attempt is not None and attempt.state is AttemptState.ANSWERED)
                offer = work.offers.live_of_entry(entry.id)
                assert (entry.state is EntryState.OFFERED) == (offer is not None and offer.state in LIVE)

    @invariant()
    def an_attempt_has_one_leg_and_no_more_than_so_many_are_made(self):
        with self.house.store.reading() as work:
            for entry in work.callbacks.live():
                attempts = work.callbacks.attempts_of(entry.id)
                assert sum(one.ended_at is None for one in attempts) <= 1
                assert sum(one.state not in {AttemptState.WITHDRAWN, *UNDER_WAY} for one in attempts) <= 3
        asked = [number for what, number in self.house.carrier.asked if what == "call"]
        with self.house.store._database.reading() as connection:  # noqa: SLF001 (no use case counts attempts)
            assert len(asked) <= connection.scalar(select(func.count(tables.callback_attempts.c.id)))

    @invariant()
    def nobody_is_stuck(self):
        assert self.line.has_nobody_stuck()

    def teardown(self):
        for agent in AGENTS:
            change_presence(self.house, AgentId(agent), Presence.OFFLINE)
        for attempt in self._attempts():
            report_callback(self.house, attempt.id, attempt.leg_id or self._name("customer"), "completed")
        self.line.passes(400)
        with self.house.store.reading() as work:
            owed = work.callbacks.live()
        for entry in owed:
            cancel_callback(self.house, entry.id, AgentId("line_lead"), "the day is over")
        with self.house.store.reading() as work:
            assert {agent.work_state for agent in work.agents.all()} == {WorkState.IDLE}
            assert not work.queue.waiting()


@pytest.mark.long
@pytest.mark.timeout(120)
@pytest.mark.parametrize("dials_first", DialsFirst)
def test_whatever_becomes_of_callbacks_each_is_called_once_at_a_time_and_nobody_is_stuck(
    open_line, migrated_sqlite, tmp_path, dials_first
):
    opened: list[Database] = []

    def new_day() -> AnyCallback:
        path = tmp_path / f"{len(opened)}.db"
        shutil.copy(migrated_sqlite, path)
        opened.append(Database(f"sqlite:///{path}"))
        line = open_line(opened[-1])
        directory = line.house.directory
        waiting = {desk: replace(found, dials_first=dials_first) for desk, found in directory.waiting.items()}
        line.house = replace(line.house, directory=replace(directory, waiting=waiting))
        return AnyCallback(line)

    run_state_machine_as_test(
        new_day,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            phases=FOUND,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    for database in opened:
        database.close()
