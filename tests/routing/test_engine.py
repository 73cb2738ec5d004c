"""The engine alone, held equal to a model that looks at everybody each time, whatever happens in whatever order."""

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from directory.model import AgentId, DeskId, RoutingSettings, Seat, StaffMember, Strategy
from routing.choosing import choose
from routing.crew import Crew, IdleAgent, Rules
from routing.engine import Config, Engine, Entry
from routing.head import Head
from routing.needs import NOTHING, Needs, with_language
from routing.offer import SAME_CALLER_AGAIN_SECONDS

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
KITECH, ICG, SEL, POOL = DESKS = tuple(map(DeskId, ("institute:KITECH", "center:ICG", "center:SEL", "pool")))


def member(name, position, *desks, **skills) -> StaffMember:
    return StaffMember(AgentId(name), name, tuple(Seat(desk, 1) for desk in desks), skills, position)


STAFF = [
    member("kitech_1", 1, KITECH, welding=3),
    member("icg_1", 2, ICG, POOL),
    member("icg_2", 3, ICG, POOL, lang_en=2),
    member("icg_3", 4, ICG, POOL),
    member("sel_1", 5, SEL, POOL),
    member("sel_2", 6, SEL, POOL, KITECH),
]
CONFIG = Config(
    {
        ICG: RoutingSettings(Strategy.LONGEST_IDLE, 1, 0, (18, 36, 36), 20, 40),
        SEL: RoutingSettings(Strategy.ROUND_ROBIN, 1, 30, (5, 20, 20), 30, 5),
        KITECH: RoutingSettings(Strategy.FEWEST_CALLS, 2, 60, (15, 18, 40), 15, 60),
        POOL: RoutingSettings(Strategy.LINEAR, 0, 5, (15, 18, 18)),
    },
)
ROUTES = [
    ((KITECH,), (ICG,), (SEL,), (POOL,)),
    ((ICG,), (SEL,), (POOL,)),
    ((SEL,), (ICG,), (POOL,)),
    ((KITECH, ICG), (POOL,)),
]
NAMES = [person.id for person in STAFF]


class Model:
    """The engine's rules with nothing kept in order: every question is answered by looking at all callers and agents."""

    def __init__(self):
        self.own, self.promised = {}, {}
        self.waiting, self.opens, self.passed, self.signed, self.idle, self.last = {}, {}, {}, {}, {}, {}
        self.staff = {person.id: person for person in STAFF}

    def staffed(self, desk):
        return any(seat.desk == desk for name in self.signed for seat in self.staff[name].seats)

    def arrives(self, entry):
        self.waiting[entry.id] = entry
        staffed = [desks for desks in entry.tiers if any(map(self.staffed, desks))]
        self.promised[entry.id] = CONFIG.settings[(staffed or entry.tiers)[0][0]]
        for number, desks in enumerate(entry.tiers, start=1):
            position = staffed.index(desks) if desks in staffed else 0
            seconds = [0, *CONFIG.settings[staffed[0][0]].tier_seconds][position] if position else 0
            for desk in desks:
                own = desks in staffed and position == 0
                self.own[entry.id, number] = CONFIG.settings[desks[0]].own_seconds if own else 0
                self.opens[entry.id, number, desk] = entry.entered_at + timedelta(seconds=seconds)

    def signs_off(self, name, now):
        del self.signed[name]
        self.idle.pop(name, None)
        for entry in self.waiting.values():
            mine = {place: at for place, at in self.opens.items() if place[0] == entry.id and self.staffed(place[2])}
            if mine and min(mine.values()) > now:
                nearest = min(tier for _, tier, _ in mine)
                self.opens.update({place: now for place in mine if place[1] == nearest})

    def heads(self, now):
        for entry in self.waiting.values():
            desks = {desk for tier in entry.tiers for desk in tier}
            spoken = any(
                entry.language in self.staff[name].skills and desks & {seat.desk for seat in self.staff[name].seats}
                for name in self.signed
            )
            needs = with_language(entry.needs, entry.language, spoken=spoken) if entry.language else entry.needs
            avoid = frozenset(name for (key, name), until in self.passed.items() if key == entry.id and until > now)
            for (key, tier, desk), opens_at in self.opens.items():
                if key == entry.id:
                    place = entry.entered_at - timedelta(seconds=entry.priority_seconds + self.own[key, tier])
                    late = self.late_seconds(entry, now)
                    yield Head(entry.id, desk, tier, place + timedelta(seconds=late), opens_at, needs, avoid, late)

    def late_seconds(self, entry, now):
        """Return by how much a caller has given way: by nothing with priority, and once when the promise is missed."""
        promise = self.promised[entry.id]
        late = now >= entry.entered_at + timedelta(seconds=promise.answer_within_seconds)
        return promise.gives_way_seconds if late and not entry.priority_seconds else 0

    def offers(self, now):
        made = []
        while True:
            crew = Crew(
                IdleAgent(
                    name,
                    self.staff[name].seats,
                    since,
                    self.staff[name].skills,
                    self.signed[name],
                    self.staff[name].position,
                )
                for name, since in self.idle.items()
            )
            choice = choose(self.heads(now), crew, now, Rules(CONFIG.settings, self.last))
            if choice is None:
                return made
            made.append((choice.entry_id, choice.agent_id, choice.tier, choice.desk))
            del self.waiting[choice.entry_id], self.idle[choice.agent_id]
            self.signed[choice.agent_id] += 1
            self.last[choice.desk] = self.staff[choice.agent_id].position


