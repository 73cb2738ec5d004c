"""No institute learns of a case without a clear yes, or against the company's wish."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from directory.model import DeskId, InstituteCode
from ivr.intake import Intake
from tickets.promise import kept, paused
from tickets.referral import MayNotBeTold, check_may_be_asked, check_may_be_told, referral_due
from tickets.written import CaseError

KITECH = InstituteCode("KITECH")
TUESDAY_AT_10 = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("consent", "why"), [(None, "was not asked"), (False, "said no")])
def test_without_a_clear_yes_nobody_is_told(ticket, consent, why):
    silent = replace(ticket, intake=Intake(consent=consent))

    with pytest.raises(MayNotBeTold, match=why):
        check_may_be_told(silent, KITECH, frozenset())


def test_an_institute_on_the_do_not_route_list_is_not_told_whatever_was_agreed(ticket):
    check_may_be_told(ticket, KITECH, {InstituteCode("KIMS")})

    with pytest.raises(MayNotBeTold, match="do-not-route"):
        check_may_be_told(ticket, KITECH, {KITECH})


def test_the_owner_is_not_asked(ticket):
    check_may_be_asked(ticket, KITECH, ())

    with pytest.raises(CaseError, match="owns the case itself"):
        check_may_be_asked(replace(ticket, desk=DeskId("institute:KITECH")), KITECH, ())


def test_an_institute_has_a_working_day_and_never_longer_than_the_company_waits(ticket):
    assert referral_due(ticket, TUESDAY_AT_10, []) == TUESDAY_AT_10 + DAY
    assert referral_due(ticket, TUESDAY_AT_10 + 2.5 * DAY, []) == ticket.due_at


def test_a_clock_that_does_not_run_shortens_nothing(ticket):
    late = ticket.due_at + DAY * 3  # a Monday

    for promise in (
        ticket.promise,
        kept(ticket.promise, TUESDAY_AT_10, []),
        paused(ticket.promise, TUESDAY_AT_10, "x", []),
    ):
        assert referral_due(replace(ticket, promise=promise), late, []) == late + DAY
