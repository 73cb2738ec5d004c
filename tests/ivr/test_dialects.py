"""Short answers as dialects, recognizers and second thoughts make them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.region_speech import whereabouts
from ivr.spoken_keys import spoken_key
from ivr.spoken_periods import spoken_days
from ivr.spoken_telephone import spoken_telephone
from ivr.spoken_times import spoken_time
from ivr.yes_or_no import yes_or_no

IT_IS = ["이라예", "이요", "입니더", "인디요", "이여", "이랑께요", "이라카이", "임더", "이구먼유", "인데예", "이유", ""]
DIGITS = "영일이삼사오육칠팔구"


@given(st.sampled_from(DIGITS), st.sampled_from(["번", " 번", "뻔", "범"]), st.sampled_from(IT_IS))
def test_a_key_is_heard_with_any_ending(digit, counter, ending):
    assert spoken_key(f"{digit}{counter}{ending}") == str(DIGITS.index(digit))


@given(st.sampled_from(DIGITS), st.sampled_from(DIGITS), st.sampled_from(["아니", "아이다", "아이라", "말고", "아녀"]))
def test_after_a_second_thought_the_last_key_counts(first, second, correction):
    assert spoken_key(f"{first} 번 {correction} {second} 번요") == str(DIGITS.index(second))


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("제일 끝에 사 번", "4"), ("그러니까 칠 번", "7"), ("팔 번 누를랍니더", "8"), ("이 번으로 갈게요", "2"),
        ("삼 번 하고 싶은데요", "3"), ("별표 버튼 눌렀어요", "*"), ("샵 표시", "#"),
        ("둘째 거", "2"), ("일 번 기술 애로요", "1"), ("아 이 번", "2"), ("맨 처음 거요", "1"),
        ("처음인데요", None), ("세 번째 메뉴요", "3"),
        ("이번에 처음인데요", None), ("이번 상담은 언제예요", None), ("한 번만요", None), ("일단요", None),
        ("구하려고요", None), ("이번만요", None), ("사범님이요", None), ("일본이요", None),
    ],
)  # fmt: skip
def test_only_a_number_meant_as_a_key_is_one(said, key):
    assert spoken_key(said) == key


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("하모예", True), ("그라제라", True), ("맞구먼유", True), ("내 맞당께", True), ("동의하지예", True),
        ("아니 맞다니까", True), ("그럼유", True), ("옳소", True), ("동의요", True),
        ("동의 안 할랍니더", False), ("잘못 들으셨는데요", False), ("아입니더", False), ("싫다카이", False),
        ("안 됩니다", False), ("전달하지 마이소", False), ("아닌디요", False), ("동의 몬 합니더", False), ("아녜요", False), ("잘못됐는데요", False),
        ("예?", None), ("오야", True), ("그러지라", True),
        ("예 근데 그게 뭔 말인교", None), ("맞습니까", None), ("야 이거 봐라", None), ("시작하자마자요", None),
        ("네 그게 우째 되는 건데요", None),
    ],
)  # fmt: skip
def test_yes_is_plain_in_every_dialect_and_a_question_is_no_answer(said, answer):
    assert yes_or_no(said) is answer


@given(st.sampled_from(["홍성", "정읍", "안산", "군위", "노원", "영도", "경산"]), st.sampled_from(IT_IS))
def test_a_place_is_heard_with_any_ending(directory, place, ending):
    of_place = {"홍성": 44, "정읍": 45, "안산": 41, "군위": 27, "노원": 11, "영도": 26, "경산": 47}[place]

    assert whereabouts(directory, f"{place}{ending}").region == f"KR-{of_place}"


@pytest.mark.parametrize(
    ("said", "region"),
    [
        ("전라도 광주라니께", "KR-29"), ("경상도 고성이라예", "KR-48"), ("통일전망대 고성이래요", "KR-42"),
        ("경산이요 대구 번호 쓰지만", "KR-47"), ("으정부시요", "KR-41"), ("테백시요", "KR-42"), ("목폰디요", "KR-46"),
        ("나줍니다", "KR-46"), ("저는 나주 사람인데 광주 전남 센터가 어디예요", "KR-46"), ("도봉에 있어요", "KR-11"),
        ("부평 공장이요", "KR-28"),
        ("우리가 양산하고 싶은데요", None), ("수성 도료인데요", None), ("재주가 없어서요", None), ("강화 유리", None),
        ("생기원 안산에 있는 장비요", None), ("춘천 닭갈비 집 알아요", None), ("직원 연수를 보내고 싶어요", None),
        ("경산이요 대구 바로 옆이에요", "KR-47"), ("부천에서 만드는데 제주 감귤을 써요", "KR-41"),
        ("주안공단인데 지가 충청도 사람이라 말이 느려유", "KR-28"), ("안동에 사는데 대구까지 가야 돼요", "KR-47"),
        ("이천 한빛정밀인데요 접수한 거요", "KR-41"), ("의왕 철도연 옆 공장이에요", "KR-41"), ("구로디지털 단진데요", "KR-11"),
        ("그렇게 만든데요", None), ("대전 카이스트 교수님요", None), ("포항 테크노파크에 있는 회사예요", "KR-47"),
    ],
)  # fmt: skip
def test_a_place_is_told_by_what_is_beside_it(directory, said, region):
    found = whereabouts(directory, said)

    assert (found.region, found.candidates) == (region, ())


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("너댓 달", 150), ("대여섯 달유", 180), ("한 사날", 4), ("육 게월", 180), ("댓새쯤", 5),
        ("일 년 아니 반년", 182), ("회사 날짜에 맞춰서", None),
        ("세 개 얼마예요", None), ("이태리 기계요", None),
    ],
)  # fmt: skip
def test_old_and_misheard_lengths_are_days(said, days):
    assert spoken_days(said) == days


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("모레 세 시 아니 네 시 반요", "D+2 16:30"), ("월욜 아홉 시예", "next Monday 09:00"), ("내일두시요", "D+1 14:00"),
        ("두 시간 있다가요", "unclear"), ("내일 정오요", "D+1 12:00"),
    ],
)  # fmt: skip
def test_the_time_said_last_counts(said, time):
    assert spoken_time(said) == time


@given(st.integers(10_000_000, 99_999_999), st.sampled_from([ending for ending in IT_IS if ending]))
def test_a_telephone_number_is_heard_with_any_ending(number, ending):
    front, back = (
        "".join("공일이삼사오육칠팔구"[int(digit)] for digit in part) for part in (str(number)[:4], str(number)[4:])
    )

    assert spoken_telephone(f"공일공 {front} {back}{ending}") == f"010{number}"
