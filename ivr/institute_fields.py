"""The fields of the institutes as the directory words them: for the recognizer to expect."""

from functools import lru_cache

from directory.model import Directory
from ivr.directory_key import DirectoryKey
from ivr.speech_text import squeezed


@lru_cache(maxsize=8)
def _fields(key: DirectoryKey) -> tuple[str, ...]:
    words = (squeezed(field) for institute in key.directory.institutes.values() for field in institute.fields_ko)
    return tuple(dict.fromkeys(word for word in words if word))


def field_words(directory: Directory) -> tuple[str, ...]:
    """Return every field word once, in the directory's order."""
    return _fields(DirectoryKey(directory))
