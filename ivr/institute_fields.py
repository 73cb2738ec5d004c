"""Which institutes a spoken problem belongs to: the directory's field words, and everyday words for them."""

from collections.abc import Mapping
from functools import lru_cache

from directory.model import Directory, InstituteCode
from ivr.directory_key import DirectoryKey
from ivr.everyday_words import EVERYDAY_WORDS
from ivr.institute_names import named_institutes
from ivr.speech_text import squeezed, tokens

MOST = 3  # institutes offered


@lru_cache(maxsize=8)
def _fields(key: DirectoryKey) -> Mapping[str, frozenset[InstituteCode]]:
    """Return every word that points to institutes; everyday words point where their field words do."""
    found: dict[str, set[InstituteCode]] = {}
    for code, institute in key.directory.institutes.items():
        for field in institute.fields_ko:
            found.setdefault(squeezed(field), set()).add(code)
    named = {field: frozenset(codes) for field, codes in found.items()}
    for field, words in EVERYDAY_WORDS.items():
        for word in words.split():
            found.setdefault(word, set()).update(named.get(squeezed(field), ()))
    return {word: frozenset(codes) for word, codes in found.items() if codes}


def field_words(directory: Directory) -> tuple[str, ...]:
    return tuple(_fields(DirectoryKey(directory)))


def institutes_for(directory: Directory, utterance: str) -> tuple[InstituteCode, ...]:
    """Return the institutes for an utterance, best first: those named, else those whose fields are heard."""
    words = tokens(utterance)
    named = named_institutes(directory, words)
    if named:
        return named[:MOST]
    said, starts = "".join(words), set(words)
    scores: dict[InstituteCode, int] = {}
    for word, codes in _fields(DirectoryKey(directory)).items():
        if is_heard(word, said, starts):
            for code in codes:
                scores[code] = scores.get(code, 0) + len(word) * 10 // len(codes)
    best = sorted(scores, key=lambda code: (-scores[code], code))
    return tuple(code for code in best if scores[code] * 2 >= scores[best[0]])[:MOST]


def is_heard(word: str, said: str, words: set[str]) -> bool:
    """Tell whether a word was said: long ones anywhere, two syllables at the start of a word, one only alone."""
    if len(word) == 1:
        return word in words
    if len(word) == 2:
        return any(spoken.startswith(word) for spoken in words)
    return word in said
