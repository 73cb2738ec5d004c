"""What people write into a case, as it can be kept."""

import re
import unicodedata

LONGEST = 4000  # characters
_UNKEEPABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class CaseError(Exception):
    """A case cannot be dealt with as asked; the message says why, and what was expected, in one line."""


def written(what: str, text: str, longest: int = LONGEST) -> str:
    """Return the text with its Hangul composed and without what no database takes.

    Raises CaseError, naming what it was to be, when nothing is left or when it is too long.
    """
    kept = unicodedata.normalize("NFC", _UNKEEPABLE.sub("\ufffd", text)).strip()
    if not kept:
        raise CaseError(f"{what}: nothing is written (expected words)")
    if len(kept) > longest:
        raise CaseError(f"{what}: {len(kept)} characters (expected at most {longest})")
    return kept
