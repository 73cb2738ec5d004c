"""The same words can be a wish of the line or a trouble with a thing."""

import pytest

from ivr.intake import Category
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
