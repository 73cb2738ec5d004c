"""Institutes by name: full, former and short names, spelled as the recognizer may write them; and those not ours."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from directory.model import Directory, InstituteCode
from ivr.directory_key import DirectoryKey
from ivr.speech_text import squeezed

NOT_OURS = {  # what callers take for one of the 25, and who it is
    "카이스트": "KAIST", "kaist": "KAIST", "한국과학기술원": "KAIST", "과학기술원": "KAIST", "과기원": "KAIST",
    "기초과학연구원": "IBS", "아이비에스": "IBS", "ibs": "IBS",
    "산업기술시험원": "KTL", "케이티엘": "KTL", "ktl": "KTL",
    "전자기술연구원": "KETI", "전자부품연구원": "KETI", "케티": "KETI", "keti": "KETI",
    "국방과학연구소": "ADD", "국과연": "ADD", "에이디디": "ADD",
    "테크노파크": "TP", "자동차연구원": "KATECH", "자동차부품연구원": "KATECH", "카텍": "KATECH",
    "포스텍": "POSTECH", "포항공대": "POSTECH", "유니스트": "UNIST", "unist": "UNIST", "지스트": "GIST",
    "디지스트": "DGIST", "dgist": "DGIST", "가속기연구소": "PAL",
    "화학융합시험연구원": "KTR", "화학시험연구원": "KTR", "케이티알": "KTR", "ktr": "KTR",
    "건설생활환경시험연구원": "KCL", "케이씨엘": "KCL", "kcl": "KCL",
    "기계전기전자시험연구원": "KTC", "케이티씨": "KTC", "ktc": "KTC",
    "의류시험연구원": "KATRI", "섬유개발연구원": "KTDI", "섬유기계융합연구원": "KOTMI", "세라믹기술원": "KICET",
    "광기술원": "KOPTI", "로봇산업진흥원": "KIRIA", "로봇융합연구원": "KIRO", "나노종합기술원": "NNFC",
    "해양과학기술원": "KIOST", "극지연구소": "KOPRI", "조선해양기자재연구원": "KOMERI", "신발피혁연구원": "KIFLT",
    "환경공단": "KECO", "에너지공단": "KEA", "한국전력": "KEPCO", "한전": "KEPCO",
    "농촌진흥청": "RDA", "농진청": "RDA", "식약처": "MFDS", "국립과학수사연구원": "NFS", "국과수": "NFS",
}  # fmt: skip
LETTERS = {  # letter names and spellings, as they are read
    "KITECH": ("kitech", "키택", "케이아이텍"),
    "ETRI": ("etri", "에트라이", "이트리"),
    "NSR": ("엔에스알", "nsr", "보안연", "국가보안기술연구원"),
    "KICT": ("kict", "킥트", "건설기술연구소"),
    "KRRI": ("krri", "철도연구원", "철도연구소"),
    "KFRI": ("kfri", "식품연구소"),
    "WIKIM": ("wikim", "위킴"),
    "KIGAM": ("kigam", "키감", "지질자원연", "지질연구원", "지질연구소", "지질자원연구소"),
    "KIMM": ("kimm", "기계연구소"),
    "KIMS": ("kims", "킴스"),
    "KIER": ("kier", "키어", "에너지연구원", "에너지연구소", "에너지기술연"),
    "KERI": ("keri", "전기연구소"),
    "KRICT": ("krict", "크릭트", "화학연구소"),
    "KIT": ("독성과학연구소", "독성과학연", "안전성평가연", "독성연"),
    "KIST": ("kist", "케이아이에스티", "과학기술연구소"),
    "GTC": ("녹색기술연", "녹색기술센타"),
    "KBSI": ("kbsi", "기초과학지원연", "기초과학지원연구소", "기초지원연구원", "케이비에스아이"),
    "NFRI": ("핵융합에너지연구소", "핵융합연구원", "kfe", "케이에프이"),
    "KASI": ("kasi", "천문연구소", "천문우주연구원", "천문우주과학연구원"),
    "KRIBB": ("kribb", "크립", "크리브", "생명공학연구소", "생명공학연", "생명연구원"),
    "KISTI": ("kisti", "과학기술정보연"),
    "KIOM": ("kiom", "한의학연구소", "키옴"),
    "KRISS": ("kriss", "표준연구원", "표준연구소", "표준과학연구소", "표준과학연"),
    "KARI": ("kari", "항공우주연구소", "항공우주연"),
    "KAERI": ("kaeri", "케이리", "원자력연구소"),
}
NATIONS = ("한국", "국가", "세계", "국립")
SHORTEST_INSIDE = 3  # syllables of a name of ours that is heard inside a word too; a shorter one begins a word
SHORTEST_OTHER_INSIDE = 4  # the same of the others: 포토레지스트 is no 지스트
SHORTEST_FUZZY = 6  # a name this long may have one syllable wrong
GOES_ON = re.compile("[결료구장속마기계동합습차락휴]")  # 전기연결, 화학연료 and 기초연구 only begin like an institute
SPELLED_ON = re.compile("[탈털마스토챤]")  # so do 크리스탈, 카리스마, 크립토


@dataclass(frozen=True)
class Named:
    """A name at a place of the squeezed text; `code` is an institute of ours or the letters of another body."""

    start: int
    end: int
    code: str
    is_ours: bool


@dataclass(frozen=True)
class _Names:
    by_first: Mapping[str, tuple[tuple[str, str, bool], ...]]  # longest first: name, code, is it ours
    halves: Mapping[tuple[int, str], tuple[tuple[str, str], ...]]  # long names by their length and either half
    lengths: tuple[int, ...]  # of those


@lru_cache(maxsize=8)
def _names(key: DirectoryKey) -> Mapping[str, InstituteCode]:
    names: dict[str, InstituteCode] = {}
    for code, institute in key.directory.institutes.items():
        spoken = {institute.name_ko, institute.spoken_name, *institute.spoken_aliases, *LETTERS.get(code, ())}
        spoken |= {name.removeprefix(nation) for name in spoken for nation in NATIONS}
        names |= {squeezed(name): code for name in spoken}
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


def spoken_names(directory: Directory) -> tuple[str, ...]:
    """Return how callers say the institutes: today's name of each, then their first short names, and so on."""
    said = [
        (institute.spoken_name, *institute.spoken_aliases, institute.name_ko, *LETTERS.get(code, ()))
        for code, institute in directory.institutes.items()
    ]
    return tuple(name for turn in zip_longest(*said) for name in turn if name)


