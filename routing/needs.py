"""What a caller needs of an agent beyond the desk: skills and a language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Needs:
    """Skills the agent must have, each at least so well, and those that are welcome, the dearest first."""

    required: tuple[tuple[str, int], ...] = ()
    preferred: tuple[str, ...] = ()

    def are_met_by(self, skills: Mapping[str, int]) -> bool:
        return all(skills.get(skill, 0) >= least for skill, least in self.required)

    def lack(self, skills: Mapping[str, int]) -> tuple[int, ...]:
        """Return what orders agents by the preferred skills: for each, less the better it is known."""
        return tuple(-skills.get(skill, 0) for skill in self.preferred)


NOTHING = Needs()


def language_skill(language: str) -> str:
    """Return a language as the skill of an agent: `lang_en`."""
    return f"lang_{language}"


def with_language(needs: Needs, language: str, spoken: Collection[str]) -> Needs:
    """Return the needs of a caller who wants this language, given what those signed in along their route speak.

    Nobody is helped by a talk they cannot follow, so the language is required as long as somebody who speaks it is
    signed in at a desk of the caller's route, busy or not. Without such a person any voice is better than none: then it
    is only preferred, before all else. It is to be asked again whenever one who speaks it signs on or off.
    """
    if language in spoken:
        return Needs((*needs.required, (language, 1)), needs.preferred)
    return Needs(needs.required, (language, *needs.preferred))
