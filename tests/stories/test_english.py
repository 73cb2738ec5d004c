"""A caller who chose English, from the opening to the talk."""

from datetime import UTC, datetime

import pytest

from ivr.intake import Category, Intake

pytestmark = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
SATURDAY = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
HANGUL = {chr(code) for code in range(ord("가"), ord("힣") + 1)}


def said_since(caller, count):
    return caller.phone.said[count:]


def english(caller):
    """Choose English; return the caller and how much was said before."""
    caller.dials().presses("9")
    return caller, len(caller.phone.said) - 1


def test_english_is_offered_in_the_opening_menu_and_kept_for_the_call_and_the_ticket(line):
    minji = line.agent("icg_1").signs_in()
    caller, told = english(line.caller())

    caller.says("I have a technical problem with plating in Ansan").presses("1").waits(12)
    minji.accepts()
    line.until(lambda: caller.talks_to(minji))

    assert "For English, press nine." in caller.phone.said[:told]
    heard = [words for words in said_since(caller, told) if "한국어로" not in words]
    assert not any(HANGUL & {*words} for words in heard), heard
    assert "Your ticket number is two six, zero" in caller.heard
    assert "Korea Institute of Industrial Technology" in caller.heard or "Incheon-Gyeonggi center" in caller.heard
    assert (caller.call.language, caller.ticket.intake.language) == ("en", "en")
    assert Intake.from_data(caller.call.intake).category is Category.TECHNICAL_DIFFICULTY
    assert caller.ticket.intake.region == "KR-41"
    assert caller.talks_to(minji)


def test_the_network_listens_and_speaks_in_the_language_that_was_chosen(line):
    _caller, _ = english(line.caller())

    documents = [sent.answer.body.decode() for sent in line.stage.network.deliveries if "/turns/" in sent.url]

    assert 'language="en-US"' in documents[-1]
    gather = documents[-1].partition("<Gather")[2].partition(">")[0]
    assert 'language="en-US"' in gather
    assert "Google.en-US-" in documents[-1]


def test_the_hash_leads_back_to_korean(line):
    caller, _ = english(line.caller())

    caller.presses("#").presses("4")

    assert caller.call.language == "ko"
    assert "지역" in caller.heard


def test_out_of_hours_the_promise_and_the_day_are_said_in_english(open_line):
    line = open_line(SATURDAY)
    caller, _ = english(line.caller())

    caller.presses("4").presses("02").is_silent().waits(60)

    assert "Monday, November thirtieth, from nine in the morning on." in caller.heard
    assert "please speak after the tone" in caller.heard
    assert "Thank you. Goodbye." in caller.heard


def test_the_counselor_at_a_telephone_is_told_that_the_caller_speaks_english(line):
    minji = line.agent("icg_1").signs_in("tel:+82317801234")
    caller, _ = english(line.caller())
    caller.presses("0")
    line.until(lambda: minji.rings)

    told = minji.picks_up()
    line.passes(1)

    assert any("영어로 상담받으실 분입니다" in words for words in told.said)


def test_words_nobody_understands_lead_to_a_person_at_once(line):
    line.agent("icg_1").signs_in()
    caller, _ = english(line.caller())

    caller.says("the quick brown fox jumps").waits(2)

    assert caller.ticket is not None
    assert "We are connecting you to a counselor." in caller.heard