@lru_cache(maxsize=8)
def _index(key: DirectoryKey) -> _Names:
    by_first: dict[str, list[tuple[str, str, bool]]] = {}
    every = [(name, str(code), True) for name, code in _names(key).items()]
    every += [(name, body, False) for name, body in NOT_OURS.items() if name not in _names(key)]
    for entry in sorted(every, key=lambda entry: -len(entry[0])):
        by_first.setdefault(entry[0][0], []).append(entry)
    halves: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for name, code, is_ours in every:
        if is_ours and len(name) >= SHORTEST_FUZZY:
            for half in _halves(name):
                halves.setdefault((len(name), half), []).append((name, code))
    return _Names(
        {first: tuple(found) for first, found in by_first.items()},
        {key: tuple(found) for key, found in halves.items()},
        tuple(sorted({length for length, _ in halves})),
    )


def _halves(name: str) -> tuple[str, str]:
    """Return both halves: a name with one syllable wrong has one of them right."""
    middle = len(name) // 2
    return name[:middle], name[middle:]


def names_in(directory: Directory, words: Sequence[str]) -> tuple[Named, ...]:
    """Return every institute named, ours or not, in the order of speech. Places are those of the joined words."""
    names, said, begins = _index(DirectoryKey(directory)), "".join(words), _beginnings(words)
    found: list[Named] = []
    at = 0
    while at < len(said):
        named = _exact(names, said, at, at in begins) or (_nearly(names, said, at) if at in begins else None)
        if named:
            found.append(named)
        at = named.end if named else at + 1
    return tuple(found)


def named_institutes(directory: Directory, words: Sequence[str]) -> tuple[InstituteCode, ...]:
    """Return every institute of ours named, in the order of speech."""
    return tuple(dict.fromkeys(InstituteCode(named.code) for named in names_in(directory, words) if named.is_ours))


def names_institute(directory: Directory, words: Sequence[str]) -> bool:
    """Tell whether the words begin with the name of a body that has a town of its own; firms do sit in technoparks."""
    first = next(iter(names_in(directory, words[:4])), None)
    return first is not None and first.start == 0 and first.code != "TP"


def _beginnings(words: Sequence[str]) -> frozenset[int]:
    at, begins = 0, set()
    for word in words:
        begins.add(at)
        at += len(word)
    return frozenset(begins)


def _exact(names: _Names, said: str, at: int, begins: bool) -> Named | None:
    for name, code, is_ours in names.by_first.get(said[at], ()):
        shortest = SHORTEST_INSIDE if is_ours else SHORTEST_OTHER_INSIDE
        if (begins or len(name) >= shortest) and said.startswith(name, at):
            goes_on = GOES_ON if name.endswith("연") else SPELLED_ON if len(name) <= SHORTEST_INSIDE else None
            end = at + len(name)
            if not (goes_on and goes_on.match(said, end)):
                return Named(at, end, code, is_ours)
    return None


def _nearly(names: _Names, said: str, at: int) -> Named | None:
    """Return the name the text begins with but for one syllable."""
    for length in names.lengths:
        heard = said[at : at + length]
        if len(heard) == length:
            for half in _halves(heard):
                for name, code in names.halves.get((length, half), ()):
                    if sum(one != other for one, other in zip(heard, name, strict=True)) == 1:
                        return Named(at, at + length, code, is_ours=True)
    return None
