"""When one short question is better than a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import InstituteCode
from ivr.asking_back import ASK_BELOW, Doubt, ask_back, belief_in_institute
from ivr.category import Category
from ivr.institute_choice import Ranked
from ivr.region_speech import Whereabouts
from ivr.understanding import understand

SHARE = st.floats(0, 1)
TWO = (InstituteCode("KIMM"), InstituteCode("KITECH"))


def doubt(confidence=1.0, first=0.3, field_told=1.0, *, is_named=False):
    ranked = Ranked(TWO, (first, (1 - first) / 2))
    return Doubt(Category.TECHNICAL_DIFFICULTY, confidence, ranked, field_told, Whereabouts(), is_named)


@pytest.mark.parametrize("said", ["", "  ", "…", "?!"])
def test_a_wish_without_words_is_asked_again(directory, said):
    assert understand(directory, said).ask == "category"


@given(SHARE, st.floats(0.34, 1))
def test_who_tells_no_field_is_never_asked_for_an_institute(confidence, first):
    asked = ask_back(doubt(confidence, first, field_told=0.0))

    assert asked == (None if confidence >= ASK_BELOW else "category")


@given(SHARE, SHARE, st.floats(0.34, 1))
def test_the_more_of_a_field_is_told_the_more_a_close_second_counts(less, more, first):
    less, more = sorted((less, more))

    assert belief_in_institute(doubt(first=first, field_told=less)) >= belief_in_institute(
        doubt(first=first, field_told=more)
    )


@given(SHARE, st.floats(0.34, 1))
def test_an_institute_that_was_named_is_not_asked_for(confidence, first):
    assert ask_back(doubt(confidence, first, is_named=True)) != "institute"


def test_the_weakest_part_is_asked():
    assert ask_back(doubt(confidence=0.95, first=0.34)) == "institute"
    assert ask_back(doubt(confidence=0.4, first=0.9)) == "category"
