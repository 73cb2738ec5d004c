"""Whatever three callers, on the line or called back, and three agents do, and in whatever order, nobody is lost, doubled or stuck."""

import itertools
import shutil
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from agents.agent import Presence
from agents.station import read_station
from agents.work_state import WorkState
from calls.call import CALL, CallId, CallState
from directory.model import AgentId
from ivr.walk import Keys, Silence
from routing.callback import callback_of
from routing.offer import LIVE, OFFER, OfferEvent, OfferState
from routing.queue_entry import EntryState
from store.database import Database
from switchboard.answer_callback import answer_callback
from switchboard.answer_station import answer_station, press_at_station
from switchboard.cancel_callback import cancel_callback
from switchboard.change_presence import change_presence
from switchboard.end_call import end_call
from switchboard.end_offer import decline_offer
from switchboard.leases import free_entries
from switchboard.report_callback import report_callback
from switchboard.report_conference import JOINED, report_conference
from switchboard.report_status import report_status
from switchboard.ticker import next_due
from switchboard.watch_station import see_station
from switchboard.wrap_up import NoWrapUp, extend_wrap_up, finish_wrap_up
from tests.switchboard.conftest import FAR_OFF, next_choice
from tickets.life import TicketState

FOUND = [Phase.explicit, Phase.reuse, Phase.generate]  # told as it was found: making a bad day shorter takes minutes
AT_BROWSERS, AT_TELEPHONE = ["icg_1", "sel_1"], "icg_2"
BUSY = {CallState.TALKING, CallState.DIALING}  # an agent is there for the call
AGENTS = [*AT_BROWSERS, AT_TELEPHONE]
ENTRIES_OF = {  # what a call's state says of its place in the queue
    CallState.PROMISED: {EntryState.WAITING, EntryState.OFFERED},
    CallState.DIALING: {EntryState.CONNECTED},
    CallState.WAITING: {EntryState.WAITING, EntryState.OFFERED},
    CallState.TALKING: {EntryState.CONNECTED},
    CallState.LEAVING: {EntryState.ENDED},
    CallState.ENDED: {EntryState.ENDED},
}

agents = st.sampled_from(AGENTS)
telephones = st.integers(0, 2)
picks = st.integers(0, 2)


