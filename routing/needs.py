"""What a caller needs of an agent beyond the desk: skills and a language."""

from collections.abc import Mapping
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


def with_language(needs: Needs, language: str, *, spoken: bool) -> Needs:
    """Return the needs of a caller who wants a language that is spoken, or not, by someone signed in along their route.

    Nobody is helped by a talk they cannot follow, so such a person is waited for, busy or not. Without one,
    any voice is better than none: then the language is only preferred, before all else. To be asked again whenever one
    who speaks it comes or goes.
    """
    if spoken:
        return Needs((*needs.required, (language, 1)), needs.preferred)
    return Needs(needs.required, (language, *needs.preferred))
