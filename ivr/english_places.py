"""Cities and provinces said in English: the directory's names in Latin letters, and the spellings of before 2000."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from directory.model import Directory, RegionCode
from ivr.directory_key import DirectoryKey
from ivr.region_speech import Whereabouts
from ivr.romanized import romanized

OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "pusan": ("KR-26",),
    "taegu": ("KR-27",),
    "inchon": ("KR-28",),
    "taejon": ("KR-30",),
    "kwangju": ("KR-29", "KR-41"),
    "cheju": ("KR-49",),
    "kyonggi": ("KR-41",),
    "kyunggi": ("KR-41",),
    "kangwon": ("KR-42",),
    "chungcheong": ("KR-43", "KR-44"),
    "gyeongsang": ("KR-47", "KR-48"),
    "jeolla": ("KR-45", "KR-46"),
    "northchungcheong": ("KR-43",),
    "chungcheongbuk": ("KR-43",),
    "southchungcheong": ("KR-44",),
    "chungcheongnam": ("KR-44",),
    "northjeolla": ("KR-45",),
    "jeollabuk": ("KR-45",),
    "southjeolla": ("KR-46",),
    "jeollanam": ("KR-46",),
    "northgyeongsang": ("KR-47",),
    "gyeongsangbuk": ("KR-47",),
    "southgyeongsang": ("KR-48",),
    "gyeongsangnam": ("KR-48",),
}
LONGEST_NAME = 2  # words: north chungcheong, chang won
SHORTEST_LETTERS = 4  # Guri and Asan; a shorter one is more often another word
METROPOLITAN = "metropolitan"


def english_whereabouts(directory: Directory, words: tuple[str, ...]) -> Whereabouts:
    """Return the place named; one that may be in several regions, with nothing said to tell which, is to be asked."""
    found: set[RegionCode] = set()
    for named in _mentions(directory, words):
        found = found & named or found or named  # "Gwangju in Gyeonggi" is the one of the two
    if METROPOLITAN in words and len(found) > 1:
        found = {code for code in found if directory.regions[code].name_ko.endswith("광역시")} or found
    codes = tuple(sorted(found))
    return Whereabouts(codes[0], ()) if len(codes) == 1 else Whereabouts(None, codes)


def _mentions(directory: Directory, words: tuple[str, ...]) -> Iterator[set[RegionCode]]:
    """Find the names from left to right, the longest at each word first: North Chungcheong before Chungcheong."""
    names, at = _names(DirectoryKey(directory)), 0
    while at < len(words):
        lengths = range(min(LONGEST_NAME, len(words) - at), 0, -1)
        length = next((size for size in lengths if "".join(words[at : at + size]) in names), 0)
        if length:
            yield set(names["".join(words[at : at + length])])
        at += length or 1


@lru_cache(maxsize=8)
def _names(key: DirectoryKey) -> Mapping[str, tuple[RegionCode, ...]]:
    directory = key.directory
    found: dict[str, set[RegionCode]] = {}
    for name, codes in OTHER_NAMES.items():
        found.setdefault(name, set()).update(RegionCode(code) for code in codes)
    for region in directory.regions.values():
        for name in (region.name_en.lower(), romanized(region.short_ko)):
            found.setdefault(name.replace(" ", ""), set()).add(region.code)
    for place in directory.places:
        name = romanized(base_of(place.name_ko))
        if place.kind in {"si", "gun", "gu"} and len(name) >= SHORTEST_LETTERS:
            found.setdefault(name, set()).update((place.region, *place.ambiguous_with))
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def base_of(name: str) -> str:
    """Return a city's name without what kind of place it is: 안산시 is 안산, and 중구 stays whole."""
    return name[:-1] if len(name) > 2 and name[-1] in "시군구" else name


def english_places(directory: Directory) -> tuple[str, ...]:
    """Return the names to expect, as a recognizer would write them."""
    regions = (region.name_en for region in directory.regions.values())
    cities = (
        romanized(base_of(place.name_ko)).capitalize() for place in directory.places if place.kind in {"si", "gun"}
    )
    return (*regions, *cities)
