"""When the line is open, and what a caller is offered when it, or one of its desks, is not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from agents.agent import Presence
from calls.call import Outcome
from tickets.ticket import PromisedBy

pytestmark = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)  # hours are no matter of the database
KOREA = ZoneInfo("Asia/Seoul")
PLATING = "안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요"


def at(day: str, time: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=KOREA)


def reasons(caller) -> set[tuple[str, str]]:
    return {(reason["subject"], reason["rule"]) for reason in caller.report["reasons"]}


@pytest.mark.parametrize(("time", "taken_by"), [("11:58:00", "kitech_1"), ("12:00:00", "icg_1"), ("12:58:00", "icg_1")])
def test_at_lunch_the_center_takes_an_institute_s_call_at_once(open_line, time, taken_by):
    line = open_line(at("2026-11-24", time))
    people = {name: line.agent(name).signs_in() for name in ("kitech_1", "icg_1")}

    caller = line.caller().asks_about_plating()

    assert people[taken_by].is_offered(caller)
    assert (("institute:KITECH", "closed") in reasons(caller)) == (taken_by == "icg_1")


def test_after_lunch_the_institute_takes_its_calls_again(open_line):
    line = open_line(at("2026-11-24", "13:00:00"))
    institute = line.agent("kitech_1").signs_in()
    line.agent("icg_1").signs_in()

    assert institute.is_offered(line.caller().asks_about_plating())


@pytest.mark.parametrize(
    ("time", "open_"), [("08:55:00", False), ("09:00:00", True), ("17:59:00", True), ("18:00:00", False)]
)
def test_the_line_opens_at_nine_and_closes_at_six(open_line, time, open_):
    line = open_line(at("2026-11-24", time))
    minji = line.agent("icg_1").signs_in()

    caller = line.caller().asks_for_a_person()

    assert minji.is_offered(caller) == open_
    assert (caller.has_heard("closed") > 0) == (not open_)


def test_one_who_called_before_six_and_finished_the_menu_after_it_is_promised_the_next_day(open_line):
    line = open_line(at("2026-11-24", "17:59:45"))
    minji = line.agent("icg_1").signs_in()

    caller = line.caller().asks_for_a_person().waits(40)

    assert minji.offer is None
    assert (caller.call.outcome, caller.ticket.promised) == (Outcome.OUT_OF_HOURS, PromisedBy.OUT_OF_HOURS)
    assert "십일월 이십오일" in caller.heard


def test_one_who_waits_at_six_is_still_served_while_somebody_is_there(open_line):
    line = open_line(at("2026-11-24", "17:58:50"))
    minji = line.agent("icg_1").signs_in()
    caller = line.caller().asks_for_a_person()

    line.passes(60)
    minji.ignores()
    jisu = line.agent("icg_2").signs_in()

    assert line.stage.now() >= at("2026-11-24", "18:00:00")
    assert minji.is_offered(caller) or jisu.is_offered(caller)


def test_on_a_holiday_the_line_is_closed_and_promises_the_next_counseling_day(open_line):
    line = open_line(at("2026-12-25", "10:00:00"))
    minji = line.agent("icg_1").signs_in()

    caller = line.caller().asks_for_a_person().waits(40)

    assert minji.offer is None
    assert caller.call.outcome is Outcome.OUT_OF_HOURS
    assert "십이월 이십팔일" in caller.heard  # Friday's holiday is followed by a Monday
    assert minji.row.presence is Presence.AVAILABLE


@pytest.mark.parametrize("number", ["anonymous", "+14155552671"])
def test_out_of_hours_one_who_cannot_be_called_back_is_asked_for_a_number(open_line, number):
    line = open_line(at("2026-11-24", "20:00:00"))

    caller = line.caller(number).dials().says(PLATING).presses("1").presses("0317801234#").presses("1").waits(40)

    assert caller.has_heard("callback_number") == 1
    assert caller.ticket.intake.callback_number == "0317801234"
    assert caller.call.outcome is Outcome.OUT_OF_HOURS
    assert "다음 상담일인" in caller.heard


@pytest.mark.parametrize("number", ["anonymous", "+14155552671"])
def test_one_who_leaves_no_number_is_told_to_call_again_and_still_gets_a_ticket(open_line, number):
    line = open_line(at("2026-11-24", "20:00:00"))

    caller = line.caller(number).dials().says(PLATING).presses("1").is_silent().waits(60)

    assert caller.has_heard("no_number_done", ticket=caller.ticket.number) == 1
    assert caller.phone.ended


def test_a_mobile_is_not_asked_for_the_number_it_shows(open_line):
    line = open_line(at("2026-11-24", "20:00:00"))

    caller = line.caller("01012345678").dials().says(PLATING).presses("1").waits(60)

    assert caller.has_heard("callback_number") == 0
    assert caller.has_heard(
        "closed_done", ticket=caller.ticket.number, day=at("2026-11-25", "09:00"), time=at("2026-11-25", "09:00")
    )


@pytest.mark.parametrize("time", ["10:00", "20:00"])
def test_a_relayed_caller_is_asked_nothing_and_gets_a_ticket_at_any_hour(open_line, time):
    line = open_line(at("2026-11-24", time))
    minji = line.agent("icg_1").signs_in()

    caller = line.caller("107").dials().waits(30)

    assert caller.has_heard("category_question") == 0
    assert caller.ticket is not None
    assert (minji.row.missed > 0 or minji.is_offered(caller)) == (time == "10:00")
