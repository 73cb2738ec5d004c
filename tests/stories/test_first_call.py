"""One call, from the first ring to the ticket."""

from datetime import UTC, datetime

from calls.call import CallState, Outcome
from tickets.life import TicketState

PLATING = "안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요"


def test_a_mobile_that_speaks_reaches_the_institute_whose_field_fits(line):
    desk = line.agent("kitech_1").signs_in().accepts()

    caller = line.caller("01012345678").dials().says(PLATING).presses("1").waits(5)

    assert caller.talks_to(desk)
    assert caller.report["intake"] == {
        "category": "technical_difficulty",
        "category_by": "speech",
        "region": "KR-41",
        "region_by": "speech",
        "wish": PLATING,
        "consent": True,
    }
    assert (caller.ticket.desk, caller.ticket.agent, caller.ticket.state) == (
        "institute:KITECH",
        "kitech_1",
        TicketState.ASSIGNED,
    )


def test_a_landline_that_keys_reaches_its_region_s_center(line):
    counselor = line.agent("dgb_1").signs_in().accepts()

    caller = line.caller("0537771234").dials("0809988114").presses("4").presses("1").is_silent().waits(5)

    assert caller.talks_to(counselor)
    assert caller.report["intake"]["region"] == "KR-27"
    assert caller.report["intake"]["region_by"] == "caller_number"
    assert caller.call.line == "0809988114"


def test_the_ticket_is_open_before_anyone_answers_and_stays_when_the_caller_leaves(line):
    line.agent("kitech_1").signs_in()

    caller = line.caller().dials().says(PLATING).presses("1").waits(3).hangs_up()

    assert caller.call.outcome is Outcome.ABANDONED_IN_QUEUE
    assert caller.ticket.intake.wish == PLATING


def test_a_hang_up_in_the_menu_keeps_what_was_said(line):
    caller = line.caller().dials().says(PLATING).hangs_up()

    assert caller.call.outcome is Outcome.ABANDONED_IN_MENU
    assert caller.ticket.intake.wish == PLATING


def test_a_hang_up_before_a_word_leaves_a_call_and_no_ticket(line):
    caller = line.caller().dials().waits(2).hangs_up()

    assert caller.call.outcome is Outcome.ABANDONED_IN_MENU
    assert caller.ticket is None


def test_out_of_hours_the_whole_intake_is_taken_and_a_call_on_the_next_counseling_day_promised(open_line):
    line = open_line(datetime(2026, 11, 28, 2, 0, tzinfo=UTC))  # a Saturday

    caller = line.caller().dials().says(PLATING).presses("1").waits(40)

    assert caller.call.outcome is Outcome.OUT_OF_HOURS
    assert caller.ticket.intake.consent is True
    assert "상담 시간이 아닙니다" in caller.heard
    assert caller.call.state is CallState.ENDED


def test_one_who_presses_nothing_reaches_a_person(line):
    counselor = line.agent("icg_1").signs_in().accepts()

    caller = line.caller().dials().is_silent().is_silent().is_silent().waits(5)

    assert caller.talks_to(counselor)
    assert caller.report["intake"]["category_by"] == "failures"


def test_zero_reaches_a_person_at_once(line):
    counselor = line.agent("icg_1").signs_in().accepts()

    caller = line.caller().dials().presses("0").waits(5)

    assert caller.talks_to(counselor)


def test_the_relay_service_skips_the_menu(line):
    counselor = line.agent("icg_1").signs_in().accepts()

    caller = line.caller("107").dials().waits(15)

    assert caller.talks_to(counselor)
    assert caller.report["intake"]["category_by"] == "relay"
