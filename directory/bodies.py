"""Who helps, and for where: regions and their places, the centers that serve them, and the institutes."""

from dataclasses import dataclass
from datetime import date

from directory.codes import CenterCode, InstituteCode, RegionCode


@dataclass(frozen=True)
class Region:
    """One of the 17 provinces and metropolitan cities."""

    code: RegionCode
    name_ko: str
    name_en: str
    short_ko: str  # as people say it: 경기, 서울
    area_codes: tuple[str, ...]
    adjacent: tuple[RegionCode, ...]
    aliases: tuple[str, ...]
    fallback: RegionCode | None


@dataclass(frozen=True)
class Place:
    """A city, county, district or industrial complex as callers name it."""

    name_ko: str
    region: RegionCode
    kind: str
    spoken_forms: tuple[str, ...]
    ambiguous_with: tuple[RegionCode, ...]
    area_code_exception: str | None
    needs_context: bool  # the word means something else too: believe it only beside another sign of place


@dataclass(frozen=True)
class Center:
    """A regional counseling center."""

    code: CenterCode
    name_ko: str
    name_en: str
    host_institute: InstituteCode
    city_ko: str
    covers: tuple[RegionCode, ...]
    backup: CenterCode


@dataclass(frozen=True)
class CenterOpening:
    """The day from which a center serves its regions, and who does before."""

    center: CenterCode
    opens_on: date  # Korean
    before: CenterCode


@dataclass(frozen=True)
class Institute:
    """A government research institute with its desk for small companies."""

    code: InstituteCode
    name_ko: str
    name_en: str
    current_name_ko: str | None
    fields_ko: tuple[str, ...]
    fields_en: tuple[str, ...]
    spoken_aliases: tuple[str, ...]

    @property
    def spoken_name(self) -> str:
        """The name in force today, as it is said to a caller."""
        return self.current_name_ko or self.name_ko
