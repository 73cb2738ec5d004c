"""TwiML as a tree that knows the place of each element."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """One element; `own_text` is the text directly inside it, `text` includes what stands in its children."""

    name: str
    attributes: Mapping[str, str]
    own_text: str
    text: str
    children: tuple["Node", ...]
    place: str

    def get(self, attribute: str, default: str = "") -> str:
        return self.attributes.get(attribute, default)

    def number(self, attribute: str, default: int) -> int:
        return int(self.attributes.get(attribute, default))

    def says(self, attribute: str, *, default: bool) -> bool:
        return self.attributes.get(attribute, str(default).lower()) == "true"
