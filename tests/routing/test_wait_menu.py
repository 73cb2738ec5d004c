"""The keys of a waiting caller: whatever they press, they wait on, are called back or leave a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.heard import Keys, Silence, Speech
from routing.wait_menu import WAITS, WaitChoices, WaitPosition, WaitStep, Wish, move, reachable

OWN = "01012345678"
keys = st.text("0123456789*#", min_size=1, max_size=12).map(Keys)
answers = st.one_of(keys, st.just(Silence()), st.text(max_size=20).map(Speech))
offered = st.builds(WaitChoices, callback=st.booleans(), message=st.booleans(), own_number=st.sampled_from([None, OWN]))


def pressed(*several, choices=None, at=WAITS):
    """Return the last move of a caller who presses several times."""
    found = None
    for one in several:
        found = move(at, Keys(one), choices or WaitChoices(callback=True, message=True, own_number=OWN))
        at = found.position
    return found


@given(st.lists(answers, max_size=15), offered)
def test_any_answers_keep_the_caller_and_lead_somewhere(heard, choices):
    at = WAITS
    for one in heard:
        found = move(at, one, choices)
        assert found.wish is not Wish.CALL_BACK or (choices.callback and found.position.number)
        assert found.wish is not Wish.MESSAGE or choices.message
        assert WaitPosition.from_data(found.position.to_data()) == found.position
        at = found.position
    for _ in range(4):
        at = move(at, Silence(), choices).position
    assert at.step is WaitStep.WAITING


@given(answers, offered)
def test_silence_at_any_question_means_waiting_on(heard, choices):
    at = move(WAITS, heard, choices).position

    assert move(at, Silence(), choices).position == WAITS


def test_key_one_asks_for_this_number_and_takes_it_with_another_one():
    assert pressed("1").says == ("callback_which",)
    assert (pressed("1", "1").wish, pressed("1", "1").position.number) == (Wish.CALL_BACK, OWN)


def test_another_number_is_read_back_before_it_is_taken():
    asked = pressed("1", "2", "0317801234")

    assert (asked.wish, asked.position, asked.says) == (
        Wish.WAIT,
        WaitPosition(WaitStep.CONFIRM, "0317801234"),
        ("callback_confirm",),
    )
    assert pressed("1", "2", "0317801234", "1").position.number == "0317801234"
    assert pressed("1", "2", "0317801234", "2").position.step is WaitStep.NUMBER


def test_whoever_shows_no_number_is_asked_for_one_at_once():
    nameless = WaitChoices(callback=True, message=True, own_number=None)

    assert pressed("1", choices=nameless).position.step is WaitStep.NUMBER


def test_after_three_failures_the_caller_waits_on():
    assert pressed("1", "2", "12", "12").position.step is WaitStep.NUMBER
    assert pressed("1", "2", "12", "12", "12").position == WAITS


@pytest.mark.parametrize("key", ["0", "#"])
def test_zero_and_hash_lead_back_to_waiting_from_every_question(key):
    for before in (["1"], ["1", "2"], ["1", "2", "0317801234"]):
        assert pressed(*before, key).position == WAITS


def test_the_star_hears_the_question_again():
    assert pressed("1", "*").says == ("callback_which",)
    assert pressed("*").again


@pytest.mark.parametrize("number", ["1379", "0101234", "15880800", "00112025550123", "0809988114", "119"])
def test_a_number_that_reaches_nobody_is_not_taken(number):
    assert reachable(number) is None


@pytest.mark.parametrize("data", [{}, {"step": "dancing"}, {"step": "number", "failures": "many"}, None, []])
def test_what_cannot_be_read_is_plain_waiting(data):
    assert WaitPosition.from_data(data) == WAITS
