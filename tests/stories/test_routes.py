"""Where calls go: by hours that end while somebody waits, by who knew the caller before, and by whose place it was."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from calls.talk_rights import NotYourTalk
from commands import building
from directory.weekly_hours import weekly_hours
from switchboard.send_back import DeskClosed, send_back
from tickets.ticket import PromisedBy

pytestmark = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
KOREA = ZoneInfo("Asia/Seoul")


def at(time: str, day: str = "2026-11-24") -> datetime:
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=KOREA)


@pytest.fixture
def calendar(monkeypatch):
    """Change the calendar of one desk."""

    def changed(desk, **changes):
        published = building.published_directory

        def directory(database, now):
            found = published(database, now)
            calendars = {**found.calendars, desk: replace(found.calendars[desk], **changes)}
            return replace(found, calendars=calendars)

        monkeypatch.setattr(building, "published_directory", directory)

    return changed


def events(line, *kinds) -> list[tuple]:
    return [(record.kind, record.desk, record.fields.get("why")) for record in line.records(*kinds)]


def test_an_institute_that_goes_to_lunch_while_a_caller_waits_leaves_them_to_the_center_at_once(open_line):
    line = open_line(at("11:58:10"))
    line.agent("kitech_1").signs_in().declines()
    center = line.agent("icg_1").signs_in()
    caller = line.caller().asks_about_plating()

    line.until(lambda: center.is_offered(caller), 60)
    line.passes(120)

    assert ("tier.closed", "institute:KITECH", "hours") in events(line, "tier.closed")


def test_a_case_whose_institute_is_at_lunch_is_put_to_it_in_writing_with_a_due_time(open_line):
    line = open_line(at("12:10:00"))
    minji = line.agent("icg_1").signs_in().accepts()

    caller = line.caller().asks_about_plating().waits(20)

    assert caller.talks_to(minji)
    asked = {referral.fields["institute"]: referral for referral in line.records("referral.asked")}
    assert asked["KITECH"].ticket == caller.ticket.number
    assert datetime.fromisoformat(asked["KITECH"].fields["due_at"]) == at("18:00:00")


def test_a_laboratory_outside_its_ring_window_is_not_rung_and_its_deputy_is(open_line, calendar):
    calendar("institute:KITECH", ring_windows=weekly_hours("Mon-Fri 14:00-16:00"), deputies=("institute:KIMM",))
    line = open_line(at("10:00:00"))
    laboratory, deputy = line.agent("kitech_1").signs_in(), line.agent("kimm_1").signs_in()
    line.agent("icg_1").signs_in()

    caller = line.caller().asks_about_plating()

    assert deputy.is_offered(caller)
    assert laboratory.offer is None


def test_who_waits_when_the_line_closes_is_served_for_a_while(open_line):
    line = open_line(at("17:58:00"))
    minji = line.agent("icg_1").signs_in().accepts()
    first = line.caller("01011112222").asks_for_a_person()
    second = line.caller("01033334444").asks_for_a_person()
    line.until(lambda: first.talks_to(minji))

    line.passes(180)  # it is past six
    first.hangs_up()
    line.passes(40)

    assert second.talks_to(minji)


def test_who_still_waits_when_that_while_is_over_is_promised_a_callback(open_line, calendar):
    for desk in ("center:ICG", "center:SEL", "pool"):
        calendar(desk, serves_after_closing_minutes=1)
    line = open_line(at("17:58:30"))
    minji = line.agent("icg_1").signs_in().accepts()
    line.caller("01011112222").asks_for_a_person()
    second = line.caller("01033334444").asks_for_a_person()

    line.passes(240)

    assert minji.offer is None
    assert second.ticket.promised is PromisedBy.CALLBACK


def test_a_caller_who_is_cut_off_and_dials_again_within_a_minute_keeps_their_place(line):
    line.agent("icg_1").signs_in().accepts()
    line.caller("01055556666").asks_for_a_person().waits(20)  # whom the agent talks to
    first = line.caller("01011112222").asks_for_a_person()
    line.passes(5)
    second = line.caller("01033334444").asks_for_a_person()

    first.hangs_up()
    line.passes(30)
    again = line.caller("01011112222").asks_for_a_person()

    assert [record.fields.get("resumed_seconds", 0) > 30 for record in line.records("entry.waiting")][-1]
    with line.stage.house.store.reading() as work:
        ahead = [work.queue.ahead_of(work.queue.of_call(caller.call.id).id) for caller in (again, second)]
    assert ahead == [0, 1]


@pytest.mark.parametrize("seconds", [61, 300])
def test_who_dials_again_later_stands_at_the_end(line, seconds):
    line.agent("icg_1").signs_in().accepts()
    line.caller("01055556666").asks_for_a_person().waits(20)
    line.caller("01011112222").asks_for_a_person().hangs_up()
    line.passes(seconds)

    line.caller("01011112222").asks_for_a_person()

    assert not any("resumed_seconds" in record.fields for record in line.records("entry.waiting"))


def test_a_place_is_taken_up_once_however_often_the_caller_dials(line):
    line.agent("icg_1").signs_in().accepts()
    line.caller("01055556666").asks_for_a_person().waits(20)
    line.caller("01011112222").asks_for_a_person().hangs_up()

    for _ in range(2):
        line.caller("01011112222").asks_for_a_person()

    assert sum("resumed_seconds" in record.fields for record in line.records("entry.waiting")) == 1


def test_a_caller_with_an_open_case_is_asked_about_it_and_reaches_its_counselor_and_its_ticket(line):
    minji, jisu = (line.agent(name).signs_in().accepts() for name in ("icg_1", "icg_2"))
    first = line.caller().asks_for_a_person().waits(20)
    knows = minji if first.talks_to(minji) else jisu
    first.hangs_up()
    line.passes(60)

    again = line.caller().dials().presses("6").presses("2").waits(20)

    assert again.has_heard("same_matter") == 1
    assert again.talks_to(knows)
    assert again.call.ticket == first.call.ticket
    assert any(reason["rule"] == "last_counselor" for reason in again.report["reasons"])


def test_a_caller_without_an_open_case_is_not_asked_about_one(line):
    line.agent("icg_1").signs_in()

    assert line.caller().asks_for_a_person().has_heard("same_matter") == 0


def test_a_caller_who_is_sent_on_keeps_their_place_and_the_desk_they_are_sent_to_has_them_first(line):
    minji, other = line.agent("icg_1").signs_in().accepts(), line.agent("sel_1")
    caller = line.caller().asks_for_a_person().waits(20)
    entered = line.records("entry.waiting")[0].at
    other.signs_in()

    send_back(line.stage.house, caller.call.id, minji.id, "center:SEL")
    line.stage.settle()

    assert other.is_offered(caller)
    assert caller.offers[-1] == ("sel_1", "ringing")
    with line.stage.house.store.reading() as work:
        assert work.queue.of_call(caller.call.id).entered_at == entered
    other.accepts()
    line.passes(15)
    assert caller.talks_to(other)


def test_a_caller_is_sent_to_no_desk_that_is_closed_and_by_nobody_who_does_not_talk_to_them(open_line):
    line = open_line(at("12:05:00"))
    minji = line.agent("icg_1").signs_in().accepts()
    caller = line.caller().asks_for_a_person().waits(20)

    with pytest.raises(DeskClosed, match="institute:KITECH is closed now"):
        send_back(line.stage.house, caller.call.id, minji.id, "institute:KITECH")
    with pytest.raises(NotYourTalk):
        send_back(line.stage.house, caller.call.id, "icg_2", "center:SEL")
    assert caller.talks_to(minji)
