"""A caller on a mobile telephone gets their ticket number in writing, once at most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.telephone_number import read_number
from jobs.message_file import MessageFile
from switchboard.confirm_ticket import confirm_ticket, confirmation
from switchboard.do_outbox import do_due
from switchboard.doors import MessageNotSent
from tickets.number import make_number


@given(st.integers(2000, 2099), st.integers(1, 9_999_999))
def test_the_text_fits_one_korean_message(year, sequence):
    number = make_number(year, sequence)

    text = confirmation(number)

    assert number in text
    assert len(text.encode("euc-kr")) <= 90


def test_the_text_says_number_and_promise():
    text = "[1379] 접수 번호 26-000123-3. 근무일 기준 3일 안에 담당자가 연락드립니다."

    assert confirmation(make_number(2026, 123)) == text


def test_opening_a_ticket_from_a_mobile_sends_its_number(line):
    ticket = line.opens_ticket("010-1234-5678")

    do_due(line.house)

    assert line.messenger.sent == [("01012345678", confirmation(ticket.number))]
    (message,) = line.rows("messages")
    assert (message.ticket, message.recipient, message.state) == (ticket.number, "010-****-5678", "sent")
    (record,) = line.records("message.sent")
    assert (record.call_id, record.ticket) == (ticket.call_id, ticket.number)
    assert record.fields == {"message": "confirm_ticket", "to": "010-****-5678"}


@pytest.mark.parametrize(
    "number", ["0212345678", "anonymous", "107", "15880800", "07012345678", "0111234567", "+12025550123"]
)
def test_a_number_that_takes_no_messages_is_owed_none(line, number):
    line.opens_ticket(number)

    assert line.due() == []


def test_the_message_is_sent_once_however_often_the_task_is_done(line):
    ticket = line.opens_ticket()

    for _ in range(3):
        confirm_ticket(line.house, ticket.number)
    do_due(line.house)

    assert len(line.messenger.sent) == 1
    assert len(line.records("message.sent")) == 1


def test_a_message_whose_sending_broke_off_is_never_sent_again(line):
    ticket = line.opens_ticket()
    with line.house.store.work() as work:
        work.messages.claim("confirm_ticket", ticket.number, "010-****-5678", line.clock.at)

    do_due(line.house)

    assert line.messenger.sent == []
    assert [row.state for row in line.rows("messages")] == ["claimed"]
    assert line.due() == []


def test_a_refused_message_is_written_down_and_not_tried_again(line):
    line.opens_ticket()
    line.messenger.works = False
    do_due(line.house)
    line.messenger.works = True

    line.clock.passes(days=1)
    do_due(line.house)

    assert line.messenger.sent == []
    (message,) = line.rows("messages")
    assert (message.state, message.error) == ("failed", "the provider is away")
    assert line.records("message.failed")


def test_the_file_takes_a_line_for_each_message_and_no_whole_number(line, tmp_path, capsys):
    file = MessageFile(tmp_path / "messages.log", line.clock)

    for _ in range(2):
        file.send(read_number("01012345678", {}), confirmation(make_number(2026, 123)))

    told = "2026-11-24T10:00:00+09:00 010-****-5678 [1379] 접수 번호 26-000123-3. 근무일 기준 3일 안에 담당자가 연락드립니다.\n"
    assert (tmp_path / "messages.log").read_text(encoding="utf-8") == told * 2
    assert capsys.readouterr() == ("", "")


def test_a_file_that_cannot_be_written_says_so_without_the_number(line, tmp_path):
    with pytest.raises(MessageNotSent) as refused:
        MessageFile(tmp_path / "missing" / "messages.log", line.clock).send(read_number("01012345678", {}), "x")

    assert "5678" not in str(refused.value)
