"""Every name of a place the line knows, with the regions it may mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from directory.model import Directory, Place, RegionCode
from ivr.directory_key import DirectoryKey
from ivr.speech_text import sound_of

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
WORDS_TOO = frozenset({"동작", "수영", "수성", "연수", "광산"})  # what a bare 구 may also mean
SHORTEST_MISHEARD = 3  # syllables of a name written as it sounds: 으정부; but 재주 is no 제주


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

    by_first: Mapping[str, Sequence[PlaceName]]
    by_sound: Mapping[str, Sequence[tuple[str, PlaceName]]]  # long ones, which may be spelled another way

    def starting(self, text: str) -> PlaceName | None:
        """Return the longest name the text starts with."""
        return next((name for name in self.by_first.get(text[:1], ()) if text.startswith(name.spoken)), None)

    def sounding(self, text: str) -> PlaceName | None:
        """Return the longest name the text sounds like at its beginning: 으정부시 is 의정부시."""
        heard = sound_of(text)
        return next((name for sound, name in self.by_sound.get(heard[:1], ()) if heard.startswith(sound)), None)


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
            if place.needs_context and (form != place.name_ko or place.kind == "place"):
                shy.add(form)
    for bare, district in bare_districts(directory, regions):
        add(bare, district.region)
        shy.add(bare)
    for spoken, codes in WIDE_NAMES.items():
        add(spoken, *(RegionCode(code) for code in codes))
    return indexed([named(spoken, found, needs_context=spoken in shy) for spoken, found in regions.items()])


def named(spoken: str, regions: set[RegionCode], *, needs_context: bool) -> PlaceName:
    beside = regions | set(map(RegionCode, CITIES_OF_OLD.get(spoken, ())))
    return PlaceName(spoken, tuple(sorted(regions)), needs_context, tuple(sorted(beside)))


def indexed(names: Iterable[PlaceName]) -> PlaceNames:
    by_first: dict[str, list[PlaceName]] = {}
    by_sound: dict[str, list[tuple[str, PlaceName]]] = {}
    for name in sorted(names, key=lambda name: -len(name.spoken)):
        by_first.setdefault(name.spoken[0], []).append(name)
        if len(name.spoken) >= SHORTEST_MISHEARD and not name.needs_context:
            sound = sound_of(name.spoken)
            by_sound.setdefault(sound[0], []).append((sound, name))
    return PlaceNames(by_first, by_sound)


def bare_districts(directory: Directory, known: Mapping[str, object]) -> Iterator[tuple[str, Place]]:
    """Return districts without their 구, as people say them: 노원 is 노원구. What would mean two places is none."""
    for place in directory.places:
        bare = place.name_ko.removesuffix("구")
        if place.kind == "gu" and len(bare) > 1 and not place.ambiguous_with and bare not in WORDS_TOO | known.keys():
            yield bare, place
