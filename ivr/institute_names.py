"""The 25 institutes by name: full, former and short names, spelled as the recognizer may write them."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from directory.model import Directory, InstituteCode
from ivr.directory_key import DirectoryKey
from ivr.speech_text import squeezed

NOT_OURS = (
    "기초과학연구원",
    "산업기술시험원",
    "카이스트",
    "자동차연구원",
    "테크노파크",
)  # sound like ours, and are not
LETTERS = {  # letter names read one by one
    "KIST": ("kist", "케이아이에스티"),
    "ETRI": ("etri",),
    "KITECH": ("kitech",),
    "KISTI": ("kisti",),
    "KIMM": ("kimm",),
    "KIMS": ("kims",),
    "KERI": ("keri",),
    "KRISS": ("kriss",),
    "KARI": ("kari",),
}
SHORTEST_FUZZY = 6  # a name this long may have one syllable wrong


@lru_cache(maxsize=8)
def _names(key: DirectoryKey) -> Mapping[str, InstituteCode]:
    names: dict[str, InstituteCode] = {}
    for code, institute in key.directory.institutes.items():
        spoken = {institute.name_ko, institute.spoken_name, *institute.spoken_aliases, *LETTERS.get(code, ())}
        spoken |= {name.removeprefix(nation) for name in spoken for nation in ("한국", "국가", "세계")}
        names |= {squeezed(name): code for name in spoken}
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


def institute_names(directory: Directory) -> Mapping[str, InstituteCode]:
    """Return every spoken name, the longest first."""
    return _names(DirectoryKey(directory))


def named_at(directory: Directory, words: Sequence[str]) -> InstituteCode | None:
    """Return the institute whose name the words begin with; names may be split by spaces."""
    said = "".join(words[:4])
    if said.startswith(NOT_OURS):
        return None
    names = institute_names(directory)
    for name, code in names.items():
        if said.startswith(name):
            return code
    return next((code for name, code in names.items() if len(name) >= SHORTEST_FUZZY and is_nearly(said, name)), None)


def is_nearly(said: str, name: str) -> bool:
    """Tell whether the words begin with a name but for one syllable."""
    heard = said[: len(name)]
    return len(heard) == len(name) and sum(one != other for one, other in zip(heard, name, strict=True)) == 1


def names_institute(directory: Directory, words: Sequence[str]) -> bool:
    return named_at(directory, words) is not None


def named_institutes(directory: Directory, words: Sequence[str]) -> tuple[InstituteCode, ...]:
    """Return every institute named, in the order of speech."""
    found = (named_at(directory, words[at:]) for at in range(len(words)))
    return tuple(dict.fromkeys(code for code in found if code))
