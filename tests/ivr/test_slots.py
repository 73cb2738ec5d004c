"""Short answers, in the words a file of labels has and in others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.learning.corpus import SLOTS as FILE
from ivr.learning.corpus import files_in, rows_of
from ivr.slots import SLOT_OF_FILE, SLOTS, read_slot
from ivr.spoken_periods import spoken_days
from ivr.spoken_telephone import spoken_telephone
from ivr.spoken_times import spoken_time


def test_every_labelled_answer_is_read(directory):
    wrong = []
    for row in rows_of(files_in()[FILE]):
        slot, part = SLOT_OF_FILE[row["slot"]]
        found = read_slot(directory, slot, row["utterance"])[part]
        if found != row["value"]:
            wrong.append((row["utterance"], row["value"], found))

    assert wrong == []


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("한 달 반", 45),
        ("석 달 열흘", 100),
        ("일주일 정도요", 7),
        ("6개월이요", 180),
        ("반 년", 182),
        ("사나흘", 4),
        ("한 열 달", 300),
        ("두어 달", 60),
        ("삼 년짜리", 1095),
        ("몰라요", None),
        ("내년까지요", None),
        ("하루빨리 와 주세요", None),
    ],
)
def test_a_length_of_time_is_days(said, days):
    assert spoken_days(said) == days


@given(st.integers(1, 2000))
def test_the_classes_leave_no_day_out_and_hide_no_gap(directory, days):
    read = read_slot(directory, "period", f"{days}일")

    assert read["value"] == days
    assert read["personnel_period"] == (
        "short" if days <= 7 else "gap" if days < 30 else "mid" if days < 180 else "boundary" if days <= 184 else "long"
    )
    assert read["rnd_term"] == ("short" if days <= 90 else "gap" if days < 365 else "long")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("공일공 팔팔팔팔 일이삼사", "01088881234"),
        ("０１０ １２３４ ５６７８", "01012345678"),
        ("공 일 공 일 이 삼 사 오 육 칠 팔", "01012345678"),
        ("공일공 삼삼삼삼 아니 사사사사 오오오오", "01044445555"),
        ("공일공 오천백이십 국에 천이백삼십사", "01051201234"),
        ("공팔공 구구팔팔 일일사", "0809988114"),
        ("이 번호로 해 주세요", "use_ani"),
        ("끝번호 일이삼사요", "partial:1234"),
        ("말하기 싫은데요", "refuse"),
        ("몰라요", "none"),
        ("", "none"),
    ],
)
def test_a_telephone_number_is_its_digits(said, number):
    assert spoken_telephone(said) == number


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("오늘 네 시 십오 분", "D 16:15"),
        ("내일 아침 여덟 시 반", "D+1 08:30"),
        ("금요일 오후 두 시요", "next Friday 14:00"),
        ("당장이요", "now"),
        ("아무 때나요", "unclear"),
        ("스물다섯 시", "unclear"),
    ],
)
def test_a_time_is_a_day_and_an_hour(said, when):
    assert spoken_time(said) == when


@given(
    st.sampled_from(sorted(SLOTS)),
    st.one_of(st.text(max_size=80), st.text("공일이삼사오육칠팔구영십백천에국달년주반 아니", max_size=80)),
)
def test_any_answer_is_read_somehow(directory, slot, said):
    assert "value" in read_slot(directory, slot, said)
    assert read_slot(directory, slot, said) == read_slot(directory, slot, said)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("인력 교류 삼 번", "3"),
        ("정보 제공 받으려고요 사 번", "4"),
        ("장비 조회니까 이 번이요", "2"),
        ("사 버튼이요", "4"),
        ("빵 번", "0"),
        ("제일 앞에 거요", "1"),
        ("이 번 아니지 삼 번", "3"),
        ("별로예요", "none"),
        ("이 버튼이요", "none"),
        ("기술 상담 이번 주에 돼요", "none"),
        ("둘 다요", "none"),
    ],
)
def test_a_key_is_heard_after_what_it_is_for(directory, said, key):
    assert read_slot(directory, "digits", said)["value"] == key


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("어 그래그래", "yes"),
        ("그렇지요 뭐", "yes"),
        ("틀림없어요", "yes"),
        ("네 그거 말고요", "no"),
        ("다른 거예요", "no"),
        ("사양할게요", "no"),
        ("그게 뭐", "unclear"),
    ],
)
def test_a_yes_said_twice_is_one_and_what_is_set_aside_is_none(directory, said, answer):
    assert read_slot(directory, "yes_no", said)["value"] == answer


@pytest.mark.parametrize(
    ("said", "days"), [("한 해는 넘게요", 365), ("두세 해", 1095), ("열두 달", 365), ("이해가 안 돼요", None)]
)
def test_a_year_has_many_names(said, days):
    assert spoken_days(said) == days
