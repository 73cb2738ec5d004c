"""Stories of the questions after the region: the wish, the consent, and a number to call back."""

import pytest

from ivr.intake import Category


def test_the_wish_is_taken_in_the_callers_own_words(dials):
    caller = dials().presses("1", "055").says("알루미늄 합금 강도가 안 나와서요")

    assert caller.intake.wish == "알루미늄 합금 강도가 안 나와서요"
    assert caller.intake.institutes[0] == "KIMS"
    assert caller.step == "consent"


@pytest.mark.parametrize(("key", "asked"), [("1", True), ("3", True), ("5", True), ("2", False), ("4", False)])
def test_consent_is_asked_where_an_institute_may_receive_the_case(dials, key, asked):
    caller = dials().presses(key, "02")
    caller.is_silent()

    assert (caller.step == "consent") == asked


def test_equipment_of_a_named_institute_needs_consent(dials):
    caller = dials().says("기계연구원 레이저 가공 장비 써 보려고 하는데 절차가 어떻게 돼요").presses("02")

    assert caller.step == "consent"
    assert caller.intake.institutes == ("KIMM",)


@pytest.mark.parametrize(
    ("answer", "consent"),
    [
        ("동의 안 해요", False),
        ("아니 맞다고요", True),
        ("네 아니요 그게 아니고", False),
        ("일 번", True),
        ("이 번이요", False),
    ],
)
def test_consent_is_heard_through_the_traps(dials, answer, consent):
    assert dials().presses("5", "02").is_silent().says(answer).intake.consent is consent


def test_an_unclear_answer_never_becomes_consent(dials):
    caller = dials().presses("5", "02").is_silent().says("괜찮아요")

    assert caller.intake.consent is None
    assert caller.step == "consent"


def at_the_callback_number(dials):
    return dials(kind="withheld", can_call_back=False, is_open=False).presses("4", "02").is_silent()


def test_a_number_is_asked_of_those_who_could_not_be_called_back(dials):
    assert at_the_callback_number(dials).step == "callback_number"
    assert dials(kind="withheld", can_call_back=False).presses("4", "02").is_silent().step == "callback_number"
    assert dials().presses("4", "02").is_silent().waits
    assert dials(is_open=False).presses("4", "02").is_silent().waits


def test_a_number_is_read_back_digit_by_digit(dials):
    caller = at_the_callback_number(dials).presses("01012345678")

    assert "공일공에 일이삼사에 오육칠팔" in caller.text
    assert caller.presses("1").waits
    assert caller.intake.callback_number == "01012345678"


def test_a_wrong_number_is_keyed_again(dials):
    caller = at_the_callback_number(dials).presses("01012345678", "2")

    assert caller.step == "callback_number"
    assert caller.intake.callback_number is None
    assert caller.presses("0212345678#", "1").intake.callback_number == "0212345678"


@pytest.mark.parametrize(
    ("keys", "step"),
    [
        ("", "topic"),
        ("#", "topic"),
        ("0", "person"),
        ("0#", "person"),
        ("*", "callback_number"),
        ("123", "callback_number"),
    ],
)
def test_inside_a_number_an_empty_hash_goes_back(dials, keys, step):
    assert at_the_callback_number(dials).presses(keys).step == step


def test_who_leaves_no_number_is_still_served(dials):
    caller = at_the_callback_number(dials).is_silent()

    assert caller.waits
    assert caller.intake.callback_number is None
    assert caller.intake.category is Category.INFORMATION
