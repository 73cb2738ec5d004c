"""The numbered places of a "which one?" question."""

from dataclasses import dataclass

from directory.model import Directory, RegionCode
from ivr.intake import Intake
from ivr.prompts import Prompts

MOST = 9  # keys 1 to 9


@dataclass(frozen=True)
class PlaceChoice:
    """One place to choose; `place` is set where the region's name alone would not tell them apart."""

    region: RegionCode
    place: str | None


def choices_of(directory: Directory, intake: Intake) -> tuple[PlaceChoice, ...]:
    """Return the choices in the order they are numbered."""
    candidates = tuple(code for code in intake.region_candidates if code in directory.regions)[:MOST]
    place = shared_place(directory, candidates)
    return tuple(PlaceChoice(code, qualified(directory, code, place)) for code in candidates)


def shared_place(directory: Directory, candidates: tuple[RegionCode, ...]) -> str | None:
    """Return the one place name that could be in any of two regions: 고성군 for 강원 and 경남."""
    if len(candidates) != 2:
        return None
    names = {place.name_ko for place in directory.places if set(place.ambiguous_with) == set(candidates)}
    return names.pop() if len(names) == 1 else None


def qualified(directory: Directory, code: RegionCode, place: str | None) -> str | None:
    region = directory.regions[code]
    if place is None:
        return None
    return region.name_ko if place in region.aliases else f"{region.short_ko} {place}"


def _place(choice: PlaceChoice, language: str) -> str:
    """Return the place in Korean; in another language the regions' names alone tell them apart."""
    return choice.place if choice.place and language == "ko" else str(choice.region)


def spoken_choices(prompts: Prompts, directory: Directory, intake: Intake, language: str) -> str:
    """Return the choices as a sentence: 광주광역시는 일 번, 경기 광주시는 이 번."""
    said = (
        prompts.speak("choice", language, place=_place(choice, language), key=number).text
        for number, choice in enumerate(choices_of(directory, intake), start=1)
    )
    return ", ".join(said)
