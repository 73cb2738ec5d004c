"""Stories of callers in the main menu."""

import pytest

from calls.telephone_number import NumberKind
from ivr.facts import NUMBER_KINDS
from ivr.intake import Category, KnownBy
from ivr.walk import MOST_TURNS, CallerFacts, Position, Silence, Speech, begin, walk

PLATING = "안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요"


def test_the_opening_says_what_the_law_requires_before_it_can_be_interrupted(dials):
    caller = dials()

    assert [said.prompt for said in caller.walk.notices] == [
        "greeting",
        "abuse_notice",
        "recording_notice",
        "ai_notice",
    ]
    assert caller.prompts[4:] == ["category_question", "category_menu"]


def test_a_caller_of_the_relay_service_meets_no_menu(dials):
    caller = dials(kind=NumberKind.RELAY)

    assert caller.waits
    assert caller.walk.listening is None
    assert (caller.intake.category, caller.intake.category_by) == (Category.OPERATOR, KnownBy.RELAY)
    assert caller.prompts == ["relay_greeting", "relay_wait"]


def test_the_kinds_a_flow_may_name_are_the_kinds_of_telephone_numbers():
    assert set(NUMBER_KINDS) == {kind.value for kind in NumberKind}


def test_a_closed_line_says_so_and_still_takes_the_whole_wish(dials):
    caller = dials(is_open=False)

    assert "closed" in caller.prompts
    assert caller.step == "category"
    assert caller.presses("1", "031").says("주물에 기포가 생겨요").presses("1").waits


@pytest.mark.parametrize(
    ("key", "category"),
    [
        ("1", "technical_difficulty"),
        ("2", "database_access"),
        ("3", "personnel_exchange"),
        ("4", "information"),
        ("5", "technology_transfer"),
    ],
)
def test_the_five_services_keep_the_order_of_the_source(dials, key, category):
    caller = dials().presses(key)

    assert (caller.intake.category, caller.intake.category_by) == (category, KnownBy.KEYS)
    assert caller.step == "region"


def test_one_sentence_that_says_everything_is_asked_only_for_consent(dials):
    caller = dials().says(PLATING)

    assert caller.step == "consent"
    assert caller.intake.category is Category.TECHNICAL_DIFFICULTY
    assert (caller.intake.region, caller.intake.region_by) == ("KR-41", KnownBy.SPEECH)
    assert caller.intake.institutes[0] == "KITECH"
    assert caller.intake.wish == PLATING
    assert caller.says("네").waits
    assert caller.intake.consent is True


def test_a_place_said_with_the_wish_is_not_asked_again(dials):
    caller = dials().says("부산이에요")

    assert caller.step == "category"
    assert caller.intake.region == "KR-26"
    assert caller.walk.position.failures == 0
    assert caller.presses("4").waits


def test_a_weakly_understood_wish_is_confirmed(dials):
    caller = dials().says("특허도 그렇고 기술 이전도 그렇고 디비 좀")

    assert caller.step == "category_confirm"
    assert caller.says("네 맞아요").step == "region"


def test_a_wrong_guess_is_taken_back_and_the_numbers_are_read(dials):
    caller = dials().says("특허도 그렇고 기술 이전도 그렇고 디비 좀").presses("2")

    assert caller.step == "category"
    assert caller.intake.category is None
    assert caller.intake.wish is None
    assert caller.prompts == ["category_menu"]


def test_a_wrong_guess_is_corrected_in_one_sentence(dials):
    caller = dials().says("특허도 그렇고 기술 이전도 그렇고 디비 좀").says("아니요 인력 교류요")

    assert caller.intake.category in {None, Category.PERSONNEL_EXCHANGE}


def test_the_region_of_the_number_is_a_suggestion_one_key_confirms(dials):
    caller = dials(kind="fixed_line", region="KR-41").presses("4")

    assert caller.step == "region_confirm"
    assert "경기 지역" in caller.text
    assert caller.presses("1").waits
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


def test_the_wish_is_taken_in_the_callers_own_words(dials):
    caller = dials().presses("1", "055").says("알루미늄 합금 강도가 안 나와서요")

    assert caller.intake.wish == "알루미늄 합금 강도가 안 나와서요"
    assert caller.intake.institutes[0] == "KIMS"
    assert caller.step == "consent"


@pytest.mark.parametrize(("key", "asked"), [("1", True), ("3", True), ("5", True), ("2", False), ("4", False)])
def test_consent_is_asked_where_an_institute_may_receive_the_case(dials, key, asked):
    caller = dials().presses(key, "02")
    if key == "1":
        caller.says("기계가 자꾸 멈춰요")

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
    assert dials().presses("5", "02").says(answer).intake.consent is consent


def test_an_unclear_answer_never_becomes_consent(dials):
    caller = dials().presses("5", "02").says("괜찮아요")

    assert caller.intake.consent is None
    assert caller.step == "consent"


def test_zero_is_a_person_at_every_question_and_keeps_what_is_known(dials):
    caller = dials().says(PLATING).presses("0")

    assert caller.waits
    assert caller.intake.category is Category.TECHNICAL_DIFFICULTY
    assert caller.intake.wish == PLATING
    early = dials().presses("0")
    assert (early.intake.category, early.intake.category_by) == (Category.OPERATOR, KnownBy.KEYS)


