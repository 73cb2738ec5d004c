"""The same words can be a wish of the line or a trouble with a thing."""

import pytest

from ivr.intake import Category
from ivr.signals import is_emergency
from ivr.speech_text import squeezed
from ivr.understanding import understand


@pytest.mark.parametrize(
    "utterance",
    ["고장이 계속 반복돼요", "균열이 반복해서 생겨요", "속도가 천천히 떨어져요", "도금을 다시 해도 벗겨져요"],
)
def test_a_trouble_that_comes_again_is_no_request_to_hear_again(directory, utterance):
    assert not {"repeat", "back"} & set(understand(directory, utterance).signals)


def test_technology_transfer_is_no_wish_to_go_back(directory):
    understood = understand(directory, "기술 이전으로 연결해 주세요")

    assert understood.category is Category.TECHNOLOGY_TRANSFER
    assert "back" not in understood.signals


@pytest.mark.parametrize("utterance", ["사람이 기계에 끼었어요", "손가락이 잘렸어요", "연기가 나고 있어요", "불났어요"])
def test_danger_is_heard(directory, utterance):
    assert "emergency" in understand(directory, utterance).signals


@pytest.mark.parametrize(
    "utterance", ["지난주에 배터리에서 불이 났는데 원인을 알고 싶어요", "시제품이 폭발했는데 원인 분석이 필요합니다"]
)
def test_a_danger_that_is_over_is_a_case(directory, utterance):
    assert "emergency" not in understand(directory, utterance).signals


@pytest.mark.parametrize(
    "utterance",
    [
        "크롬도금 두께가 일정하지가 않아요",
        "로봇 위치가 자꾸 틀어져요",
        "라돈 측정기를 만드는데 값이 안 맞아요",
        "예약 앱을 개발하는데 서버가 느려요",
    ],
)
def test_a_thing_that_fails_is_a_difficulty_whatever_the_thing_is(directory, utterance):
    assert understand(directory, utterance).category is Category.TECHNICAL_DIFFICULTY


@pytest.mark.parametrize("utterance", ["LED 조명이 자꾸 꺼져요", "드론이 날다가 갑자기 꺼져요"])
def test_what_goes_out_is_no_abuse(directory, utterance):
    assert "abuse" not in understand(directory, utterance).signals


@pytest.mark.parametrize("utterance", ["제품을 양산하고 있는데 불량이 나요", "예산이 부족해요"])
def test_a_common_word_is_no_place(directory, utterance):
    assert understand(directory, utterance).region is None


@pytest.mark.parametrize(
    "utterance",
    [
        "전기 사용량이 떨어졌어요",
        "직원 생산성이 떨어졌어요",
        "작업자 숙련도가 떨어졌어요 불량이 나요",
        "직원이 빠졌어요 인력 파견이요",
        "영업직원이 두 명 빠졌어요",
        "직원들이 줄어서 매출이 떨어졌어요",
        "직원이 현장에서 집중력이 떨어졌어요",
        "직원이 공모에서 떨어졌어요",
        "직원 사기가 추락했어요",
        "직원 명단에서 이름이 빠졌어요",
    ],
)
def test_who_left_and_what_became_less_is_no_danger(directory, utterance):
    assert "emergency" not in understand(directory, utterance).signals


@pytest.mark.parametrize(
    "utterance",
    [
        "작업자가 탱크에 빠졌어요",
        "사람이 폐수 통 속에 빠졌어요",
        "작업자 두 분이 맨홀에 빠졌어요",
        "물에 사람이 빠졌어요",
        "작업자가 지붕에서 떨어졌어요",
        "기사님이 크레인 밑으로 떨어졌어요",
        "작업자가 이 층에서 바닥으로 떨어졌어요",
        "높은 데서 사람이 떨어졌어요",
        "작업자가 비계에서 추락했어요",
        "직원이 약품을 뒤집어썼어요",
        "동료가 기계에 말려들어갔어요",
        "직원이 냉동고 안에 갇혔어요",
        "직원이 갑자기 쓰러졌어요",
        "작업자가 일하다가 쓰러졌어요",
        "직원 한 명이 쓰러졌어요",
    ],
)
def test_a_person_who_fell_or_is_caught_is_in_danger(utterance):
    assert is_emergency(squeezed(utterance))
