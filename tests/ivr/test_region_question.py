"""Stories of how the line learns where a caller is."""

import pytest

from ivr.intake import KnownBy


def test_the_region_of_the_number_is_a_suggestion_one_key_confirms(dials):
    caller = dials(kind="fixed_line", region="KR-41").presses("4")

    assert caller.step == "region_confirm"
    assert "경기 지역" in caller.text
    assert caller.presses("1").is_silent().waits
    assert (caller.intake.region, caller.intake.region_by) == ("KR-41", KnownBy.CALLER_NUMBER)


def test_another_place_said_wins_over_the_number(dials):
    caller = dials(kind="fixed_line", region="KR-31").presses("4").says("아니요 울산 아니고 부산인데요")

    assert (caller.intake.region, caller.intake.region_by) == ("KR-26", KnownBy.SPEECH)


def test_a_suggestion_refused_is_never_used_later(dials):
    caller = dials(kind="fixed_line", region="KR-41").presses("4", "2", "0")

    assert caller.waits
    assert caller.intake.region is None


def test_a_caller_who_asks_for_a_person_early_keeps_the_number_s_region_as_unconfirmed(dials):
    caller = dials(kind="fixed_line", region="KR-41").presses("0")

    assert (caller.intake.region, caller.intake.region_by) == ("KR-41", KnownBy.NUMBER_UNCONFIRMED)


def test_back_brings_a_refused_suggestion_again(dials):
    caller = dials(kind="fixed_line", region="KR-41").presses("4", "2", "#")

    assert caller.step == "region_confirm"
    assert "경기 지역" in caller.text
    assert caller.presses("1").intake.region == "KR-41"


@pytest.mark.parametrize(
    ("keys", "region"),
    [("02", "KR-11"), ("021", "KR-11"), ("02#", "KR-11"), ("031", "KR-41"), ("064", "KR-49"), ("031#", "KR-41")],
)
def test_an_area_code_is_a_region(dials, keys, region):
    caller = dials().presses("4", keys)

    assert (caller.intake.region, caller.intake.region_by) == (region, KnownBy.KEYS)


@pytest.mark.parametrize(("keys", "step"), [("0", "person"), ("#", "category"), ("*", "region"), ("099", "region")])
def test_where_an_area_code_is_asked_zero_is_a_person_and_hash_is_back(dials, keys, step):
    assert dials().presses("4", keys).step == step


@pytest.mark.parametrize(("said", "region"), [("공삼일이요", "KR-41"), ("공삼이요", "KR-28"), ("영 이요", "KR-11")])
def test_an_area_code_can_be_said(dials, said, region):
    assert dials().presses("4").says(said).intake.region == region


@pytest.mark.parametrize("answer", ["이 번", "경기도 광주시요", "경기요", "두 번째 거"])
def test_a_place_that_could_be_two_gets_one_question(dials, answer):
    caller = dials().presses("4").says("광주요")

    assert caller.step == "region_which"
    assert "광주광역시는 일 번, 경기 광주시는 이 번" in caller.text
    assert caller.says(answer).intake.region == "KR-41"


def test_six_places_of_one_name_are_numbered_by_region(dials):
    caller = dials().presses("4").says("중구요")

    assert "서울은 일 번, 부산은 이 번" in caller.text
    assert caller.says("마지막 거").intake.region == "KR-31"


def test_a_number_beyond_the_choices_is_not_understood(dials):
    caller = dials().presses("4").says("고성").presses("3")

    assert caller.step == "region_which"
    assert caller.walk.position.failures == 1
