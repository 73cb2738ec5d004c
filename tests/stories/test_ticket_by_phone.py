"""A caller asks how an earlier ticket stands, leaves a note for it, or wants its owner."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from calls.call import CallState, Outcome
from commands.caller import is_at_the_tone
from store import tables
from tickets.number import make_number
from tickets.proof import MOST_IN_CALL, MOST_OF_CALLER

MINE, OTHER = "01012345678", "01099998888"


@pytest.fixture
def ticket(line):
    """A ticket about plating, owned by a counselor of the institute."""
    owner = line.agent("kitech_1").signs_in().accepts()
    caller = line.caller(MINE).asks_about_plating().waits(20)
    assert caller.talks_to(owner)
    caller.hangs_up()
    line.passes(60)
    return caller.ticket


def keyed(number):
    return number.replace("-", "") + "#"


def asks(line, number=OTHER):
    return line.caller(number).dials().presses("6")


def asks_for_another(line):
    """Ask for a ticket that is not the one opened for this caller when their guessing brought them to a person."""
    return asks(line).presses("3")


def test_who_calls_from_the_number_of_an_open_ticket_hears_how_it_stands_at_once(line, ticket):
    caller = asks(line, MINE)

    line.until(lambda: caller.phone.listening)
    assert "접수 번호는 이육에 공공공공공일에 구입니다. 문의하신 건은" in caller.heard
    assert "담당자가 정해져 곧 살펴볼 예정입니다" in caller.heard
    assert "담당은 한국생산기술연구원입니다" in caller.heard
    assert "십일월 이십칠일 금요일까지 답변드리겠습니다" in caller.heard
    assert [record.fields["proof"] for record in line.records("ticket.told")] == ["number"]


def test_it_can_be_asked_in_words(line, ticket):
    caller = line.caller(MINE).dials().says("지난주에 접수한 거 어떻게 됐나요").waits(15)

    assert "담당은 한국생산기술연구원입니다" in caller.heard


def test_another_telephone_proves_itself_by_the_end_of_the_number_that_was_left(line, ticket):
    caller = asks(line).presses(keyed(ticket.number)).presses("5678").waits(20)

    assert "담당은 한국생산기술연구원입니다" in caller.heard
    assert [record.fields["proof"] for record in line.records("ticket.told")] == ["code"]


def test_a_caller_who_was_told_and_leaves_was_served(line, ticket):
    caller = asks(line, MINE).waits(25).hangs_up()

    assert caller.call.outcome is Outcome.SELF_SERVED
    assert caller.ticket is None


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_a_wrong_code_and_a_number_that_is_no_ticket_are_told_in_the_same_words(line, ticket):
    wrong_code = asks(line, "01077770001").presses(keyed(ticket.number)).presses("0000").waits(20).hangs_up()
    no_ticket = asks(line, "01077770002").presses(keyed(make_number(2026, 999))).presses("5678").waits(20).hangs_up()

    assert wrong_code.phone.said == no_ticket.phone.said
    assert wrong_code.has_heard("ticket_refused") == 1
    assert line.records("ticket.told") == []


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_the_third_wrong_try_of_a_call_brings_a_person(line, ticket):
    counselor = line.agent("icg_1").signs_in().accepts()
    caller = asks(line)

    for _ in range(MOST_IN_CALL):
        caller.presses(keyed(ticket.number)).presses("1111")
    caller.waits(20)

    assert caller.has_heard("ticket_limited") == 1
    assert caller.talks_to(counselor)


def test_a_caller_who_guessed_too_often_within_the_hour_is_not_told_even_with_the_right_code(line, ticket):
    line.agent("icg_1").signs_in()
    for begins in (asks, asks_for_another):
        guessing = begins(line)
        for _ in range(MOST_IN_CALL):
            guessing.presses(keyed(ticket.number)).presses("1111")
        guessing.hangs_up()

    right = asks_for_another(line).presses(keyed(ticket.number)).waits(15).hangs_up()
    assert right.has_heard("ticket_limited") == 1
    assert right.has_heard("ticket_code_question") == 0

    line.passes(timedelta(hours=1, minutes=1).total_seconds())
    right = asks_for_another(line).presses(keyed(ticket.number)).presses("5678").waits(15)
    assert "담당은 한국생산기술연구원입니다" in right.heard


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_callers_who_withhold_their_number_share_their_tries(line, ticket):
    for _ in range(MOST_OF_CALLER // MOST_IN_CALL):
        guessing = asks(line, "anonymous")
        for _ in range(MOST_IN_CALL):
            guessing.presses(keyed(ticket.number)).presses("1111")
        guessing.hangs_up()

    assert asks(line, "anonymous").waits(15).has_heard("ticket_limited") == 1


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_a_number_many_people_share_proves_nobody(line):
    line.agent("icg_1").signs_in()
    first = line.caller("15880800").dials().presses("0").waits(5).hangs_up()

    caller = asks(line, "15880800").presses(keyed(first.ticket.number)).waits(6)

    assert caller.has_heard("ticket_code_question") == 1
    assert "문의하신 건은" not in caller.heard
    assert "문의하신 건은" in caller.presses("0800").waits(5).heard


def notes_of(line, ticket):
    with line.stage.house.store.reading() as work:
        return work.notes.of(ticket.number)


def at_the_tone(line, caller):
    caller.presses("1")
    line.until(lambda: is_at_the_tone(caller.phone))
    return caller


def test_a_note_is_kept_under_the_earlier_ticket_and_the_caller_goes_on(line, ticket):
    caller = at_the_tone(line, asks(line, MINE))

    caller.says("도면을 메일로 보냈습니다").presses("#").waits(10)

    (note,) = notes_of(line, ticket)
    with line.stage.house.store._database.reading() as connection:  # noqa: SLF001 (no use case reads recordings yet)
        (recording,) = connection.execute(
            select(tables.recordings).where(tables.recordings.c.call_id == caller.phone.sid)
        ).all()
    assert (note.author, note.recording) == ("caller", recording.id)
    assert recording.ticket == ticket.number
    assert caller.has_heard("note_kept") == 1
    assert not caller.phone.ended


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_who_hangs_up_after_speaking_has_left_the_note_all_the_same(line, ticket):
    caller = at_the_tone(line, asks(line, MINE)).says("도면을 메일로 보냈습니다").hangs_up()
    line.passes(5)

    assert len(notes_of(line, ticket)) == 1
    assert caller.call.outcome is Outcome.SELF_SERVED


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_silence_at_the_tone_is_no_note(line, ticket):
    caller = at_the_tone(line, asks(line, MINE)).is_silent().waits(10)

    assert notes_of(line, ticket) == []
    assert not caller.phone.ended


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_zero_at_the_end_of_a_note_keeps_it_and_brings_a_person(line, ticket):
    line.agent("icg_1").signs_in()
    caller = at_the_tone(line, asks(line, MINE)).says("급합니다").presses("0").waits(5)

    assert len(notes_of(line, ticket)) == 1
    assert caller.call.state in {CallState.WAITING, CallState.TALKING}


def test_who_wants_the_owner_waits_for_them_with_the_case_and_opens_no_new_one(line, ticket):
    caller = asks(line, MINE).presses("2").waits(20)

    assert caller.ticket.number == ticket.number
    assert caller.has_heard("owner_coming") == 1
    intake = caller.call.intake
    assert (intake["ticket"], intake["counselor"], intake["desk"]) == (ticket.number, "kitech_1", "institute:KITECH")
    assert (intake["category"], intake["wish"]) == ("technical_difficulty", ticket.intake.wish)
    assert caller.talks_to(line.agent("kitech_1")) or caller.offers[0][0] == "kitech_1"


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_another_counselor_who_takes_the_call_does_not_become_the_owner(line, ticket):
    line.agent("kitech_1").signs_off()
    other = line.agent("icg_1").signs_in().accepts()

    caller = asks(line, MINE).presses("2").waits(60)

    assert caller.talks_to(other)
    assert (caller.ticket.agent, caller.ticket.desk) == (ticket.agent, ticket.desk)


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_back_in_the_first_menu_a_new_wish_is_a_new_ticket(line, ticket):
    line.agent("icg_1").signs_in()

    caller = asks(line, MINE).presses("4").presses("0").waits(5)

    assert caller.ticket.number != ticket.number


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_back_by_the_hash_forgets_the_ticket_too(line, ticket):
    line.agent("icg_1").signs_in()

    caller = asks(line, MINE).presses("#").presses("0").waits(5)

    assert caller.ticket.number != ticket.number


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_a_late_answer_is_owned_up_to(open_line):
    line = open_line(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    line.caller(MINE).asks_for_a_person().waits(5).hangs_up()
    line.passes(timedelta(days=7).total_seconds())

    caller = asks(line, MINE).waits(20)

    assert "십일월 이십칠일 금요일까지 드리기로 한 답변이 늦어져 죄송합니다" in caller.heard
    assert "답변드리겠습니다" not in caller.heard


@pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
def test_an_english_caller_hears_it_in_english(line, ticket):
    caller = line.caller(MINE).dials().presses("9").says("What is the status of my ticket").waits(20)

    assert "has been assigned and will be looked into soon" in caller.heard
    assert "You will have an answer by Friday, November twenty seventh." in caller.heard