class AnyDay(RuleBasedStateMachine):
    """Three telephones, and three agents of two centers, one of them at a telephone."""

    def __init__(self, line) -> None:
        super().__init__()
        self.line = line
        self.house = line.house
        self.names = itertools.count(1)
        self.lines: dict[int, CallId] = {}  # the call at each telephone, over or not
        self.calls: list[CallId] = []
        self.over: dict = {}  # what has ended, as it stood when that was seen first
        for agent in AGENTS:
            self.signs(agent, Presence.AVAILABLE)
        for telephone in range(2):
            self.dials(telephone)

    @rule(telephone=telephones)
    def dials(self, telephone):
        before = self.lines.get(telephone)
        if before is None or self.line.call(before).state is CallState.ENDED:
            self.lines[telephone] = self.line.caller(f"CA{next(self.names)}")
            self.calls.append(self.lines[telephone])

    @rule(telephone=telephones)
    def asks_for_the_next_turn(self, telephone):
        if telephone in self.lines:
            self.line.takes_turn(self.lines[telephone])

    @rule(telephone=telephones)
    def hangs_up_and_it_is_reported_twice(self, telephone):
        if telephone in self.lines:
            for _ in range(2):
                end_call(self.house, self.lines[telephone], "completed")

    @rule(telephone=telephones)
    def leaves_their_number(self, telephone):
        if telephone in self.lines:
            for key in "11":
                self.line.takes_turn(self.lines[telephone], key)

    @rule(status=st.sampled_from(["ringing", "busy", "no-answer", "failed", "completed", "canceled"]))
    def a_customer_s_leg_is_told_of_twice(self, status):
        for attempt in self._attempts():
            for _ in range(2):
                report_callback(self.house, attempt.id, attempt.leg_id or CallId("CAearly"), status)

    @rule(keys=st.sampled_from(["", "1", "2", "3", "9"]))
    def a_customer_picks_up(self, keys):
        for attempt in self._attempts():
            leg = attempt.leg_id or CallId("CAearly")
            answer_callback(self.house, attempt.id, leg, 0, Silence())
            answer_callback(self.house, attempt.id, leg, 1, Keys(keys) if keys else Silence())

    def _attempts(self):
        with self.house.store.reading() as work:
            entries = work.callbacks.live()
            return [attempt for entry in entries if (attempt := work.callbacks.under_way(entry.id))]

    def _everyone(self, work) -> list[CallId]:
        """Return the calls that came, and those that are owed for them."""
        owed = [callback_of(call) for call in self.calls if work.calls.get(callback_of(call))]
        return [*self.calls, *owed]

    @rule(agent=agents, presence=st.sampled_from(Presence))
    def signs(self, agent, presence):
        station = "tel:+82312345678" if agent == AT_TELEPHONE else f"client:{agent}"
        change_presence(self.house, AgentId(agent), presence, read_station(station))

    @rule(pick=picks)
    def accepts(self, pick):
        offer = self._pick(LIVE, pick)
        if offer is None:
            return
        if offer.station.is_browser:
            self.line.accepts(offer, f"CAleg{next(self.names)}")
        elif leg := self._leg(offer):
            report_status(self.house, leg, "ringing", offer.id)
            answer_station(self.house, offer.id, leg)
            press_at_station(self.house, offer.id, leg, 1, "1")

    @rule(pick=picks)
    def accepts_what_is_over(self, pick):
        offer = self._pick(set(OfferState) - LIVE, pick)
        if offer:
            assert not self.line.accepts(offer, f"CAleg{next(self.names)}")

    @rule(pick=picks)
    def declines(self, pick):
        offer = self._pick(LIVE, pick)
        if offer:
            assert decline_offer(self.house, offer.id)
            assert not decline_offer(self.house, offer.id)

    @rule(pick=picks)
    def joins(self, pick):
        offer = self._pick({OfferState.ACCEPTED}, pick)
        if offer:
            report_conference(self.house, JOINED, self._leg(offer), "")

    @rule(pick=picks, status=st.sampled_from(["completed", "no-answer", "busy", "failed", "canceled"]))
    def puts_the_phone_down(self, pick, status):
        offer = self._pick({*LIVE, OfferState.ACCEPTED}, pick)
        if offer is None or not (leg := self._leg(offer)):
            return
        report_status(self.house, leg, status, None if offer.station.is_browser else offer.id)

    @rule(agent=st.sampled_from(AT_BROWSERS))
    def says_that_the_browser_is_there(self, agent):
        see_station(self.house, AgentId(agent))

    @rule(agent=agents, more=st.booleans())
    def wants_more_or_less_of_a_wrap_up(self, agent, more):
        with suppress(NoWrapUp):
            (extend_wrap_up if more else finish_wrap_up)(self.house, AgentId(agent))

    @rule(pick=picks)
    def a_process_died_before_it_freed_an_agent(self, pick):
        """Take the offer away behind the house's back; the lease must find out."""
        offer = self._pick(LIVE, pick)
        if offer is None:
            return
        with self.house.store.work() as work:
            work.offers.move(offer.id, OfferEvent.WITHDRAW, self.house.now())
            work.agents.change(offer.agent_id, {"leased_until": self.house.now()})
        free_entries(self.house)
        self.line.passes(0)

    @rule(seconds=st.sampled_from([1, 2, 5, 15, 20, 60, 301]))
    def time_passes(self, seconds):
        self.line.passes(seconds)

    def _pick(self, states, pick):
        """Return one of the newest offers in some states, or None when there is none."""
        with self.house.store.reading() as work:
            recent = [*self.calls[-3:], *(entry.call_id for entry in work.callbacks.live())]
            offers = [o for call in recent for o in work.offers.of_call(call) if o.state in states]
        return sorted(offers, key=lambda offer: -offer.id)[pick % len(offers)] if offers else None

    def _leg(self, offer) -> CallId | None:
        with self.house.store.reading() as work:
            leg = work.legs.of_offer(offer.id)
        return leg.id if leg else None

    @invariant()
    def an_agent_and_a_call_have_one_live_offer_or_talk(self):
        with self.house.store.reading() as work:
            calls = self._everyone(work)
            held = [offer for call in calls for offer in work.offers.of_call(call) if offer.state in LIVE]
            talks = [call for call in calls if work.calls.get(call).state in BUSY]
            taken = [work.offers.accepted_of_call(call) for call in talks]
            legs = {offer.id: work.legs.of_offer(offer.id) for offer in taken}
            held += [offer for offer in taken if legs[offer.id] is None or legs[offer.id].ended_at is None]

        assert all(count == 1 for count in Counter(offer.agent_id for offer in held).values())
        assert all(count == 1 for count in Counter(offer.call_id for offer in held).values())

    @invariant()
    def every_call_has_one_ticket_and_a_place_that_agrees_with_it(self):
        with self.house.store.reading() as work:
            for name in self._everyone(work):
                call, entry, ticket = work.calls.get(name), work.queue.of_call(name), work.tickets.of_call(name)
                assert ticket.number == call.ticket
                if entry:
                    assert entry.state in ENTRIES_OF[call.state]
                    live = work.offers.live_of_entry(entry.id)
                    assert (entry.state is EntryState.OFFERED) == (live is not None)
                assert (call.outcome is not None) == (call.state in {CallState.LEAVING, CallState.ENDED})
                assert (call.ended_at is not None) == CALL.is_over(call.state)

    @invariant()
    def what_is_over_stays_as_it_was(self):
        with self.house.store.reading() as work:
            for name in self._everyone(work):
                call, ticket = work.calls.get(name), work.tickets.of_call(name)
                over = [("offer", offer.id, offer) for offer in work.offers.of_call(name) if OFFER.is_over(offer.state)]
                over += [("call", name, (call.outcome, call.ended_at))] if CALL.is_over(call.state) else []
                over += [("ticket", name, ticket.state)] if ticket.state is TicketState.ASSIGNED else []
                for kind, key, value in over:
                    assert self.over.setdefault((kind, key), value) == value

    @invariant()
    def a_number_has_one_live_callback_and_a_callback_one_attempt_at_a_time(self):
        with self.house.store.reading() as work:
            live = work.callbacks.live()
            assert max(Counter(entry.number for entry in live if entry.number).values(), default=0) <= 1
            for entry in live:
                attempt, call = work.callbacks.under_way(entry.id), work.calls.get(entry.call_id)
                assert (attempt is not None) == (call.state not in {CallState.PROMISED, CallState.ENDED})

    @invariant()
    def nobody_is_stuck(self):
        assert self.line.has_nobody_stuck()

    @invariant()
    def what_an_agent_chose_while_busy_is_taken_when_they_are_idle(self):
        with self.house.store.reading() as work:
            assert not [a for a in work.agents.all() if a.work_state is WorkState.IDLE and a.next_presence]

    @invariant()
    def nobody_waits_while_someone_able_is_idle(self):
        assert next_choice(self.house) is None

    @invariant()
    def nothing_due_is_left_lying(self):
        self.line.passes(0)
        due = next_due(self.house)
        assert due is None or due > self.house.now()

    def teardown(self):
        for call in self.calls:
            end_call(self.house, call, "completed")
        for agent in AGENTS:
            self.signs(agent, Presence.OFFLINE)
        self.line.passes(301)
        with self.house.store.reading() as work:
            owed = work.callbacks.live()
        for entry in owed:
            cancel_callback(self.house, entry.id, AgentId("line_lead"), "the day is over")
        with self.house.store.reading() as work:
            assert {(a.presence, a.work_state) for a in work.agents.all()} == {(Presence.OFFLINE, WorkState.IDLE)}
            assert not work.calls.unended()
            assert not work.queue.waiting()
            assert not self.line.live_offers(self.calls)
            cases = [work.tickets.get(number) for number in work.tickets.due_alarms(FAR_OFF, 1)]
        assert next_due(self.house) == min((case.promise.alarm_at for case in cases), default=None), "only answers are"


@pytest.mark.long
@pytest.mark.timeout(120)
def test_whatever_happens_in_whatever_order_nobody_is_lost_doubled_or_stuck(open_line, migrated_sqlite, tmp_path):
    opened: list[Database] = []

    def new_day() -> AnyDay:
        path = tmp_path / f"{len(opened)}.db"
        shutil.copy(migrated_sqlite, path)
        opened.append(Database(f"sqlite:///{path}"))
        return AnyDay(open_line(opened[-1]))

    run_state_machine_as_test(
        new_day,
        settings=settings(
            max_examples=40,
            stateful_step_count=20,
            phases=FOUND,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    for database in opened:
        database.close()
