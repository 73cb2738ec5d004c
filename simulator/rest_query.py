"""The parameters of a REST request, and the paging of lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from simulator.rest_errors import INVALID_PARAMETER, RestError


@dataclass(frozen=True)
class Query:
    """What was asked: names and values as sent, and the sids in the path."""

    pairs: Sequence[tuple[str, str]]
    path: dict[str, str]
    uri: str

    def get(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.pairs if key == name), default)

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def flag(self, name: str, *, default: bool) -> bool:
        return self.get(name, str(default)).lower() == "true"

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Return a whole number within bounds, or refuse with 400."""
        value = self.get(name, str(default))
        if not value.isdecimal() or not least <= int(value) <= most:
            raise RestError(400, INVALID_PARAMETER, f"{name} {value!r}: expected {least} to {most}")
        return int(value)

    def refuse_unknown(self, known: frozenset[str]) -> None:
        """Refuse parameters this simulator does not play, rather than ignore them."""
        for name, _ in self.pairs:
            if name not in known:
                raise RestError(400, INVALID_PARAMETER, f"{name}: the simulator does not know this parameter")


def page(query: Query, name: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one page of a list with Twilio's paging fields."""
    size = query.number("PageSize", 50, 1, 1000)
    number = query.number("Page", 0, 0, 1_000_000)
    shown = list(rows[number * size : (number + 1) * size])
    more = (number + 1) * size < len(rows)
    filters = [(key, value) for key, value in query.pairs if key not in {"Page", "PageSize", "PageToken"}]

    def uri(of: int) -> str:
        return f"{query.uri}?{urlencode([*filters, ('PageSize', size), ('Page', of)])}"

    return {
        name: shown,
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + max(len(shown) - 1, 0),
        "uri": uri(number),
        "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1) if more else None,
        "previous_page_uri": uri(number - 1) if number else None,
    }
