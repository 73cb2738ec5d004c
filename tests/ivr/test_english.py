"""English as it is spoken and understood, and both languages side by side."""

from datetime import date, time

import pytest

from ivr import english
from ivr.checker import problems_of
from ivr.drafts import read_drafts
from ivr.english_speech import english_digits, english_key, english_yes_or_no, understand_english
from ivr.intake import Category
from ivr.prompts import PLACEHOLDER
from ivr.required_prompts import REQUIRED
from ivr.romanized import romanized
from ivr.steps import Menu

WORDS_PER_SECOND = 2.5
KEY_WORDS = {
    "ko": {**{str(at): f"{word} 번" for at, word in enumerate("영일이삼사오육칠팔구")}, "*": "별표", "#": "우물정자"},
    "en": {**{str(at): word for at, word in enumerate(english.UNITS[:10])}, "*": "star", "#": "pound"},
}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("안산", "ansan"), ("강릉", "gangneung"), ("목포", "mokpo"), ("속초", "sokcho"), ("의정부", "uijeongbu"),
        ("창원", "changwon"), ("밀양", "miryang"), ("울릉", "ulleung"), ("평택", "pyeongtaek"), ("김해", "gimhae"),
        ("왕십리", "wangsimni"), ("청주", "cheongju"), ("서귀포", "seogwipo"), ("군위", "gunwi"), ("백령", "baengnyeong"),
        ("전주", "jeonju"), ("구리", "guri"), ("영월", "yeongwol"), ("합천", "hapcheon"), ("신라", "silla"), ("국내", "gungnae"), ("", ""),
    ],
)  # fmt: skip
def test_a_place_is_written_as_on_a_map(name, written):
    assert romanized(name) == written


@pytest.mark.parametrize(
    ("said", "region", "candidates"),
    [
        ("I am in Ansan", "KR-41", ()),
        ("Changwon-si", "KR-48", ()),
        ("Chang won", "KR-48", ()),
        ("Seoul", "KR-11", ()),
        ("gyeonggi-do", "KR-41", ()),
        ("North Chungcheong Province", "KR-43", ()),
        ("Chungcheong", None, ("KR-43", "KR-44")),
        ("Pusan", "KR-26", ()),
        ("Gwangju", None, ("KR-29", "KR-41")),
        ("Gwangju in Gyeonggi", "KR-41", ()),
        ("Gwangju metropolitan city", "KR-29", ()),
        ("Goseong", None, ("KR-42", "KR-48")),
        ("I do not know", None, ()),
        ("안산이요", None, ()),
    ],
)
def test_a_place_in_english_is_its_region_or_is_to_be_asked(directory, said, region, candidates):
    understood = understand_english(directory, said)

    assert (understood.region, understood.region_candidates) == (region, candidates)


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("I have a problem with welding", Category.TECHNICAL_DIFFICULTY),
        ("our parts keep cracking, it is a defect", Category.TECHNICAL_DIFFICULTY),
        ("I am looking for test equipment", Category.DATABASE_ACCESS),
        ("patents please", Category.DATABASE_ACCESS),
        ("exchange of researchers", Category.PERSONNEL_EXCHANGE),
        ("market information", Category.INFORMATION),
        ("we want to license a technology", Category.TECHNOLOGY_TRANSFER),
        ("technology transfer", Category.TECHNOLOGY_TRANSFER),
        ("let me talk to a person", Category.OPERATOR),
        ("a counselor for patents", Category.OPERATOR),
        ("injection moulding", Category.TECHNICAL_DIFFICULTY),
        ("the weather is nice", None),
        ("hello", None),
        ("there is a fire", None),
        ("", None),
    ],
)
def test_a_few_words_for_each_service_are_understood(directory, said, category):
    assert understand_english(directory, said).category is category


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("yes", True), ("yes, that's right", True), ("I agree", True), ("no", False), ("no thank you", False),
        ("I don't agree", False), ("that is not right", False), ("maybe", None), ("what?", None), ("", None),
        ("no problem", None), ("I don't know", None), ("Ansan", None),
    ],
)  # fmt: skip
def test_yes_must_be_plain(said, answer):
    assert english_yes_or_no(said) is answer


@pytest.mark.parametrize(
    ("said", "key"),
    [("two", "2"), ("press three please", "3"), ("number one", "1"), ("star", "*"), ("the second one", "2"),
     ("one moment", None), ("I have two problems", None), ("", None), ("9", "9")],
)  # fmt: skip
def test_a_key_is_said_alone(said, key):
    assert english_key(said) == key


