"""A company's record. Two that look alike are shown as such; only a person says that they are one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from calls.telephone_number import NumberKind, TelephoneNumber
from directory.model import InstituteCode
from tickets.business_number import BusinessNumber
from tickets.ticket import CompanyId
from tickets.written import CaseError

LONGEST_NAME = 100
ALIKE = 0.6  # of two names, as the share of pairs of letters they have in common
_LEGAL_FORMS = re.compile(
    r"\((?:주|유|합|자)\)|(?:주식|유한|유한책임|합자|합명)회사|\b(?:co\.?,? ?ltd|inc|corp)\b\.?",
)
_UNSPOKEN = re.compile(r"[\W_]+")
_ONE_COMPANYS = {  # kinds of numbers that stand for one company; behind 107 or 1357 stands anybody
    NumberKind.FIXED_LINE,
    NumberKind.MOBILE,
    NumberKind.VOIP,
    NumberKind.PERSONAL,
    NumberKind.TOLL_FREE,
    NumberKind.REPRESENTATIVE,
}


@dataclass(frozen=True)
class Company:
    id: CompanyId
    name: str
    business_number: BusinessNumber | None = None
    team: str | None = None  # the research team that stands by it ("1팀 1중소기업")
    merged_into: CompanyId | None = None  # a person has said that this is another record's company
    numbers: tuple[str, ...] = ()  # national digits
    do_not_route: Mapping[InstituteCode, str] = field(default_factory=dict)  # institute -> reason


@dataclass(frozen=True)
class Maybe:
    """A record that may be of the same company, and why it looks so."""

    company: Company
    why: tuple[str, ...]  # same_number, similar_name


def name_key(name: str) -> str:
    """Return a name without legal form, spaces, case and punctuation: (주)한빛 정밀 and 한빛정밀 are one."""
    plain = unicodedata.normalize("NFKC", name).lower()
    return _UNSPOKEN.sub("", _LEGAL_FORMS.sub(" ", plain)) or _UNSPOKEN.sub("", plain)


def maybe_same(company: Company, others: Iterable[Company]) -> list[Maybe]:
    """Return the records that may be of the same company, those with a number in common first."""
    found = [Maybe(other, why) for other in others if other.id != company.id and (why := _why_alike(company, other))]
    return sorted(found, key=lambda maybe: ("same_number" not in maybe.why, maybe.company.id))


def alike(name: str, companies: Iterable[Company]) -> list[Company]:
    """Return the companies whose names resemble a name or contain it, the likeliest first."""
    key = name_key(name)
    rated = [
        (similarity(key, theirs), bool(key) and key in theirs, one)
        for one in companies
        for theirs in (name_key(one.name),)
    ]
    found = [(likeness, one) for likeness, contained, one in rated if contained or likeness >= ALIKE]
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].id))]


def check_may_merge(gone: Company, into: Company) -> None:
    """Raise CaseError when two records cannot be of one company."""
    if gone.id == into.id:
        raise CaseError(f"company {gone.id}: it is the same record (expected another)")
    for company in (gone, into):
        if company.merged_into is not None:
            raise CaseError(f"company {company.id} was merged into {company.merged_into} already")
    if gone.business_number and into.business_number and gone.business_number != into.business_number:
        raise CaseError(f"companies {gone.id} and {into.id} have different business numbers: they are not one")


def identifying(number: TelephoneNumber) -> str | None:
    """Return the digits by which a caller's company is known, or None when anybody may stand behind the number."""
    return number.national if number.kind in _ONE_COMPANYS else None


def similarity(one: str, other: str) -> float:
    """Return how alike two name keys are, from 0 to 1: twice the common pairs of letters in the pairs of both."""
    pairs, others = _pairs(one), _pairs(other)
    if not pairs or not others:
        return float(one == other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _why_alike(company: Company, other: Company) -> tuple[str, ...]:
    reasons = {
        "same_number": bool(set(company.numbers) & set(other.numbers)),
        "similar_name": similarity(name_key(company.name), name_key(other.name)) >= ALIKE,
    }
    return tuple(why for why, holds in reasons.items() if holds)


def _pairs(key: str) -> set[str]:
    return {key[at : at + 2] for at in range(len(key) - 1)}
