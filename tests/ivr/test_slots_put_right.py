"""Short answers that are said again, drawn out, put right or refused."""

import pytest

from ivr.slots import read_slot
from ivr.spoken_keys import spoken_key
from ivr.understanding import understand


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("셋이요 셋", "3"),
        ("오 번요 오 번 이전", "5"),
        ("사아 번", "4"),
        ("치일 번", "7"),
        ("육육 번", "6"),
        ("넘버 쓰리", "3"),
        ("four", "4"),
        ("빵이요", "0"),
        ("둘째 거요", "2"),
        ("위에서 세 번째", "3"),
        ("일 번 아 참 이 번이요", "2"),
        ("일 번 이 번 중에 이 번", "2"),
        ("사 번이요 오 번 말고", "4"),
        ("이 번 말고요", "none"),
        ("이 번 장비", "2"),
        ("이번 장비", "none"),
        ("우물 정자 모양", "#"),
        ("상담원이요", "none"),
        ("원가가 높아요", "none"),
        ("아이 참", "none"),
    ],
)
def test_a_key_is_heard_however_it_is_said_again_or_put_right(directory, said, key):
    assert read_slot(directory, "digits", said)["value"] == key


@pytest.mark.parametrize(
    "said",
    ["일 이 삼 사", "일 번 이 번", "일 삼 칠 구", "일 번 장비 이 번", "별표 샵", "one two", "삼 번 사 번 오 번 말고"],
)
def test_different_keys_without_a_correction_are_none(said):
    assert spoken_key(said) is None


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("사 번 사 번 사 번", "4"),
        ("이 번 이 번", "2"),
        ("일 번 이 번 아니 삼 번", "3"),
        ("일 번 아니 이 번 삼 번", "3"),
        ("장비 조회 그거요 이 번", "2"),
    ],
)
def test_one_key_said_again_and_the_last_behind_a_correction_count(said, key):
    assert spoken_key(said) == key


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("틀렸어요 아니 맞아요", "yes"),
        ("네 맞아요 아니 틀려요", "no"),
        ("제 이름은 남기지 마세요", "no"),
        ("이름은 빼 주세요", "no"),
        ("안 될 거 없죠", "yes"),
        ("싫은 건 아닌데", "unclear"),
        ("뭐 그러세요", "yes"),
        ("알아서 하세요", "yes"),
        ("그건 좀 그렇네요", "no"),
        ("결정을 못 하겠어요", "unclear"),
        ("안 하면 안 되나요", "unclear"),
        ("걱정하지 마세요", "unclear"),
    ],
)
def test_what_is_said_after_a_turn_counts_and_a_refusal_is_one_in_any_form(directory, said, answer):
    assert read_slot(directory, "yes_no", said)["value"] == answer


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("공일공 이이삼삼 사사오육 아니 칠이요 사사오칠", "01022334457"),
        ("공일공 이이삼삼 사사오육 아니 칠", "01022334457"),
        ("공일공 이이 아니 이이삼삼 사사오오", "01022334455"),
        ("공일공하고 이이삼삼하고 사사오오", "01022334455"),
        ("O1O-2233-4455", "01022334455"),
        ("공일공 이이삼삼 사사오오 이 번호요", "01022334455"),
        ("이이삼삼에 사사오오", "partial:22334455"),
        ("제 번호는 이이삼삼에 사사오오요", "partial:22334455"),
        ("화면에 찍힌 번호로 주세요", "use_ani"),
        ("이 번호 말고 다른 번호요", "none"),
        ("안 알려 드려요", "refuse"),
        ("이 번호는 안 돼요", "none"),
        ("이 번호로는 안 됩니다", "none"),
        ("이 번호는 좀 곤란해요", "none"),
        ("이 번호로 해 주세요", "use_ani"),
        ("이천오 년", "none"),
        ("이천오 년에 시작했고 번호는 공일공 이이삼삼 사사오오요", "01022334455"),
    ],
)
def test_a_group_that_is_put_right_takes_the_place_of_the_one_before(directory, said, number):
    assert read_slot(directory, "phone", said)["value"] == number


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("열이틀", 12),
        ("스무하루", 21),
        ("한 달 보름", 45),
        ("일 년 육 개월", 545),
        ("일주일하고 이틀", 9),
        ("한 달에서 두 달", 60),
    ],
)
def test_lengths_in_smaller_and_smaller_units_are_one(directory, said, days):
    assert read_slot(directory, "period", said)["value"] == days


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("저녁 일곱 시 넘어서 일곱 시 반이요", "D 19:30"),
        ("모레 아니 내일 두 시", "D+1 14:00"),
        ("오전 열 시 아니 오후 두 시", "D 14:00"),
        ("두 시에서 세 시 사이", "D 14:00"),
        ("세 시 십 분 전", "D 14:50"),
        ("점심 전 열한 시", "D 11:00"),
        ("이틀 뒤 오전 열 시", "D+2 10:00"),
        ("14:30", "D 14:30"),
        ("네 한 시요", "D 13:00"),
        ("새벽 영 시 십 분 전", "unclear"),
    ],
)
def test_the_later_and_more_exact_time_counts(directory, said, when):
    assert read_slot(directory, "callback_time", said)["value"] == when


@pytest.mark.parametrize(
    ("said", "region"),
    [
        ("통영에예", "KR-48"),
        ("목포이지라", "KR-46"),
        ("안동이시더", "KR-47"),
        ("인제 귀둔리에서 산나물을 말려요", "KR-42"),
        ("인제 관리에서 문제가 생겨요", "none"),
        ("부여 목장이에요", "KR-44"),
        ("대구 지원 센터가 어디예요", "none"),
        ("대구 센터에 입주해 있어요", "KR-27"),
    ],
)
def test_a_place_is_where_one_works_not_what_is_asked_about(directory, said, region):
    assert read_slot(directory, "region", said)["value"] == region


@pytest.mark.parametrize(
    ("said", "region"),
    [
        ("포항 테크노파크에 있는 회사예요 위치 센서가 고장나요", "KR-47"),
        ("대구 센터에 입주해 있는데 주차 센서를 만들어요", "KR-27"),
        ("창원 지원센터 옆인데 위치 제어가 안 돼요", "KR-48"),
        ("부산 테크노파크에 있는데요 어디가 고장인지 모르겠어요", "KR-26"),
        ("대구 센터 전화번호 좀 알려 주세요", None),
        ("대구 센터에 입주하려고요", None),
        ("대구 센터는 지금 어디에 있어요", None),
    ],
)
def test_who_is_at_an_office_asks_nothing_about_it(directory, said, region):
    assert understand(directory, said).region == region
