"""Korean public holidays with their substitutes, by Korean date; the only home of the holidays library.

Pinned at 0.109 or later (0.90 knows neither 제헌절 nor 노동절). Temporary holidays come as overrides of the operator.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays


def holiday_name(day: date) -> str | None:
    """Return the Korean name of the public holiday on a Korean date, or None; two on one day are joined with "; "."""
    return _holidays_of(day.year).get(day)


@cache
def _holidays_of(year: int) -> Mapping[date, str]:
    """Return a year's holidays; without the language the names would follow the machine's locale."""
    return dict(holidays.country_holidays("KR", years=year, language="ko", expand=False, observed=True))
