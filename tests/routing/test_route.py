"""The plan for one caller: each row of the services' table, and what closed and empty desks do to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import POOL, CenterOpening, HoursOverride
from directory.reading import files_in, read_directory
from directory.routing_rows import ROUTING_COLUMNS
from ivr.intake import Category, Intake
from routing.reason import Verdict
from routing.route import CLOSED, INSTITUTE_SERVICES, UNSTAFFED, History, plan_route

DIRECTORY = read_directory(files_in(Path(__file__).parent.parent.parent / "directory" / "data"))
TUESDAY_AT_10 = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TUESDAY_AT_NOON = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)  # institutes eat, centers do not
SUNDAY = datetime(2026, 11, 29, 1, 0, tzinfo=UTC)
EVERYWHERE = dict.fromkeys(DIRECTORY.desks, 1)  # one person signed in at each desk
GYEONGGI, DAEGU = "KR-41", "KR-27"
NOBODY_KNOWN = History()

services = st.none() | st.sampled_from(Category)
regions = st.none() | st.sampled_from(sorted(DIRECTORY.regions))
consents = st.sampled_from([None, True, False])
institutes = st.lists(st.sampled_from(sorted(DIRECTORY.institutes)), max_size=2, unique=True).map(tuple)
intakes = st.builds(Intake, category=services, region=regions, institutes=institutes, consent=consents)
staffings = st.dictionaries(st.sampled_from(sorted(DIRECTORY.desks)), st.integers(0, 2))
moments = st.datetimes(datetime(2026, 11, 20), datetime(2026, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001


def asks(category, *institutes, region=GYEONGGI, consent=True) -> Intake:
    return Intake(category=category, region=region, institutes=institutes, consent=consent)


def route_of(intake, signed_in=None, at=TUESDAY_AT_10, directory=DIRECTORY, history=NOBODY_KNOWN):
    return plan_route(intake, directory, EVERYWHERE if signed_in is None else signed_in, at, history)


def desks(route) -> list[str]:
    return [desk for tier in route.tiers for desk in tier.desks]


def seconds(route) -> list[int | None]:
    return [tier.opens_after_seconds for tier in route.tiers]


def rules(route) -> list[tuple[str, str]]:
    return [(reason.subject, reason.rule) for reason in route.reasons]


OF_GYEONGGI = ["center:ICG", "center:SEL", "pool"]
OF_DAEGU = ["center:DGB", "center:GNM", "pool"]


@pytest.mark.parametrize(
    ("intake", "expected"),
    [
        (asks(Category.TECHNICAL_DIFFICULTY, "KITECH"), ["institute:KITECH", *OF_GYEONGGI]),
        (asks(Category.TECHNICAL_DIFFICULTY, "KITECH", "KIMM"), ["institute:KITECH", "institute:KIMM", *OF_GYEONGGI]),
        (asks(Category.TECHNICAL_DIFFICULTY), OF_GYEONGGI),
        (asks(Category.DATABASE_ACCESS), OF_GYEONGGI),
        (asks(Category.DATABASE_ACCESS, "KBSI"), ["institute:KBSI", *OF_GYEONGGI]),
        (asks(Category.PERSONNEL_EXCHANGE, "KIMS", region=DAEGU), ["institute:KIMS", *OF_DAEGU]),
        (asks(Category.PERSONNEL_EXCHANGE, region=DAEGU), OF_DAEGU),
        (asks(Category.INFORMATION), OF_GYEONGGI),
        (asks(Category.INFORMATION, "KISTI", region=DAEGU), OF_DAEGU),
        (asks(Category.INFORMATION, region=None), OF_GYEONGGI),
        (asks(Category.TECHNOLOGY_TRANSFER, "ETRI", region=DAEGU), ["institute:ETRI", *OF_DAEGU]),
        (asks(Category.TECHNOLOGY_TRANSFER, region=DAEGU), OF_DAEGU),
        (asks(Category.OPERATOR, region=DAEGU), OF_DAEGU),
        (asks(Category.OPERATOR, "KITECH", region=None), OF_GYEONGGI),
        (Intake(), OF_GYEONGGI),
    ],
)
def test_each_service_goes_where_its_row_of_the_table_says(intake, expected):
    assert desks(route_of(intake)) == expected


def test_a_caller_whose_region_nobody_knows_goes_to_the_main_center_and_the_reason_says_so():
    route = route_of(asks(Category.INFORMATION, region=None))

    assert rules(route) == [("center:ICG", "main_center"), ("center:SEL", "backup"), ("pool", "pool")]
    assert "지역을 알 수 없어" in route.reasons[0].text


@pytest.mark.parametrize("service", sorted(INSTITUTE_SERVICES))
def test_an_institute_is_not_asked_when_the_caller_refuses_to_have_their_wish_passed_on(service):
    route = route_of(asks(service, "KITECH", consent=False))

    assert desks(route) == OF_GYEONGGI
    assert rules(route)[0] == ("institute:KITECH", "no_consent")
    assert route.reasons[0].verdict is Verdict.REFUSED


@pytest.mark.parametrize("service", sorted(INSTITUTE_SERVICES))
def test_an_unknown_field_is_told_and_the_center_takes_the_call_first(service):
    route = route_of(asks(service))

    assert rules(route)[0] == ("institute", "field_unknown")
    assert route.first_desk == "center:ICG"


@given(region=st.sampled_from(sorted(DIRECTORY.regions)))
def test_each_region_is_served_by_its_own_center_and_its_backup(region):
    (center,) = (center for center in DIRECTORY.centers.values() if region in center.covers)

    assert desks(route_of(asks(Category.INFORMATION, region=region))) == [
        f"center:{center.code}",
        f"center:{center.backup}",
        "pool",
    ]


def with_routing(*lines):
    """Return the shipped directory with these rows of routing."""
    files = files_in(Path(__file__).parent.parent.parent / "directory" / "data")
    return read_directory(
        {**files, "routing.csv": "\n".join([",".join(ROUTING_COLUMNS), *(f"{line},20,0" for line in lines)])}
    )


def test_the_first_tier_opens_at_once_and_each_later_one_when_the_first_desk_s_settings_say():
    set_so = with_routing("*,linear,0,0,7;8", "institute:*,linear,0,0,15;18")
    technical, plain = asks(Category.TECHNICAL_DIFFICULTY, "KITECH"), asks(Category.INFORMATION)

    assert seconds(route_of(technical, directory=set_so)) == [0, 15, 18, 18]
    assert seconds(route_of(technical, {"center:ICG": 1, "center:SEL": 1, "pool": 2}, directory=set_so)) == [
        None,
        0,
        7,
        8,
    ]
    assert seconds(route_of(plain, directory=set_so)) == [0, 7, 8]


def test_an_unstaffed_institute_is_skipped_at_once_and_costs_no_seconds():
    route = route_of(asks(Category.TECHNICAL_DIFFICULTY, "KITECH"), {"center:ICG": 1, "center:SEL": 1, "pool": 2})

    assert seconds(route) == [None, 0, 15, 18]
    assert route.tiers[0].skipped == UNSTAFFED
    assert rules(route)[0] == ("institute:KITECH", "unstaffed")
    assert route.first_desk == "center:ICG"


def test_an_institute_at_lunch_is_skipped_as_closed_with_the_reason_a_counselor_reads():
    route = route_of(asks(Category.TECHNICAL_DIFFICULTY, "KITECH"), at=TUESDAY_AT_NOON)

    assert (route.tiers[0].skipped, seconds(route)) == (CLOSED, [None, 0, 15, 18])
    assert "점심시간" in route.reasons[0].text


def test_a_tier_in_the_middle_that_is_skipped_costs_the_next_no_seconds():
    route = route_of(asks(Category.INFORMATION), {"center:ICG": 1, "pool": 1})

    assert seconds(route) == [0, None, 15]


def test_zero_people_signed_in_is_nobody():
    assert route_of(asks(Category.INFORMATION), {"center:ICG": 0, "pool": 1}).tiers[0].skipped == UNSTAFFED


def test_a_route_is_closed_only_when_every_desk_is():
    assert route_of(asks(Category.INFORMATION), at=SUNDAY).is_closed
    assert not route_of(asks(Category.TECHNICAL_DIFFICULTY, "KITECH"), at=TUESDAY_AT_NOON).is_closed


def test_a_route_without_anyone_signed_in_is_unstaffed_and_not_closed():
    route = route_of(asks(Category.TECHNICAL_DIFFICULTY, "KITECH"), {}, at=TUESDAY_AT_NOON)

    assert [tier.skipped for tier in route.tiers] == [CLOSED, UNSTAFFED, UNSTAFFED, UNSTAFFED]
    assert route.is_unstaffed
    assert not route.is_closed


def test_the_case_belongs_to_the_first_desk_of_the_plan_when_nobody_can_take_it():
    assert route_of(asks(Category.TECHNICAL_DIFFICULTY, "KITECH"), {}).first_desk == "institute:KITECH"


def test_the_operator_s_word_for_a_day_closes_a_desk_and_its_reason_is_told():
    closed = HoursOverride(date(2026, 11, 24), "center:ICG", None, None, "청사 이전")

    route = route_of(asks(Category.INFORMATION), directory=replace(DIRECTORY, hours_overrides=(closed,)))

    assert route.tiers[0].skipped == CLOSED
    assert "청사 이전" in route.reasons[0].text


def test_the_operator_s_word_opens_a_sunday():
    duty = HoursOverride(date(2026, 11, 29), None, time(9), time(12), "비상 근무")

    route = route_of(asks(Category.INFORMATION), at=SUNDAY, directory=replace(DIRECTORY, hours_overrides=(duty,)))

    assert seconds(route) == [0, 15, 18]


@given(intakes, staffings, moments)
def test_every_route_has_the_center_its_backup_and_the_pool_and_each_desk_once(intake, signed_in, at):
    route = plan_route(intake, DIRECTORY, signed_in, at)
    center = DIRECTORY.center_for(intake.region)

    assert desks(route)[-3:] == [f"center:{center.code}", f"center:{center.backup}", POOL]
    assert len(set(desks(route))) == len(desks(route)) <= 5


@given(intakes, staffings, moments)
def test_tiers_open_in_order_and_the_first_that_opens_never_waits(intake, signed_in, at):
    opening = [at for at in seconds(plan_route(intake, DIRECTORY, signed_in, at)) if at is not None]

    assert opening[:1] in ([], [0])
    assert all(earlier <= later for earlier, later in pairwise(opening))


@given(intakes, staffings, moments)
def test_a_tier_is_skipped_exactly_when_it_has_a_reason_and_nobody_is_signed_in_where_it_opens(intake, signed_in, at):
    route = plan_route(intake, DIRECTORY, signed_in, at)

    for tier in route.tiers:
        assert (tier.opens_after_seconds is None) == (tier.skipped in {CLOSED, UNSTAFFED})
        assert (tier.opens_after_seconds is None) == (tier.skipped is not None)
        assert tier.skipped or signed_in[tier.desks[0]]


@given(intakes, staffings, moments)
def test_every_tier_has_one_reason_under_its_number_in_words_of_its_own(intake, signed_in, at):
    route = plan_route(intake, DIRECTORY, signed_in, at)

    numbered = [(reason.tier, reason.subject) for reason in route.reasons if reason.tier]
    assert numbered == [(number, tier.desks[0]) for number, tier in enumerate(route.tiers, start=1)]
    assert all(reason.text.strip() and reason.rule for reason in route.reasons)


@given(intakes, staffings, moments)
def test_what_a_refused_caller_said_never_reaches_an_institute(intake, signed_in, at):
    route = plan_route(replace(intake, consent=False), DIRECTORY, signed_in, at)

    assert not any(desk.startswith("institute:") for desk in desks(route))


def test_the_counselor_of_an_open_case_stands_before_every_desk_and_alone():
    route = route_of(asks(Category.INFORMATION), {**EVERYWHERE, "agent:sel_1": 1}, history=History(counselor="sel_1"))

    assert desks(route) == ["agent:sel_1", *OF_GYEONGGI]
    assert seconds(route) == [DIRECTORY.routing["center:SEL"].opens_after(tier) for tier in (1, 2, 3, 4)]
    assert rules(route)[0] == ("agent:sel_1", "last_counselor")


def test_a_counselor_who_is_busy_keeps_nobody_from_the_next_desk():
    history = History(counselor="sel_1", counselor_is_free=False)

    assert seconds(route_of(asks(Category.INFORMATION), {**EVERYWHERE, "agent:sel_1": 1}, history=history))[:2] == [
        0,
        0,
    ]


@pytest.mark.parametrize(("counselor", "rule"), [("sel_1", UNSTAFFED), ("long_gone", "left_the_staff")])
def test_a_counselor_who_is_not_there_costs_no_time(counselor, rule):
    route = route_of(asks(Category.INFORMATION), history=History(counselor=counselor))

    assert (f"agent:{counselor}", rule) in rules(route)
    assert route.first_desk == "center:ICG"


def test_a_company_never_reaches_an_institute_on_its_list_nor_its_counselor():
    barred = History(counselor="kitech_1", do_not_route=frozenset({"KITECH"}))
    route = route_of(asks(Category.TECHNICAL_DIFFICULTY, "KITECH", "KIMM"), history=barred)

    assert desks(route) == ["institute:KIMM", *OF_GYEONGGI]
    assert rules(route).count(("institute:KITECH", "do_not_route")) == 2


def with_calendar(desk, **changes):
    return replace(DIRECTORY, calendars={**DIRECTORY.calendars, desk: replace(DIRECTORY.calendars[desk], **changes)})


def test_a_deputy_stands_in_while_an_institute_desk_cannot_be_asked_and_only_then():
    directory = with_calendar("institute:KITECH", deputies=("institute:KIMM", "agent:kims_1"))
    asked, nobody = asks(Category.TECHNICAL_DIFFICULTY, "KITECH"), {**EVERYWHERE, "institute:KITECH": 0}

    assert desks(route_of(asked, directory=directory)) == ["institute:KITECH", *OF_GYEONGGI]
    stood_in = route_of(asked, {**nobody, "agent:kims_1": 1}, directory=directory)
    assert desks(stood_in) == ["institute:KITECH", "institute:KIMM", "agent:kims_1", *OF_GYEONGGI]
    kimm = DIRECTORY.routing["institute:KIMM"]
    assert seconds(stood_in) == [None, *(kimm.opens_after(tier) for tier in (1, 2, 3, 4, 5))]


def test_an_institute_that_fits_and_is_closed_is_referred_to_and_one_without_people_is_not():
    fits = asks(Category.TECHNICAL_DIFFICULTY, "KITECH", "KIMM")

    assert route_of(fits, at=TUESDAY_AT_NOON).referred_to == ("institute:KITECH", "institute:KIMM")
    assert route_of(fits, {**EVERYWHERE, "institute:KITECH": 0}).referred_to == ()


def test_until_a_center_opens_its_regions_are_served_by_who_served_them_before():
    daegu = CenterOpening("DGB", date(2026, 12, 1), "ICG")
    route = route_of(
        asks(Category.INFORMATION, region=DAEGU), directory=replace(DIRECTORY, center_openings={"DGB": daegu})
    )

    assert desks(route) == OF_GYEONGGI
    assert rules(route)[0] == ("center:ICG", "center_not_open_yet")


@given(intakes, staffings, moments)
def test_every_reason_is_told_in_both_languages(intake, signed_in, at):
    for reason in plan_route(intake, DIRECTORY, signed_in, at).reasons:
        assert reason.text_en
        assert not any("가" <= letter <= "힣" for letter in reason.text_en.replace("설날", ""))
