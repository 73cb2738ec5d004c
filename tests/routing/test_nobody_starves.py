"""However many come, a caller is overtaken by nobody who came later than the others' priority allows."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.model import AgentId, DeskId, RoutingSettings, Seat, StaffMember
from routing.engine import Config, Engine, Entry

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ICG, SEL = DeskId("center:ICG"), DeskId("center:SEL")
OWN_SECONDS, PRIORITY_SECONDS, LAST_TIER_SECONDS = 5, 5, 15
ANSWER_WITHIN_SECONDS, GIVES_WAY_SECONDS = 10, 8
CONFIG = Config(
    dict.fromkeys(
        (ICG, SEL),
        RoutingSettings(
            reserve=1,
            own_seconds=OWN_SECONDS,
            tier_seconds=(LAST_TIER_SECONDS,),
            answer_within_seconds=ANSWER_WITHIN_SECONDS,
            gives_way_seconds=GIVES_WAY_SECONDS,
        ),
    )
)
STAFF = [StaffMember(AgentId(name), name, (Seat(desk, 1),)) for name, desk in (("a", ICG), ("b", SEL), ("c", SEL))]

callers = st.tuples(
    st.integers(0, 5), st.sampled_from([((ICG,), (SEL,)), ((SEL,), (ICG,))]), st.sampled_from([0, PRIORITY_SECONDS])
)


@settings(deadline=None)
@given(st.lists(callers, min_size=20, max_size=50), st.lists(st.integers(20, 60), min_size=5, max_size=40))
def test_who_overtakes_came_at_most_the_seconds_later_that_the_settings_name(arrivals, talks):
    engine, waiting, now, offers = Engine(CONFIG, STAFF), {}, START, []
    for member in STAFF:
        engine.on_sign_on(member.id, now)
    frees, talk = [], iter(talks * 10)
    for number, (gap, tiers, priority) in enumerate(arrivals):
        now += timedelta(seconds=gap)
        while frees and frees[0][0] <= now:
            then, agent = frees.pop(0)
            made = [*engine.due(then), *engine.on_agent_free(agent, then)]
            offers += [(then, offer) for offer in made]
            frees = sorted(frees + [(then + timedelta(seconds=next(talk)), offer.agent) for offer in made])
        waiting[number] = Entry(number, now, tiers, priority)
        made = engine.on_arrival(waiting[number], now)
        offers += [(now, offer) for offer in made]
        frees = sorted(frees + [(now + timedelta(seconds=next(talk)), offer.agent) for offer in made])

    most, promise = timedelta(seconds=OWN_SECONDS + PRIORITY_SECONDS), timedelta(seconds=ANSWER_WITHIN_SECONDS)
    served = {offer.entry.id: then for then, offer in offers}
    for then, offer in offers:
        for older in waiting.values():
            passed_over = served.get(older.id, datetime.max.replace(tzinfo=UTC)) > then
            all_open = then >= older.entered_at + timedelta(seconds=LAST_TIER_SECONDS)
            later = offer.entry.entered_at - older.entered_at
            if passed_over and all_open and later > most:  # who came so late has found one past the promise giving way
                assert later <= most + timedelta(seconds=GIVES_WAY_SECONDS)
                assert not older.priority_seconds
                assert then < offer.entry.entered_at + promise or offer.entry.priority_seconds


def test_the_example_in_the_documents_runs_as_it_stands(capsys, monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[2])
    (example,) = re.findall(r"```python\n(.*?)```", Path("docs/engine.md").read_text(encoding="utf-8"), re.DOTALL)

    exec(compile(example, "docs/engine.md", "exec"), {})  # noqa: S102 (our own page)

    answered, gone = map(int, re.findall(r"(\d+) answered, (\d+) gave up", capsys.readouterr().out)[0])
    assert answered + gone == 1000
    assert answered > 300