class AnyDay(RuleBasedStateMachine):
    """A driver that does whatever a driver may do; engine and model must make the same offers all along."""

    def __init__(self):
        super().__init__()
        self.engine, self.model, self.now = Engine(CONFIG, STAFF), Model(), START
        self.entries, self.talks = 0, []

    def compare(self, offers):
        made = [(offer.entry.id, offer.agent, offer.tier, offer.desk) for offer in offers]
        assert made == self.model.offers(self.now)
        self.talks += [(offer.entry, offer.agent) for offer in offers]

    @rule(seconds=st.sampled_from([1, 5, 14, 18, 40]))
    def time_passes(self, seconds):
        end = self.now + timedelta(seconds=seconds)
        while (due := self.engine.next_due()) and due <= end:
            self.now = max(due, self.now)
            self.compare(self.engine.due(self.now))
        self.now = end

    @rule(
        route=st.sampled_from(ROUTES),
        priority=st.sampled_from([0, 0, 30]),
        needs=st.sampled_from([NOTHING, NOTHING, Needs((("welding", 2),)), Needs((), ("welding",))]),
        language=st.sampled_from([None, None, "lang_en", "lang_vi"]),
    )
    def a_caller_comes(self, route, priority, needs, language):
        self.entries += 1
        entry = Entry(self.entries, self.now, route, priority, needs, language)
        self.model.arrives(entry)
        self.compare(self.engine.on_arrival(entry, self.now))

    @rule(name=st.sampled_from(NAMES))
    def somebody_signs_on(self, name):
        if name not in self.model.signed:
            self.model.signed[name] = 0
            if not any(name == agent for _, agent in self.talks):
                self.model.idle[name] = self.now
        self.compare(self.engine.on_sign_on(name, self.now))

    @rule(name=st.sampled_from(NAMES))
    def somebody_signs_off(self, name):
        if name in self.model.signed:
            self.model.signs_off(name, self.now)
        self.compare(self.engine.on_sign_off(name, self.now))

    @precondition(lambda self: self.model.waiting)
    @rule(data=st.data())
    def somebody_hangs_up(self, data):
        entry = self.model.waiting.pop(data.draw(st.sampled_from(sorted(self.model.waiting))))
        self.compare(self.engine.on_gone(entry, self.now))

    @precondition(lambda self: self.talks)
    @rule(data=st.data(), twice=st.booleans())
    def a_call_ends(self, data, twice):
        _, agent = self.talks.pop(data.draw(st.integers(0, len(self.talks) - 1)))
        if agent in self.model.signed:
            self.model.idle[agent] = self.now
        self.compare(self.engine.on_agent_free(agent, self.now))
        if twice and agent in self.model.idle:
            self.compare(self.engine.on_agent_free(agent, self.now))

    @precondition(lambda self: self.talks)
    @rule(data=st.data())
    def an_agent_lets_a_caller_pass(self, data):
        entry, agent = self.talks[data.draw(st.integers(0, len(self.talks) - 1))]
        self.talks.remove((entry, agent))
        self.model.passed[entry.id, agent] = self.now + timedelta(seconds=SAME_CALLER_AGAIN_SECONDS)
        if self.model.signed.get(agent):
            self.model.signed[agent] -= 1
        self.model.arrives(entry)
        self.compare(self.engine.on_let_pass(entry, agent, self.now))
        if agent in self.model.signed:
            self.model.idle[agent] = self.now
        self.compare(self.engine.on_agent_free(agent, self.now))

    @invariant()
    def nothing_can_be_offered_that_is_not(self):
        self.compare(self.engine.due(self.now))


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
