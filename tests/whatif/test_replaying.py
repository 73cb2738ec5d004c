"""A past day played again: with nothing changed it comes out as it was, and a draft shows what it would change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from directory.model import AgentId, RoutingSettings
from directory.reading import files_in, read_directory
from ivr.intake import Category, Intake
from whatif.comparing import router_of
from whatif.measures import measure
from whatif.past import Past, PastCaller, PastPresence
from whatif.playing import play
from whatif.replaying import LONGEST_WAIT_SECONDS, as_it_was, playable

DIRECTORY = read_directory(files_in(Path(__file__).parents[2] / "directory" / "data"))
MIDNIGHT = datetime(2026, 11, 23, 15, tzinfo=UTC)  # of the 24th in Korea
TEN = MIDNIGHT + timedelta(hours=10)
ENDS = MIDNIGHT + timedelta(days=1)
ICG_1, SEL_1 = AgentId("icg_1"), AgentId("sel_1")


def came(number, after, answered_after=None, talked=120, left_after=40, agent=ICG_1) -> PastCaller:
    """A caller from Gyeonggi who came so many seconds after ten and was answered, or gave up."""
    at = TEN + timedelta(seconds=after)
    intake = Intake(category=Category.INFORMATION, region="KR-41")
    if answered_after is None:
        return PastCaller(number, at, 0, intake, at + timedelta(seconds=left_after), gave_up=True)
    answered = at + timedelta(seconds=answered_after)
    free = answered + timedelta(seconds=talked)
    return PastCaller(number, at, 0, intake, free, gave_up=False, answered_at=answered, agent=agent, free_at=free)


def there(*agents) -> list[PastPresence]:
    return [PastPresence(agent, TEN - timedelta(hours=1), available=True) for agent in agents]


def replayed(past, directory=DIRECTORY):
    day = playable(past, directory, MIDNIGHT, ENDS)
    return day, play(day, router_of("ours", directory))


def test_a_day_replayed_on_its_own_settings_comes_out_as_it_was():
    past = Past([came(1, 0, 0), came(2, 60, 60), came(3, 70)], there(ICG_1))

    day, again = replayed(past)

    was = as_it_was(past, day)
    assert [
        (f.caller.entry.id, f.wait_seconds, f.agent) for f in sorted(again.fates, key=lambda f: f.caller.entry.id)
    ] == [(f.caller.entry.id, f.wait_seconds, f.agent) for f in was.fates]
    assert measure([again]) == measure([was])


def test_a_draft_that_lets_neighbors_help_at_once_saves_the_wait():
    past = Past([came(1, 0, 0), came(2, 30, 90)], there(ICG_1, SEL_1))
    at_once = replace(DIRECTORY, routing=dict.fromkeys(DIRECTORY.desks, RoutingSettings(tier_seconds=(0,))))

    _, again = replayed(past, at_once)

    assert [(fate.caller.entry.id, fate.wait_seconds, fate.agent) for fate in again.fates] == [
        (1, 0, ICG_1),
        (2, 0, SEL_1),
    ]


def test_who_is_not_on_the_draft_s_staff_or_left_answers_nobody():
    past = Past([came(1, 0, 0)], [*there(ICG_1), PastPresence(ICG_1, TEN - timedelta(minutes=1), available=False)])

    assert [fate.agent for fate in replayed(past)[1].fates] == [None]
    gone = replace(DIRECTORY, staff={k: v for k, v in DIRECTORY.staff.items() if k != ICG_1})
    assert [fate.agent for fate in replayed(Past([came(1, 0, 0)], there(ICG_1)), gone)[1].fates] == [None]


def test_an_offer_that_was_let_pass_is_let_pass_again():
    rung_out = replace(came(1, 0, 15, agent=SEL_1), unanswered=(True, False))

    day, again = replayed(Past([rung_out], there(ICG_1, SEL_1)))

    assert [(fate.wait_seconds, fate.agent) for fate in again.fates] == [(15, SEL_1)]
    assert day.callers[0].unanswered == (True, False)


@given(st.lists(st.tuples(st.integers(0, 3000), st.none() | st.integers(0, 290), st.integers(1, 290)), max_size=12))
def test_nobody_is_given_less_patience_than_they_showed_nor_more_than_the_line_lets_them(moments):
    callers = [came(number, after, answered, left_after=left) for number, (after, answered, left) in enumerate(moments)]

    day = playable(Past(callers, there(ICG_1)), DIRECTORY, MIDNIGHT, ENDS)

    for caller, played in zip(callers, day.callers, strict=True):
        waited = ((caller.answered_at or caller.left_at) - caller.entered_at).total_seconds()
        assert waited <= played.patience_seconds <= LONGEST_WAIT_SECONDS
        assert not caller.gave_up or played.patience_seconds == waited
        assert played.handle_seconds > 0