def test_an_area_code_is_said_digit_by_digit():
    assert [english_digits(said) for said in ("zero three one", "oh two", "zero two is Seoul", "")] == [
        "031", "02", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("prompt", "values", "said"),
    [
        ("ticket_number", {"ticket": "26-0001237"}, "two six, zero zero zero one two three seven."),
        ("wait_first", {"ahead": 1}, "before you is one."),
        ("transferring", {"desk": "Seoul center"}, "to the Seoul center."),
        (
            "closed_done",
            {"ticket": "26-1", "day": date(2026, 6, 3), "time": time(9)},
            "Wednesday, June third, from nine in",
        ),
        ("callback_confirm", {"callback_number": "0317801234"}, "zero three one, seven eight zero, one two three four"),
        ("category_confirm", {"category": "technology_transfer"}, "You would like technology transfer."),
    ],
)
def test_values_are_read_in_english(flow, prompt, values, said):
    spoken = flow.prompts.speak(prompt, "en", **values)

    assert said in spoken.text
    assert spoken.language == "en"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(9), "nine in the morning"), (time(14, 30), "two thirty in the afternoon"), (time(9, 5), "nine oh five in the morning"),
        (time(12), "twelve in the afternoon"), (time(18), "six in the evening"),
    ],
)  # fmt: skip
def test_hours_are_said_with_their_part_of_the_day(at, said):
    assert english.clock(at) == said


def test_every_language_has_every_prompt_and_no_other(flow):
    korean_words, english_words = (flow.prompts.wordings[language] for language in ("ko", "en"))

    assert set(korean_words.prompts) == set(english_words.prompts)
    assert set(korean_words.names) == set(english_words.names)
    for prompt in REQUIRED:
        values = dict.fromkeys(REQUIRED[prompt], "26")
        assert not {*"{}"} & {*flow.prompts.speak(prompt, "en", **values).text}


def test_no_english_prompt_holds_hangul_or_a_digit_but_what_is_said_in_korean(flow):
    wording = flow.prompts.wordings["en"]
    for prompt, words in wording.prompts.items():
        plain = PLACEHOLDER.sub("", words)
        assert any("가" <= sign <= "힣" for sign in plain) == (wording.spoken_in.get(prompt) == "ko"), prompt
        assert not any(sign.isdigit() for sign in plain), prompt


def test_no_english_prompt_is_longer_than_a_caller_listens(flow):
    for prompt, words in flow.prompts.wordings["en"].prompts.items():
        assert len(PLACEHOLDER.sub("a value of four words", words).split()) / WORDS_PER_SECOND < 20, prompt


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_key_that_answers_a_menu_is_said_in_it(flow, language):
    for step in flow.steps.values():
        if not isinstance(step, Menu):
            continue
        words = " ".join(flow.prompts.wordings[language].prompts[prompt] for prompt in step.prompts)
        for name in step.keys:
            if name in "12345678":
                assert KEY_WORDS[language][name] in words, f"{step.name} {name}"


@pytest.mark.parametrize("prompt", ["consent", "wait_again", "message_offer", "other_language"])
def test_a_prompt_missing_in_one_language_refuses_the_flow(sources, directory, prompt):
    lines = sources["prompts/en.yaml"].splitlines()
    at = next(number for number, text in enumerate(lines) if text.startswith(f"  {prompt}:") and number > 30)
    end = next(number for number in range(at + 1, len(lines)) if not lines[number].startswith("    "))
    files = sources | {"prompts/en.yaml": "\n".join(lines[:at] + lines[end:])}

    drafts, problems = read_drafts(files)

    assert any(f'"{prompt}"' in problem for problem in [*problems, *problems_of(drafts, directory.desks)])


def test_a_language_nobody_wrote_the_words_for_cannot_be_chosen(sources, directory):
    files = {name: text for name, text in sources.items() if name != "prompts/en.yaml"}

    drafts, problems = read_drafts(files)

    found = [*problems, *problems_of(drafts, directory.desks)]
    assert 'main_line.category: key "9" chooses "en"; expected prompts/en.yaml' in found


def test_speech_at_every_question_leads_on_or_to_a_person(dials):
    for said in ("hello", "what?", "", "???", "안산이요", "back", "repeat that", "nine", "yes", "no", "blue"):
        caller = dials().presses("9").says(*[said] * 12)
        assert caller.waits or caller.walk.listening is not None


def test_the_last_one_is_the_last_that_was_read_and_not_the_language(dials):
    caller = dials().says("마지막 거요")

    assert (caller.step, caller.intake.language) == ("ticket_number", "ko")
