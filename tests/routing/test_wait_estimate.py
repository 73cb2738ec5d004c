"""The wait a caller is told: a range that holds what is expected, grows with who stands before, and never rises."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from routing.wait_estimate import FEWEST_TALKS, LONGEST_MINUTES, Told, estimate, full_from, to_tell

talks = st.lists(st.floats(10, 3600), min_size=FEWEST_TALKS, max_size=40)
crews, places = st.integers(1, 100), st.integers(0, 100)


@given(ahead=places, able=crews, lately=talks)
def test_the_range_holds_what_is_expected(ahead, able, lately):
    found = estimate(ahead, able, lately)

    assert 0 <= found.least <= found.expected <= found.most


@given(able=crews, lately=talks)
def test_no_end_of_the_range_falls_as_more_stand_before(able, lately):
    found = [estimate(ahead, able, lately) for ahead in range(30)]

    for nearer, farther in pairwise(found):
        assert nearer.least <= farther.least
        assert nearer.expected < farther.expected
        assert nearer.most < farther.most


@given(ahead=places, able=crews, lately=talks)
def test_more_agents_never_mean_a_longer_wait(ahead, able, lately):
    assert estimate(ahead, able + 1, lately).expected < estimate(ahead, able, lately).expected


@given(st.lists(st.tuples(places, crews, talks), max_size=12))
def test_what_one_caller_is_told_never_rises_whatever_happens(moments):
    told, heard = None, []
    for moment in moments:
        found = to_tell(estimate(*moment), told)
        if found:
            told = found
            heard.append(found)

    assert all(later.least <= before.least and later.most <= before.most for before, later in pairwise(heard))
    assert all(0 <= one.least <= one.most <= LONGEST_MINUTES and one.most >= 1 for one in heard)


@given(ahead=places, able=crews, lately=talks)
def test_what_is_told_first_holds_what_is_expected(ahead, able, lately):
    found = estimate(ahead, able, lately)
    told = to_tell(found, None)

    assert told is None or told.least * 60 <= found.expected <= told.most * 60
    assert told is not None or found.most > (LONGEST_MINUTES - 1) * 60


def test_thin_data_say_nothing():
    assert estimate(3, 2, [200.0] * (FEWEST_TALKS - 1)) is None
    assert estimate(3, 0, [200.0] * 9) is None
    assert to_tell(None, Told(2, 4)) is None


def test_a_wait_that_turns_out_longer_than_was_said_is_not_talked_about():
    longer = estimate(9, 1, [300.0] * 9)

    assert to_tell(longer, Told(2, 4)) is None


def test_four_agents_and_three_callers_before_means_about_one_talk():
    found = estimate(3, 4, [180, 200, 220, 240, 260])

    assert found.expected == 220
    assert to_tell(found, None) == Told(3, 5)


def test_a_line_is_full_by_the_callers_of_each_agent_or_by_their_number():
    assert full_from(4, per_agent=10, callers=None) == 40
    assert full_from(100, per_agent=10, callers=5) == 5
    assert full_from(1, per_agent=3, callers=5) == 3
    assert full_from(1, per_agent=None, callers=None) is None
