"""Every name of a place the line knows, with the regions it may mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from directory.model import Directory, RegionCode
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
}
NEEDS_CONTEXT = frozenset({  # other meanings: 강화 유리, 이천 개, 고령 인구, 경기가 나쁘다
    "강화", "이천", "고령", "인제", "영광", "일산", "사천", "기장",
    "경기", "구로", "명지", "유성", "강남", "대산", "경주",
})  # fmt: skip


@dataclass(frozen=True)
class PlaceName:
    """One way to say a place."""

    spoken: str
    regions: tuple[RegionCode, ...]
    needs_context: bool


@dataclass(frozen=True)
class PlaceNames:
    """All names, the longest first for each opening syllable, so that 하남산단 is found before 하남."""

    by_first: Mapping[str, tuple[PlaceName, ...]]

    def starting(self, text: str) -> PlaceName | None:
        """Return the longest name the text starts with."""
        return next((name for name in self.by_first.get(text[:1], ()) if text.startswith(name.spoken)), None)


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
    for spoken, codes in WIDE_NAMES.items():
        add(spoken, *(RegionCode(code) for code in codes))
    by_first: dict[str, list[PlaceName]] = {}
    for spoken, found in regions.items():
        by_first.setdefault(spoken[0], []).append(PlaceName(spoken, tuple(sorted(found)), spoken in shy))
    return PlaceNames(
        {first: tuple(sorted(names, key=lambda name: -len(name.spoken))) for first, names in by_first.items()}
    )
