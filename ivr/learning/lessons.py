"""What is learned from the corpus: the service, the institutes, and what lies outside the line's services."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from directory.model import Directory
from ivr.learning.complement import counted, with_complements
from ivr.learning.corpus import Corpus, Labelled
from ivr.learning.features import features_of, short_runs
from ivr.learning.grammar import sentences
from ivr.learning.mishearing import misheard
from ivr.learning.softmax import Softmax
from ivr.learning.training import Example, Weights, learned_from, learned_more, rounded
from ivr.learning.weights import WEIGHTS, packed, unpacked

NO_FIELD = "none"  # the words tell no field of any institute
OUT_OF_SCOPE = "out_of_scope"
WHOLE_CALLS = 4  # times a whole call counts, beside a sentence put together from parts
WAYS = range(2)  # in which each is misheard
FIRST_CHOICE = 0.6  # of several right institutes, how right the first is


@dataclass(frozen=True)
class Learned:
    """Models; what each decides is its name, and the second is another opinion on the service."""

    service: Softmax
    institute: Softmax
    outside: Softmax
    second: Softmax


@lru_cache(maxsize=1)
def learned() -> Learned:
    """Return what the line has learned: part of the program, as its lists of words are; read once."""
    models, _ = unpacked(WEIGHTS.read_bytes())
    return Learned(**models)


@dataclass(frozen=True)
class Basics:
    """What is learned from sentences of our own, to which labelled calls are added; not to the second opinion."""

    service: Weights
    institute: Weights
    outside: Weights
    second: Weights


def basics(directory: Directory, own: Sequence[Labelled]) -> Basics:
    service, institute, outside = _examples(directory, own)
    return Basics(
        service=learned_from(service),
        institute=with_complements(learned_from(institute), institute),
        outside=learned_from(outside),
        second=counted([Example(short_runs(one.features), one.targets) for one in service]),
    )


def learn(directory: Directory, known: Basics, calls: Sequence[Labelled]) -> Learned:
    """Return what is known after labelled calls; none leave it as it was."""
    before = (known.service, known.institute, known.outside)
    service, institute, outside = (
        rounded(learned_more(one, more)) for one, more in zip(before, _examples(directory, calls), strict=True)
    )
    return Learned(service, institute, outside, rounded(known.second))


def _examples(directory: Directory, calls: Sequence[Labelled]) -> tuple[list[Example], list[Example], list[Example]]:
    taught = [(one, features_of(directory, one.utterance)) for one in calls]
    outside = [lesson for lesson in taught if lesson[0].category == OUT_OF_SCOPE]
    inside = [lesson for lesson in taught if lesson[0].category != OUT_OF_SCOPE]
    return (
        [Example(found, ((one.category, 1.0),)) for one, found in taught],
        [Example(short_runs(found), fields_of(one)) for one, found in inside],
        [Example(found, ((kind_outside(one), 1.0),)) for one, found in outside],
    )


def own_sentences(corpus: Corpus) -> list[Labelled]:
    """Return all that was written to learn from: whole calls also as a recognizer mishears them."""
    told = [*sentences(corpus), *corpus.sentences * WHOLE_CALLS]
    return told + [replace(one, utterance=misheard(one.utterance, way)) for way in WAYS for one in corpus.sentences]


def fields_of(one: Labelled) -> tuple[tuple[str, float], ...]:
    first, *others = one.institutes or (NO_FIELD,)
    if not others:
        return ((first, 1.0),)
    return ((first, FIRST_CHOICE), *((code, (1 - FIRST_CHOICE) / len(others)) for code in others))


def kind_outside(one: Labelled) -> str:
    """Return the signal a note stands for: emergency, abuse, refer:1357; "" for what only is not for us."""
    tags = one.note.split()
    if "emergency" in tags:
        return "emergency"
    if {"abuse", "swearing", "threat", "sexual_harassment"} & set(tags):
        return "abuse"
    return next((tag for tag in tags if tag.startswith("refer:")), "")


def as_bytes(found: Learned, taught_by: str) -> bytes:
    models = {"service": found.service, "institute": found.institute, "outside": found.outside, "second": found.second}
    return packed(models, taught_by)
