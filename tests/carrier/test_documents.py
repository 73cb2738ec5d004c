"""Whatever the house says, Twilio takes the document without a warning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.answer import Ask, GoOn, HangUp, Reach, Role, Say, Talk, Wait
from carrier.twiml import to_twiml
from simulator import document

BASE = "https://line.example/1379"
CALL = "CA" + "0" * 32


def read(*answer):
    return document.parse(to_twiml(answer, BASE), BASE).root


def test_every_kind_of_part_is_a_document_twilio_takes():
    said = (Say("안산을 말씀하셨습니까?"),)
    parts = [
        Say("안녕하십니까."),
        Ask(said, "/next", 1, 5, hears_speech=True, hints=("안산", "창원")),
        Ask((), "/next", 13, 5, finish_on_key="#"),
        Talk(CALL, Role.AGENT, "/over"),
        Talk(CALL, Role.CALLER, "/over"),
        Wait(5),
        GoOn("/next?call=%EC%95%88&b=c"),
        Reach("+82317778888"),
        HangUp(),
    ]

    assert [read(part).children[0].name for part in parts] == [
        "Say", "Gather", "Gather", "Dial", "Dial", "Pause", "Redirect", "Dial", "Hangup"
    ]  # fmt: skip


def test_silence_comes_back_and_the_hash_key_is_the_caller_s_own():
    gather = read(Ask((), "/next", 1, 5, hears_speech=True)).children[0]

    assert (gather.get("actionOnEmptyResult"), gather.get("finishOnKey", "#")) == ("true", "")
    assert gather.get("language") == "ko-KR"


def test_everything_said_is_said_in_korean():
    say = read(Say("네")).children[0]

    assert (say.get("language"), say.get("voice")) == ("ko-KR", "Google.ko-KR-Neural2-A")


@given(st.text(min_size=1, max_size=50))
def test_any_words_make_a_sound_document(words):
    said = read(Say(f"네 {words}"), Ask((Say(f"네 {words}"),), "/next", 1, 5)).children

    assert said[0].text.startswith("네 ")


@pytest.mark.parametrize(
    "words", ["\0", "\x0b", "\x1b[31m", "\x7f", "\ud800", "\ufffe", "]]>", "</Say>", "<!--", "&#0;"]
)
def test_what_no_document_may_hold_is_not_in_it(words):
    assert read(Say(f"가{words}나")).children[0].text in {"가 나", "가 [31m나", f"가{words}나"}


def test_the_fullest_question_stays_under_64_kb():
    hints = tuple(f"{number:03}{'가' * 37}" for number in range(500))

    body = to_twiml((Ask((Say("가" * 1000),), "/next", 1, 5, hears_speech=True, hints=hints),), BASE)

    assert len(body) < 64 * 1024


def test_a_telephone_is_shown_a_number_the_operator_holds():
    assert read(Reach("+82317778888")).children[0].get("callerId") == "+82809988114"
