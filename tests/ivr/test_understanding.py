"""Understanding held against labelled speech.

The labelled calls were learned from, so they only guard against getting worse; `unseen.ko.csv` was written to be harder
than callers are and is never learned from. What to expect of unseen wording stands in docs/understanding.md.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.institute_choice import NAMED_SCORE
from ivr.intake import Category
from ivr.learning.corpus import SLOTS, UTTERANCES, files_in, labelled, rows_of
from ivr.learning.judging import Judged, figures
from ivr.spoken_keys import spoken_digits, spoken_key
from ivr.understanding import understand
from ivr.yes_or_no import yes_or_no

NO_SERVICE = {"repeat", "out_of_scope"}
UNSEEN = Path(__file__).parent.parent / "data" / "unseen.ko.csv"
FILES = files_in()


def slot(name):
    return [
        pytest.param(row["utterance"], row["value"], id=row["utterance"])
        for row in rows_of(FILES[SLOTS])
        if row["slot"] == name
    ]


def found_in(directory, rows):
    return figures([Judged(call, understand(directory, call.utterance)) for call in labelled(rows)])


def test_labelled_calls_are_understood(directory):
    found = found_in(directory, rows_of(FILES[UTTERANCES]))

    assert found["region"] >= 0.99
    assert found["service"] >= 0.97
    assert found["institute_first"] >= 0.95
    assert found["asked"] <= 0.2


def test_calls_that_were_never_learned_are_understood_nearly_as_well(directory):
    found = found_in(directory, rows_of(UNSEEN.read_text(encoding="utf-8")))

    assert found["region"] >= 0.96
    assert found["service"] >= 0.9
    assert found["institute_first_three"] >= 0.8


def test_referrals_and_emergencies_are_recognized(directory):
    for row in rows_of(FILES[UTTERANCES]):
        signals = understand(directory, row["utterance"]).signals
        for tag in row["note"].split():
            if tag == "emergency":
                assert "emergency" in signals, row
            elif tag.startswith("refer:") and tag != "refer:119":
                assert tag in signals, row
            elif tag in {"swearing", "threat", "sexual_harassment"}:
                assert "abuse" in signals, row
        if "emergency" not in row["note"]:
            assert "emergency" not in signals, row


def test_what_counts_as_abuse_is_not_said_by_labelled_callers(directory):
    polite = [row for row in rows_of(FILES[UTTERANCES]) if row["category"] not in NO_SERVICE]

    assert [row["utterance"] for row in polite if "abuse" in understand(directory, row["utterance"]).signals] == []


@pytest.mark.parametrize(("utterance", "value"), slot("menu_digit"))
def test_a_spoken_number_is_a_key_and_a_word_that_sounds_like_one_is_not(utterance, value):
    assert (spoken_key(utterance) or "none") == value


@pytest.mark.parametrize(("utterance", "value"), slot("yes_no"))
def test_yes_and_no_are_told_apart(utterance, value):
    assert {True: "yes", False: "no", None: "unclear"}[yes_or_no(utterance)] == value


@pytest.mark.parametrize(
    "utterance",
    [
        "다시 설명해 주세요",
        "동의해야 하나요",
        "그게 맞나요",
        "네 그런데 어디로 전달되나요",
        "잘 모르겠어요",
        "알겠는데 좀 생각해 볼게요",
        "제품 치수를 맞추는 게 어려워요",
        "동의하면 좋은 거예요",
    ],
)
def test_what_only_sounds_like_yes_is_no_consent(utterance):
    assert yes_or_no(utterance) is None


@pytest.mark.parametrize(("utterance", "value"), slot("region"))
def test_a_place_is_a_region_or_a_question(directory, utterance, value):
    found = understand(directory, utterance)

    if value.startswith("ambiguous:"):
        assert found.region is None
        assert ";".join(found.region_candidates) == value.removeprefix("ambiguous:")
    else:
        assert (found.region or "none") == value
        assert not found.region_candidates


@pytest.mark.parametrize(
    ("utterance", "region"),
    [
        ("창원 전기연구원에 물어보고 싶어요", None),  # the institute's town
        ("대구포가 너무 짜요", None),
        ("춘천닭갈비 소스 만드는데요", None),
        ("알루미늄 구리 도금이 벗겨져요", None),
        ("강화 유리가 깨져요", None),
        ("음성 인식이 안 돼요", None),
        ("경기가 안 좋아서요", None),
        ("일산화탄소 센서요", None),
        ("이천 개 중에 열 개가 불량이에요", None),
        ("하남산단이에요", "KR-29"),
        ("세종문화회관 옆이에요", "KR-11"),
        ("경기도안산에서 전화합니다", "KR-41"),
        ("공장은 화성이고 본사는 서울이에요", "KR-41"),
        ("부산 말고 울산이요", "KR-31"),
        ("공장이 광주에 있는데 하남산단이요", "KR-29"),
        ("대전 본사인데 공장은 청주예요 청주 공장에서 문제가 생겼어요", "KR-43"),
    ],
)
def test_words_that_only_look_like_places_are_none(directory, utterance, region):
    assert understand(directory, utterance).region == region


def test_two_places_are_asked_rather_than_guessed(directory):
    assert understand(directory, "부산하고 대구에 있어요").region_candidates == ("KR-26", "KR-27")


@pytest.mark.parametrize("name", ["재료연구소", "재료연구원", "한국재료연구원", "재료연"])
def test_an_institute_is_known_by_its_old_new_and_short_names(directory, name):
    assert understand(directory, f"{name} 연결해 주세요").institutes == ("KIMS",)


def test_an_institute_that_only_sounds_like_ours_is_none_of_ours(directory):
    assert understand(directory, "기초과학연구원 연결해 주세요").institutes == ()


@pytest.mark.parametrize(
    ("utterance", "danger"),
    [
        ("사람이 다쳤어요 빨리요", True),
        ("가스가 새요", True),
        ("회사에서 사람이 기계에 끼였어요", True),
        ("불이야", True),
        ("전기로에 불이 붙는 시험을 하고 싶은데요", False),
        ("소방서에 납품하는 장갑을 만드는데 코팅이 벗겨져요", False),
        ("작업자가 다치지 않게 하는 안전장치를 개발하고 있어요", False),
        ("배관 누설 센서를 개발 중인데 가스가 새는 걸 못 잡아요", False),
    ],
)
def test_danger_is_told_from_trade(directory, utterance, danger):
    assert ("emergency" in understand(directory, utterance).signals) == danger


def test_what_is_taken_back_does_not_count(directory):
    assert understand(directory, "상담원 말고 그냥 자료만 받고 싶어요").category is Category.INFORMATION
    assert "refer:1357" not in understand(directory, "지원금 말고 기술 상담이요").signals


@pytest.mark.parametrize(
    ("said", "digits"),
    [("공삼일", "031"), ("영 이", "02"), ("공육사요", "064"), ("공이요", "02"), ("안산", ""), ("", "")],
)
def test_digits_are_said_one_by_one(said, digits):
    assert spoken_digits(said) == digits


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "sound",
    [
        "어",
        "하",
        "네",
        "음",
        "일번",
        "눌러",
        "이요",
        "쪽이요",
        "아니",
        "특허",
        "분이",
        "광주",
        "말고 ",
        "전기연 ",
        "가",
    ],
)
def test_a_sound_repeated_for_a_minute_costs_no_time(directory, sound):
    understand(directory, sound * 2000 + "x")
    yes_or_no(sound * 2000 + "x")


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)  # lone surrogates too
PIECES = st.lists(
    st.sampled_from(
        [
            "도금이",
            "ㅅㅂ",
            "가",
            "kaist",
            "ETRI",
            "５G",
            "Ⅲ",
            "٣",
            "광주",
            "에서",
            "말고",
            "기술 이전",
            "ﷺ",
            "\u200d",
            "\ud800",
            "😀",
            " ",
        ]
    ),
    max_size=60,
).map("".join)


@given(st.one_of(ANYTHING, PIECES))
def test_any_text_is_understood_somehow(directory, text):
    found = understand(directory, text)

    assert 0.0 <= found.category_confidence <= 1.0
    assert 0.0 <= found.heard_confidence <= 1.0
    assert (found.category is None) == (found.category_confidence == 0.0)
    assert found == understand(directory, text)
    assert found.region is None or found.region_candidates == ()
    assert len(found.scores) == len(found.institutes)
    assert found.ask in {None, "category", "region", "institute"}


def test_silence_noise_and_abuse_are_each_told(directory):
    assert understand(directory, "").signals == ("silence",)
    assert understand(directory, " …! ").signals == ("silence",)
    assert "noise" in understand(directory, "어 음").signals
    assert "abuse" in understand(directory, "야 이 개새끼들아").signals


@pytest.mark.parametrize(
    ("said", "spaced"),
    [
        ("안산에서도금하는데자꾸벗겨져요", "안산에서 도금하는데 자꾸 벗겨져요"),
        ("화성에서펌프만드는데물이새요", "화성에서 펌프 만드는데 물이 새요"),
        ("에트리기술이전받고싶습니다", "에트리 기술 이전 받고 싶습니다"),
        ("전기 연구 원 연결 해주세요", "전기연구원 연결해 주세요"),
    ],
)
def test_spaces_change_nothing(directory, said, spaced):
    one, other = understand(directory, said), understand(directory, spaced)

    assert (one.heard_as, one.region, one.institutes[:1]) == (other.heard_as, other.region, other.institutes[:1])


@pytest.mark.parametrize(
    "utterance",
    ["전기 연결이 자꾸 끊겨요", "화학 연료가 새요", "기초 연구를 하고 싶어요", "기계 연마를 하는데 거칠어요"],
)
def test_a_word_that_begins_like_an_institute_is_none(directory, utterance):
    assert NAMED_SCORE not in understand(directory, utterance).scores


def test_two_services_named_are_asked_about(directory):
    assert understand(directory, "특허도 그렇고 기술 이전도 그렇고 디비 좀").ask == "category"
    assert understand(directory, "기술 이전 말고 인력 교류요").ask is None


def test_a_place_with_two_meanings_is_asked_first(directory):
    found = understand(directory, "광주에 있는 회사인데 모터가 자꾸 타요")

    assert found.ask == "region"
    assert found.region_candidates == ("KR-29", "KR-41")
