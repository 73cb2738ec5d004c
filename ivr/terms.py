"""How long a help is wished for, classed as the source classes it: with its gaps and its overlap, shown and not hidden.

Periods are kept as days. A month counts 30 days and a year 365; six months are 180 days as they are said, and up to 184
by the calendar.
"""

from dataclasses import dataclass
from enum import StrEnum

WEEK, MONTH, THREE_MONTHS, YEAR = 7, 30, 90, 365
SIX_MONTHS = range(180, 185)


class Term(StrEnum):
    SHORT = "short"  # 단기
    MIDDLE = "middle"  # 중기
    LONG = "long"  # 장기


@dataclass(frozen=True)
class Terms:
    """The classes a period falls in: none in a gap of the source, two in its overlap; a counselor decides then."""

    classes: tuple[Term, ...]
    text_ko: str

    @property
    def is_certain(self) -> bool:
        return len(self.classes) == 1


def exchange_terms(days: int) -> Terms:
    """Class the days of a personnel exchange: short to a week, middle from one month to six, long from six months."""
    if days <= WEEK:
        return Terms((Term.SHORT,), "단기(1주 이내)")
    if days < MONTH:
        return Terms((), "구분 없음: 단기(1주 이내)와 중기(1개월부터) 사이의 기간입니다. 상담원이 정합니다.")
    if days < SIX_MONTHS.start:
        return Terms((Term.MIDDLE,), "중기(1개월에서 6개월)")
    if days in SIX_MONTHS:
        return Terms((Term.MIDDLE, Term.LONG), "중기와 장기: 6개월은 두 구분에 모두 들어갑니다. 상담원이 정합니다.")
    return Terms((Term.LONG,), "장기(6개월 이상)")


def research_terms(days: int) -> Terms:
    """Class the days of a development: short within three months, long from one year; the source names none between."""
    if days <= THREE_MONTHS:
        return Terms((Term.SHORT,), "단기(3개월 이내)")
    if days < YEAR:
        return Terms((), "구분 없음: 단기(3개월 이내)와 장기(1년 이상) 사이의 기간입니다. 상담원이 정합니다.")
    return Terms((Term.LONG,), "장기(1년 이상)")
