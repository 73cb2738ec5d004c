"""Sentences as they are read aloud."""

from datetime import UTC, date, datetime, time

import pytest

from ivr import korean
from ivr.prompts import PLACEHOLDER, Spoken
from ivr.required_prompts import REQUIRED

SYLLABLES_PER_SECOND = 7


@pytest.mark.parametrize(
    ("word", "particle", "said"),
    [
        ("한국전자통신연구원", "으로", "한국전자통신연구원으로"),
        ("재료연구소", "으로", "재료연구소로"),
        ("서울", "으로", "서울로"),
        ("KIST", "으로", "키스트로"),
        ("KERI", "은", "케리는"),
        ("1379", "이", "1379가"),
        ("상담원", "과", "상담원과"),
        ("정보 제공", "을", "정보 제공을"),
        ("기술 이전", "은", "기술 이전은"),
        ("", "을", "를"),
    ],
)
def test_a_particle_follows_the_last_sound(word, particle, said):
    assert korean.with_particle(word, particle) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("080-9988-114", "공팔공에 구구팔팔에 일일사"),
        ("0809988114", "공팔공에 구구팔팔에 일일사"),
        ("1379", "일삼칠구"),
        ("01012345678", "공일공에 일이삼사에 오육칠팔"),
        ("0212345678", "공이에 일이삼사에 오육칠팔"),
        ("021234567", "공이에 일이삼에 사오육칠"),
        ("0311234567", "공삼일에 일이삼에 사오육칠"),
        ("15880800", "일오팔팔에 공팔공공"),
        ("050412345678", "공오공사에 일이삼사에 오육칠팔"),
    ],
)
def test_a_telephone_number_is_read_in_groups(number, said):
    assert korean.telephone(number) == said


def test_digits_of_a_ticket_are_read_one_by_one():
    assert korean.digit_by_digit("26-0001237") == "이육에 공공공일이삼칠"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(9), "오전 아홉 시"),
        (time(14, 30), "오후 두 시 삼십 분"),
        (time(12), "오후 열두 시"),
        (time(0, 5), "오전 열두 시 오 분"),
    ],
)
def test_hours_are_native_and_minutes_are_not(at, said):
    assert korean.clock(at) == said


def test_june_and_october_lose_a_sound():
    assert korean.calendar_day(date(2026, 6, 3)) == "유월 삼일 수요일"
    assert korean.calendar_day(date(2026, 10, 20)) == "시월 이십일 화요일"


@pytest.mark.parametrize(
    ("number", "said"), [(1, "한 분"), (3, "세 분"), (20, "스무 분"), (21, "스물한 분"), (100, "백 분"), (0, "영 분")]
)
def test_people_are_counted_politely(number, said):
    assert korean.people(number) == said


@pytest.mark.parametrize(
    ("prompt", "values", "said"),
    [
        ("transferring", {"desk": "KIST"}, "키스트로 연결해 드리겠습니다"),
        ("transferring", {"desk": "한국생산기술연구원 중소기업 지원 담당자"}, "담당자로 연결"),
        ("wait_first", {"ahead": 3}, "앞에 세 분이 기다리고 계십니다"),
        ("wait_first", {"ahead": "3"}, "앞에 세 분이 기다리고 계십니다"),
        (
            "closed_done",
            {"ticket": "26-0001237", "day": date(2026, 6, 4), "time": time(9)},
            "유월 사일 목요일 오전 아홉 시부터",
        ),
        (
            "closed_done",
            {"ticket": "26-0001237", "day": "2026-06-04", "time": "09:00"},
            "유월 사일 목요일 오전 아홉 시부터",
        ),
        (
            "closed_done",
            {"ticket": "26-0001237", "day": "월요일", "time": datetime(2026, 6, 4, 9, tzinfo=UTC)},
            "월요일 오전 아홉 시부터",
        ),
        (
            "station_offer",
            {"category": "technical_difficulty", "region": "KR-41"},
            "경기 지역, 기술 애로 상담 전화입니다",
        ),
        ("refer", {"number": "1544-8080", "name": "특허청 고객상담센터"}, "일오사사에 팔공팔공"),
    ],
)
def test_values_are_read_by_their_kind(flow, prompt, values, said):
    assert said in flow.prompts.speak(prompt, **values).text


def test_a_missing_value_is_left_out_and_a_missing_prompt_asks_to_hold_on(flow):
    assert flow.prompts.speak("wait_first").text == "지금 상담이 많아 기다리셔야 합니다."
    assert flow.prompts.speak("transferring").text == "잠시만 기다려 주십시오."
    assert flow.prompts.speak("ticket_number").text == flow.prompts.speak("hold_on").text
    assert flow.prompts.speak("nobody_wrote_this").text == flow.prompts.speak("hold_on").text
    assert flow.prompts.speak("hold_on", "xx") == Spoken("hold_on", "잠시만 기다려 주십시오.")


def test_every_prompt_of_the_house_is_spoken_without_leftovers(flow):
    for prompt, values in REQUIRED.items():
        text = flow.prompts.speak(prompt, **dict.fromkeys(values, "26")).text

        assert text, prompt
        assert not {*"{}"} & {*text}, text


def seconds(text):
    return sum("가" <= sign <= "힣" or sign.isdigit() for sign in text) / SYLLABLES_PER_SECOND


def test_the_opening_and_the_menu_are_short_enough_to_listen_to(dials, flow):
    caller = dials()
    notices, prompts = caller.walk.notices, caller.walk.prompts

    assert seconds(notices[0].text) < 10
    assert sum(seconds(said.text) for said in prompts) < 30
    assert sum(seconds(said.text) for said in (*notices, *prompts)) < 45


def test_no_prompt_is_longer_than_a_caller_listens(flow):
    for prompt, words in flow.prompts.wordings["ko"].prompts.items():
        assert seconds(PLACEHOLDER.sub("열 글자쯤 되는 값이다", words)) < 16, prompt


def test_no_prompt_holds_a_digit_or_a_latin_letter_a_machine_would_misread(flow):
    korean_words = flow.prompts.wordings["ko"]
    for prompt, words in korean_words.prompts.items():
        rest = PLACEHOLDER.sub("", words) if prompt not in korean_words.spoken_in else ""
        assert not any(sign.isascii() and sign.isalnum() for sign in rest), prompt


def test_numbers_of_a_menu_come_after_their_subjects(flow):
    for choice in flow.prompts.wordings["ko"].prompts["category_menu"].split(", ")[:6]:
        assert choice.endswith("번"), choice
