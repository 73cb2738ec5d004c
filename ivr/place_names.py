"""Every name of a place the line knows, with the regions it may mean."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from directory.model import Directory, Place, RegionCode
from ivr.directory_key import DirectoryKey

WIDE_NAMES = {  # parts of the country and new names, said by callers, that cover several regions
    "충청도": ("KR-43", "KR-44"),
    "충청": ("KR-43", "KR-44"),
    "경상도": ("KR-47", "KR-48"),
    "전라도": ("KR-45", "KR-46"),
    "호남": ("KR-29", "KR-45", "KR-46"),
    "영남": ("KR-26", "KR-27", "KR-31", "KR-47", "KR-48"),
    "수도권": ("KR-11", "KR-28", "KR-41"),
    "광주특별시": ("KR-29", "KR-46"),
    "전남광주": ("KR-29", "KR-46"),
    "전남광주특별시": ("KR-29", "KR-46"),
    "전남광주통합특별시": ("KR-29", "KR-46"),
    "세종대로": ("KR-11",),  # a street in Seoul
    "세종문화회관": ("KR-11",),
    "백령도": ("KR-28",),
    "울릉도": ("KR-47",),
    "명지": ("KR-26",),
    "시화": ("KR-41",),
    "웅상": ("KR-48",),
    "여의도": ("KR-11",),
    "강남": ("KR-11",),
    "구로": ("KR-11",),
    "해운대": ("KR-26",),
    "유성": ("KR-30",),
    "안면도": ("KR-44",),  # islands and sights, said for the town they are in
    "흑산도": ("KR-46",),
    "덕적도": ("KR-28",),
    "연평도": ("KR-28",),
    "보길도": ("KR-46",),
    "청산도": ("KR-46",),
    "거문도": ("KR-46",),
    "추자도": ("KR-49",),
    "우도": ("KR-49",),
    "한산도": ("KR-48",),
    "욕지도": ("KR-48",),
    "가덕도": ("KR-26",),
    "통일전망대": ("KR-42",),
    "설악산": ("KR-42",),
    "남한산성": ("KR-41",),
    "무등산": ("KR-29",),
    "당항포": ("KR-48",),
}
CITIES_OF_OLD = {  # cities that once were in the province and are still said with it: 전라도 광주
    "전라도": ("KR-29",),
    "경상도": ("KR-26", "KR-27", "KR-31"),
    "충청도": ("KR-30", "KR-50"),
}
NEEDS_CONTEXT = frozenset({  # other meanings: 강화 유리, 이천 개, 고령 인구, 경기가 나쁘다
    "강화", "이천", "고령", "인제", "영광", "일산", "사천", "기장",
    "경기", "구로", "명지", "유성", "강남", "대산", "경주", "우도", "추자도",
})  # fmt: skip
WORDS_TOO = frozenset(
    {"동작", "수영", "수성", "연수", "광산", "사상", "동래", "남동"}
)  # districts that are common words without 구
SOUNDS_ALIKE = str.maketrans(
    {chr(code): chr(code + (step - (code - 0xAC00) // 28 % 21) * 28) for code in range(0xAC00, 0xD7A4)
     if (step := {1: 5, 3: 7, 10: 15, 11: 15, 19: 18}.get((code - 0xAC00) // 28 % 21)) is not None}
)  # fmt: skip  # ㅐ as ㅔ, ㅒ as ㅖ, ㅙ and ㅚ as ㅞ, ㅢ as ㅡ: told apart by nobody, written as it comes
SHORTEST_MISHEARD = 3  # syllables: 재주 is no 제주


@dataclass(frozen=True)
class PlaceName:
    """One way to say a place."""

    spoken: str
    regions: tuple[RegionCode, ...]
    needs_context: bool
    beside: tuple[RegionCode, ...]  # the same, when another place is named beside it


@dataclass(frozen=True)
class PlaceNames:
    """All names, the longest first for each opening syllable, so that 하남산단 is found before 하남."""

    by_first: Mapping[str, tuple[PlaceName, ...]]
    by_sound: Mapping[str, tuple[PlaceName, ...]]  # the long ones that a recognizer may spell another way

    def starting(self, text: str) -> PlaceName | None:
        """Return the longest name the text starts with."""
        return next((name for name in self.by_first.get(text[:1], ()) if text.startswith(name.spoken)), None)

    def sounding(self, text: str) -> PlaceName | None:
        """Return the longest name the text sounds like at its beginning: 으정부시 is 의정부시."""
        heard = text.translate(SOUNDS_ALIKE)
        names = self.by_sound.get(heard[:1], ())
        return next((name for name in names if heard.startswith(name.spoken.translate(SOUNDS_ALIKE))), None)


def place_names(directory: Directory) -> PlaceNames:
    """Return the names of a directory; made once for each."""
    return _place_names(DirectoryKey(directory))


@lru_cache(maxsize=8)
def _place_names(key: DirectoryKey) -> PlaceNames:
    directory = key.directory
    regions: dict[str, set[RegionCode]] = {}
    shy: set[str] = set(NEEDS_CONTEXT)

    def add(spoken: str, *codes: RegionCode) -> None:
        regions.setdefault(spoken.replace(" ", ""), set()).update(codes)

    for region in directory.regions.values():
        for alias in {region.name_ko, region.short_ko, *region.aliases}:
            add(alias, region.code)
    for place in directory.places:
        for form in {place.name_ko, *place.spoken_forms}:
            add(form, place.region, *place.ambiguous_with)
            if place.needs_context and form != place.name_ko:
                shy.add(form)
    for bare, district in bare_districts(directory, regions):
        add(bare, district.region)
        shy.add(bare)
    for spoken, codes in WIDE_NAMES.items():
        add(spoken, *(RegionCode(code) for code in codes))
    names = [
        PlaceName(
            spoken,
            tuple(sorted(found)),
            spoken in shy,
            tuple(sorted(found | set(map(RegionCode, CITIES_OF_OLD.get(spoken, ()))))),
        )
        for spoken, found in sorted(regions.items(), key=lambda item: -len(item[0]))
    ]
    long = [name for name in names if len(name.spoken) >= SHORTEST_MISHEARD and not name.needs_context]
    return PlaceNames(
        grouped((name.spoken[0], name) for name in names),
        grouped((name.spoken[0].translate(SOUNDS_ALIKE), name) for name in long),
    )


def bare_districts(directory: Directory, known: Mapping[str, object]) -> Iterator[tuple[str, Place]]:
    """Return districts without their 구, as people say them: 노원 is 노원구. What would mean two places is none."""
    for place in directory.places:
        bare = place.name_ko.removesuffix("구")
        if place.kind == "gu" and len(bare) > 1 and not place.ambiguous_with and bare not in WORDS_TOO | known.keys():
            yield bare, place


def grouped(names: Iterable[tuple[str, PlaceName]]) -> Mapping[str, tuple[PlaceName, ...]]:
    found: dict[str, tuple[PlaceName, ...]] = {}
    for first, name in names:
        found[first] = (*found.get(first, ()), name)
    return found