@pytest.mark.parametrize(
    "words", ["상담원", "사람 연결해 주세요", "영 번", "상다먼 연결", "말귀를 못 알아듣네 사람 바꿔"]
)
def test_a_person_can_be_asked_for_in_words(dials, words):
    for keys in ((), ("4",), ("1", "02"), ("5", "02")):
        caller = dials().presses(*keys).says(words)

        assert caller.waits, keys


def test_hash_goes_back_and_forgets_what_that_answer_told(dials):
    caller = dials().says(PLATING).presses("#")

    assert caller.step == "category"
    assert caller.intake == dials().intake


def test_hash_at_the_first_question_asks_it_again(dials):
    assert dials().presses("#").prompts == ["category_question", "category_menu"]


def test_star_and_a_spoken_wish_repeat_without_counting_as_a_failure(dials):
    caller = dials().presses("*").says("다시 한번 말씀해 주세요", "천천히 좀 다시 말해 주세요").presses("*")

    assert caller.step == "category"
    assert caller.walk.position.failures == 0
    assert caller.prompts == ["category_question", "category_menu"]


def test_silence_is_met_gently_then_with_numbers_then_with_a_person(dials):
    caller = dials().is_silent()
    assert caller.prompts == ["not_heard", "category_question"]

    assert caller.is_silent().prompts == ["not_heard", "category_menu"]

    assert caller.is_silent().waits
    assert (caller.intake.category, caller.intake.category_by) == (Category.OPERATOR, KnownBy.FAILURES)
    assert caller.prompts == ["gives_up"]


def test_an_answer_starts_the_count_of_failures_anew(dials):
    caller = dials().is_silent(2).presses("4").is_silent(2)

    assert caller.step == "region"
    assert caller.is_silent().waits
    assert caller.intake.category is Category.INFORMATION


def test_words_of_danger_name_119_and_bring_a_person(dials):
    caller = dials().says("가스 냄새가 나는데 사람이 쓰러졌어요")

    assert caller.waits
    assert caller.prompts == ["emergency", "person_coming"]
    assert "일일구" in caller.text


def test_another_public_line_is_named_and_the_question_comes_again(dials):
    caller = dials().says("정책자금 대출 받으려고 하는데요")

    assert caller.step == "category"
    assert "일삼오칠" in caller.text
    assert caller.prompts == ["refer", "category_question"]


def test_abuse_is_met_as_words_not_understood(dials):
    caller = dials().says("씨발 왜 이렇게 안 받아")

    assert caller.step == "category"
    assert caller.prompts[0] == "not_understood"
    assert caller.intake.wish is None


def test_a_mild_oath_does_not_hide_a_wish(dials):
    assert dials().says("아 씨 기술 이전 언제 해 주냐고").intake.category is Category.TECHNOLOGY_TRANSFER


def at_the_callback_number(dials):
    return dials(kind="withheld", can_call_back=False, is_open=False).presses("4", "02")


def test_a_number_is_asked_only_when_nobody_answers_and_nobody_could_call_back(dials):
    assert at_the_callback_number(dials).step == "callback_number"
    assert dials(kind="withheld", can_call_back=False).presses("4", "02").waits
    assert dials(is_open=False).presses("4", "02").waits


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
        ("", "region"),
        ("#", "region"),
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


def test_hash_ends_an_entry_only_where_the_caller_was_told_so(dials):
    assert at_the_callback_number(dials).walk.listening.finish_on_key == "#"
    for keys in ((), ("4",), ("1", "02"), ("5", "02")):
        assert dials().presses(*keys).walk.listening.finish_on_key == ""
    assert dials().presses("4").walk.listening.max_keys == 3


def test_hints_fit_the_telephone_network(flow, dials):
    for keys in ((), ("4",), ("1", "02"), ("5", "02")):
        hints = dials().presses(*keys).walk.listening.hints

        assert 0 < len(hints) <= 500
        assert len(set(hints)) == len(hints)
        assert all(hint and len(hint) <= 100 and "," not in hint for hint in hints)
    assert "안산" in dials().presses("4").walk.listening.hints
    assert {"기술 이전", "에트리", "키스트", "도금"} <= set(dials().walk.listening.hints)


def test_a_caller_who_goes_round_for_ever_gets_a_person(dials):
    caller = dials()
    for _ in range(MOST_TURNS + 1):
        if not caller.waits:
            caller.presses("*")

    assert caller.waits
    assert caller.intake.category is Category.OPERATOR


def test_a_position_survives_being_stored(flow, dials):
    position = dials(kind="fixed_line", region="KR-41").presses("4", "2").walk.position

    assert Position.from_data(position.to_data(), flow) == position
    assert position.path == ("category", "region_confirm")


@pytest.mark.parametrize("data", [{"step": "gone"}, {}, None, [], {"step": "category", "failures": "many"}])
def test_a_position_nobody_knows_is_the_start(flow, data):
    assert Position.from_data(data, flow) == Position(flow.start)


def test_a_position_of_an_older_flow_begins_again_with_what_is_known(flow, directory, dials):
    facts = CallerFacts("mobile", None, can_call_back=True, is_open=True)
    known = dials().presses("4").intake

    again = walk(flow, directory, facts, Position("gone"), known, Silence())

    assert again.position.step == "region"
    assert again.intake == known


def test_the_same_words_always_lead_to_the_same_place(flow, directory):
    facts = CallerFacts("mobile", None, can_call_back=True, is_open=True)
    start = begin(flow, directory, facts)

    walks = {repr(walk(flow, directory, facts, start.position, start.intake, Speech(PLATING, 0.5))) for _ in range(3)}

    assert len(walks) == 1
