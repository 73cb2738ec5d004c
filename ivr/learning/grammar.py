"""Sentences out of phrases: each trouble said in several ways, each frame filled with things, names and times.

Nothing is left to chance: which parts meet is read off the words themselves.
"""

import re
import zlib
from collections.abc import Iterator, Sequence

from ivr.korean import with_particle
from ivr.learning.corpus import Corpus, Labelled

TROUBLE_SAID, THING_SAID, FRAME_SAID, NAMES_EACH = 3, 2, 2, 6  # ways each is said
STRIDE = 61  # from the frame a thing is said in to the next
SHORTEST_OPENED = 8  # syllables: a shorter answer is said without an opening
SLOT = re.compile(r"\{(\w+)\}(이|은|을|으로|하고|에서|에|쪽)?")
PAST = re.compile("(.*[았었했됐렸졌났갔왔봤컸샀섰겼켰쳤폈혔꼈])어요")
STEM = re.compile("(.*[^이에])요")


def sentences(corpus: Corpus) -> Iterator[Labelled]:
    """Return every sentence the phrases and frames make."""
    for trouble in corpus.troubles:
        for number in range(TROUBLE_SAID):
            yield _told(trouble, number, corpus)
    of_things = [frame for frame in corpus.frames if "{thing}" in frame.utterance]
    for number in range(THING_SAID):
        for at, thing in enumerate(corpus.things):
            yield _filled(of_things[(at + number * STRIDE) % len(of_things)], number, thing, corpus)
    for frame in corpus.frames:
        if "{thing}" not in frame.utterance:
            for number in range(NAMES_EACH if "{" in frame.utterance else FRAME_SAID):
                yield _filled(frame, number, corpus.things[0], corpus)


def _told(trouble: Labelled, number: int, corpus: Corpus) -> Labelled:
    """Return a trouble as one caller may tell it; the first time as it stands."""
    if number == 0:
        return trouble
    dice = _dice(trouble.utterance, number)
    own = [words for words, codes in corpus.things if codes[0] == trouble.institutes[0]]
    opening = _pick(corpus.ways["trouble_opening"], dice // 97)
    opening = opening.replace("{thing}", _pick(own, dice // 53)).replace("{place}", _pick(corpus.ways["place"], dice))
    return Labelled(f"{opening} {_ended(trouble, dice, corpus)}", trouble.category, "", trouble.institutes)


def _ended(trouble: Labelled, dice: int, corpus: Corpus) -> str:
    """Return the trouble with another ending: 벗겨져요 is 벗겨져서 그러는데요, 떨어졌어요 is 떨어졌는데요."""
    if past := PAST.fullmatch(trouble.utterance):
        return past[1] + _pick(corpus.ways["after_past"], dice)
    if stem := STEM.fullmatch(trouble.utterance):
        return stem[1] + _pick(corpus.ways["after_stem"], dice)
    return trouble.utterance + _pick(corpus.ways["after_other"], dice)


def _filled(frame: Labelled, number: int, filling: tuple[str, tuple[str, ...]], corpus: Corpus) -> Labelled:
    dice, ways = _dice(frame.utterance, number), corpus.ways
    thing, codes = filling
    values = {
        "thing": thing,
        "inst": _pick(ways["institute"], dice),
        "not_ours": _pick(ways["not_ours"], dice // 7),
        "period": _pick(ways["period"], dice // 11),
        "place": _pick(ways["place"], dice // 13),
    }
    opened = number > 0 and len(frame.utterance) >= SHORTEST_OPENED
    opening = _pick(ways["frame_opening"], dice // 17) if opened else ""
    said = SLOT.sub(lambda slot: _with(values[slot[1]], slot[2]), f"{opening} {frame.utterance}")
    return Labelled(said, frame.category, "", codes if "{thing}" in frame.utterance else (), frame.note)


def _with(value: str, particle: str | None) -> str:
    if particle in {"이", "은", "을", "으로"}:
        return with_particle(value, particle)
    return value + (particle or "")


def _dice(words: str, number: int) -> int:
    return zlib.crc32(f"{number} {words}".encode())


def _pick(among: Sequence[str], dice: int) -> str:
    return among[dice % len(among)]
