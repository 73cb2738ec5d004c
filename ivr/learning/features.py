"""An utterance as the features the weights are for: short runs of syllables, with names of bodies and places masked."""

from collections.abc import Sequence

from directory.model import Directory
from ivr.institute_names import Named, names_in
from ivr.region_speech import Mention, mentions
from ivr.speech_text import OTHERS, OURS, PLACE, tokens

LONGEST_RUN = 3  # syllables
MOST_SYLLABLES = 400  # looked at; who speaks longer has said what they want by then


def features_of(directory: Directory, utterance: str) -> tuple[str, ...]:
    return runs(masked(directory, tokens(utterance)))


def runs(said: str) -> tuple[str, ...]:
    """Return every run of one to three syllables once; spaces do not count, as recognizers set them at will."""
    text = f"^{said[:MOST_SYLLABLES]}$"
    found = dict.fromkeys(
        text[at : at + length] for length in range(1, LONGEST_RUN + 1) for at in range(len(text) - length + 1)
    )
    return tuple(found)


def short_runs(features: Sequence[str]) -> tuple[str, ...]:
    """Return the runs of one and two syllables: what names a field is short, what tells a wish is longer."""
    return tuple(feature for feature in features if len(feature) < LONGEST_RUN)


def masked(
    directory: Directory,
    words: Sequence[str],
    named: Sequence[Named] | None = None,
    placed: Sequence[Mention] | None = None,
) -> str:
    """Return the words without spaces, each name as one sign; what was found already need not be found again."""
    said = "".join(words)
    spans = [
        (one.start, one.end, OURS if one.is_ours else OTHERS)
        for one in (names_in(directory, words) if named is None else named)
    ]
    spans += [
        (place.start, place.start + len(place.name.spoken), PLACE)
        for place in (mentions(directory, words) if placed is None else placed)
        if not place.name.needs_context
    ]
    for start, end, sign in sorted(spans, reverse=True):
        said = said[:start] + sign + said[end:]
    return said
