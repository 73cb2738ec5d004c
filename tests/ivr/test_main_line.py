"""Stories of callers in the main menu."""

import pytest

from calls.telephone_number import NumberKind
from ivr.facts import NUMBER_KINDS
from ivr.intake import Category, KnownBy
from ivr.understanding import understand
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
    assert caller.prompts[4:] == ["category_question", "category_menu", "other_language"]


def test_a_caller_of_the_relay_service_meets_no_menu(dials):
    caller = dials(kind=NumberKind.RELAY)

    assert caller.waits
    assert caller.walk.listening is None
    assert (caller.intake.category, caller.intake.category_by) == (Category.OPERATOR, KnownBy.RELAY)
    assert caller.prompts == ["relay_greeting", "recording_notice", "relay_wait"]


def test_the_kinds_a_flow_may_name_are_the_kinds_of_telephone_numbers():
    assert set(NUMBER_KINDS) == {kind.value for kind in NumberKind}


def test_a_closed_line_says_so_and_still_takes_the_whole_wish(dials):
    caller = dials(is_open=False)

    assert caller.walk.prompts[0].prompt == "closed", "said while listening: who knows the menu need not wait"
    assert caller.step == "category"
    assert caller.presses("1", "031").says("주물에 기포가 생겨요").presses("1").waits


def test_out_of_hours_nobody_is_promised_a_person_at_once(dials):
    caller = dials(is_open=False).presses("0")

    assert caller.waits
    assert "person_coming" not in caller.prompts


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
    assert caller.presses("4").is_silent().waits


def test_a_weakly_understood_wish_is_confirmed(dials):
    caller = dials().says("특허도 그렇고 기술 이전도 그렇고 디비 좀")

    assert caller.step == "category_confirm"
    assert caller.says("네 맞아요").step == "region"


def test_a_wish_that_is_better_asked_than_guessed_is_confirmed_once(dials, directory):
    words = "그 기술 자료 받아 볼 수 있나요"
    assert understand(directory, words).ask == "category"

    caller = dials().says(words)

    assert caller.step == "category_confirm"
    assert caller.says("네").step == "region"


def test_a_wrong_guess_is_taken_back_and_the_numbers_are_read(dials):
    caller = dials().says("특허도 그렇고 기술 이전도 그렇고 디비 좀").presses("2")

    assert caller.step == "category"
    assert caller.intake.category is None
    assert caller.intake.wish is None
    assert caller.prompts == ["category_menu", "other_language"]


def test_a_wrong_guess_is_corrected_in_one_sentence(dials):
    caller = dials().says("특허도 그렇고 기술 이전도 그렇고 디비 좀").says("아니요 인력 교류요")

    assert caller.intake.category is Category.PERSONNEL_EXCHANGE
    assert caller.step == "region"


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
    assert dials().presses("#").prompts == ["category_question", "category_menu", "other_language"]


def test_star_and_a_spoken_wish_repeat_without_counting_as_a_failure(dials):
    caller = dials().presses("*").says("다시 한번 말씀해 주세요", "천천히 좀 다시 말해 주세요").presses("*")

    assert caller.step == "category"
    assert caller.walk.position.failures == 0
    assert caller.prompts == ["category_question", "category_menu", "other_language"]


def test_silence_is_met_gently_then_with_numbers_then_with_a_person(dials):
    caller = dials().is_silent()
    assert caller.prompts == ["not_heard", "category_question"]

    assert caller.is_silent().prompts == ["not_heard", "category_menu", "other_language"]

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


def test_hash_ends_an_entry_only_where_the_caller_was_told_so(dials):
    number = dials(kind="withheld", can_call_back=False, is_open=False).presses("4", "02").is_silent()

    assert number.walk.listening.finish_on_key == "#"
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
