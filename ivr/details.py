"""What each service needs to know beyond the caller's own words: little is asked by phone, a person asks the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ivr.category import Category

LONGEST_TEXT = 500  # characters
LONGEST_DAYS = 3650  # ten years

C = Category


class Kind(StrEnum):
    TEXT = "text"
    DAYS = "days"
    CHOICE = "choice"


@dataclass(frozen=True)
class Detail:
    """One thing a service needs to know; a choice names its values as a counselor reads them."""

    name_ko: str
    services: frozenset[Category]
    kind: Kind = Kind.TEXT
    choices: Mapping[str, str] = field(default_factory=dict)


def _text(name_ko: str, *services: Category) -> Detail:
    return Detail(name_ko, frozenset(services))


def _days(name_ko: str, service: Category) -> Detail:
    return Detail(name_ko, frozenset({service}), Kind.DAYS)


def _choice(name_ko: str, service: Category, **choices: str) -> Detail:
    return Detail(name_ko, frozenset({service}), Kind.CHOICE, choices)


DETAILS: Mapping[str, Detail] = {
    "process": _text("공정", C.TECHNICAL_DIFFICULTY),
    "material": _text("재료", C.TECHNICAL_DIFFICULTY),
    "symptom": _text("증상", C.TECHNICAL_DIFFICULTY),
    "since": _text("언제부터", C.TECHNICAL_DIFFICULTY),
    "urgency": _choice(
        "급한 정도", C.TECHNICAL_DIFFICULTY, urgent="급함", this_month="이달 안", not_urgent="급하지 않음"
    ),
    "solution": _choice(
        "해결 방법", C.TECHNICAL_DIFFICULTY, held_technology="보유 기술", research="추가 연구개발", unknown="아직 모름"
    ),
    "term_days": _days("희망 기간", C.TECHNICAL_DIFFICULTY),
    "database": _choice(
        "찾는 곳", C.DATABASE_ACCESS, patent="특허", equipment="장비", laboratory="실험실",
        personnel="연구자 명단(공개하지 않음)",
    ),
    "sought": _text("찾는 것", C.DATABASE_ACCESS),
    "field": _text("분야", C.PERSONNEL_EXCHANGE, C.TECHNOLOGY_TRANSFER),
    "exchange_days": _days("교류 기간", C.PERSONNEL_EXCHANGE),
    "direction": _choice(
        "방향", C.PERSONNEL_EXCHANGE, to_company="연구원이 회사로", to_institute="직원이 연구기관으로"
    ),
    "instead_of": _choice("바꾸기 전 문의", C.PERSONNEL_EXCHANGE, personnel_list="연구자 명단(공개하지 않음)"),
    "topic": _choice(
        "주제", C.INFORMATION, planning="연구개발 기획", roadmap="기술 로드맵", market="시장 정보", hours="상담 시간"
    ),
    "licence": _choice(
        "실시 방식", C.TECHNOLOGY_TRANSFER, exclusive="전용실시권", non_exclusive="통상실시권", purchase="양도",
        undecided="정하지 않음",
    ),
    "royalty": _choice(
        "기술료 희망", C.TECHNOLOGY_TRANSFER, running="경상기술료", lump_sum="정액 기술료", undecided="정하지 않음"
    ),
}  # fmt: skip


class DetailError(Exception):
    """A detail that cannot be taken: its name, the value, and what was expected."""


def details_of(category: Category | None) -> Mapping[str, Detail]:
    """Return what a service needs to know, in the order it is read."""
    return {name: detail for name, detail in DETAILS.items() if category in detail.services}


def read_detail(category: Category | None, name: str, given: str, also: tuple[str, ...] = ()) -> str | int:
    """Return a detail as it is kept. Raises DetailError with one clear line; `also` names what else could be given."""
    wanted = details_of(category)
    if name not in wanted:
        expected = ", ".join((*wanted, *also))
        raise DetailError(f"{name}: not asked for {category or 'no service'} (expected one of {expected})")
    detail, text = wanted[name], given.strip()
    match detail.kind:
        case Kind.CHOICE if text not in detail.choices:
            raise DetailError(f'{name}: "{as_told(text)}" (expected one of {", ".join(detail.choices)})')
        case Kind.DAYS if not (text.isascii() and text.isdigit() and len(text) < 5 and 0 < int(text) <= LONGEST_DAYS):
            raise DetailError(f'{name}: "{as_told(text)}" (expected whole days from 1 to {LONGEST_DAYS})')
        case Kind.DAYS:
            return int(text)
        case Kind.TEXT if not 0 < len(text) <= LONGEST_TEXT:
            raise DetailError(f"{name}: {len(text)} characters (expected 1 to {LONGEST_TEXT})")
    return text


def as_told(value: str) -> str:
    """Return a refused value short enough for one line."""
    return " ".join(value.split())[:40]


def shown(name: str, value: str | int) -> str:
    """Return a kept value as a counselor reads it; a choice nobody knows any more is shown as it stands."""
    detail = DETAILS.get(name)
    if detail is None:
        return str(value)
    return f"{value}일" if detail.kind is Kind.DAYS else detail.choices.get(str(value), str(value))
