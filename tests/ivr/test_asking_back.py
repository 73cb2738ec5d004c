"""When one short question is better than a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import InstituteCode
from ivr.asking_back import ASK_FROM, Doubt, ask_back, belief_in_institute, risk
from ivr.category import Category
from ivr.institute_choice import Ranked
from ivr.region_speech import Whereabouts
from ivr.services import is_at_odds
from ivr.understanding import understand

SHARE = st.floats(0, 1)
TWO = (InstituteCode("KIMM"), InstituteCode("KITECH"))


def doubt(
    confidence=1.0, first=0.3, field_told=1.0, *, is_named=False, is_doubted=False, is_at_odds=False, unheard=0.0
):
    ranked = Ranked(TWO, (first, (1 - first) / 2))
    return Doubt(
        Category.TECHNICAL_DIFFICULTY,
        confidence,
        ranked,
        field_told,
        Whereabouts(),
        is_named,
        False,
        is_doubted,
        is_at_odds,
        unheard,
    )


@pytest.mark.parametrize("said", ["", "  ", "…", "?!"])
def test_a_wish_without_words_is_asked_again(directory, said):
    assert understand(directory, said).ask == "category"


@given(SHARE, st.floats(0.34, 1))
def test_who_tells_no_field_is_never_asked_for_an_institute(confidence, first):
    unsure = doubt(confidence, first, field_told=0.0)

    assert ask_back(unsure) == (None if risk(unsure) < ASK_FROM else "category")


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


@given(SHARE, st.floats(0.34, 1), SHARE)
def test_another_opinion_and_words_never_heard_are_reasons_to_ask(confidence, first, unheard):
    plain = risk(doubt(confidence, first))

    assert plain <= risk(doubt(confidence, first, unheard=unheard))
    assert plain < risk(doubt(confidence, first, is_doubted=True))
    assert plain < risk(doubt(confidence, first, is_at_odds=True))


def test_who_is_doubted_is_asked_for_the_service():
    assert ask_back(doubt(confidence=0.7, first=0.5, is_doubted=True)) == "category"


def test_a_key_that_was_said_is_never_doubted(directory):
    assert understand(directory, "빵 번").ask is None


@pytest.mark.parametrize(
    ("service", "said", "is_odd"),
    [
        ("technical_difficulty", "플라스틱검사할수있나요", True),
        ("technical_difficulty", "플라스틱이자꾸휘어요", False),
        ("information", "전자현미경시험비용이요", True),
        ("database_access", "전자현미경시험비용이요", False),
    ],
)
def test_a_wish_is_at_odds_with_a_trouble_and_a_device_with_a_question(service, said, is_odd):
    assert is_at_odds(service, said) is is_odd


def test_a_service_that_is_taken_back_does_not_count(directory):
    assert understand(directory, "기술 이전 말고요 우리 제품이 자꾸 깨져서요").category is Category.TECHNICAL_DIFFICULTY
    assert understand(directory, "정보 제공 아니고 인력 교류요").category is Category.PERSONNEL_EXCHANGE
