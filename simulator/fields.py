"""Form fields as they travel: usually text, but an attacker may repeat, drop or garble them."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote_plus

Scalar = str | bytes
Value = Scalar | None | Sequence[Scalar]
Fields = Mapping[str, Value]
Pairs = list[tuple[str, Scalar]]


def flatten(fields: Fields) -> Pairs:
    """Return name-value pairs in order: a list repeats its name, None drops it."""
    pairs: Pairs = []
    for name, value in fields.items():
        if value is None:
            continue
        values = [value] if isinstance(value, str | bytes) else value
        pairs.extend((name, one) for one in values)
    return pairs


def encode(pairs: Pairs) -> str:
    """Return application/x-www-form-urlencoded text; bytes become their percent escapes as they are."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)
