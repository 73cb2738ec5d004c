"""The learned weights as bytes: a line that says what they are, the features, then one row of small numbers each."""

import json
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.learning.softmax import Softmax

WEIGHTS = Path(__file__).parent / "data" / "weights.bin"


@dataclass(frozen=True, eq=False)
class Rows(Mapping[str, Sequence[int]]):
    """Rows side by side in one array, each found by its feature: apart they would take a hundred bytes more each."""

    starts: Mapping[str, int]
    numbers: "array[int]"
    width: int

    def __getitem__(self, feature: str) -> Sequence[int]:
        start = self.starts[feature]
        return self.numbers[start : start + self.width]

    def get(self, feature: str, default: Sequence[int] | None = None) -> Sequence[int] | None:  # type: ignore[override]
        start = self.starts.get(feature)
        return default if start is None else self.numbers[start : start + self.width]

    def __contains__(self, feature: object) -> bool:
        return feature in self.starts

    def __iter__(self) -> Iterator[str]:
        return iter(self.starts)

    def __len__(self) -> int:
        return len(self.starts)


def packed(models: Mapping[str, Softmax], taught_by: str) -> bytes:
    """Return the models as bytes; `taught_by` is the fingerprint of the words they were learned from."""
    head = {
        "taught_by": taught_by,
        "models": [
            {"name": name, "classes": model.classes, "step": model.step, "features": list(model.rows)}
            for name, model in models.items()
        ],
    }
    numbers = array("b", (number for model in models.values() for row in model.rows.values() for number in row))
    return zlib.compress(json.dumps(head, ensure_ascii=False).encode() + b"\n" + numbers.tobytes(), 9)


def unpacked(data: bytes) -> tuple[dict[str, Softmax], str]:
    """Return the models by name, and the fingerprint of what they were learned from."""
    first, _, rest = zlib.decompress(data).partition(b"\n")
    head, numbers = json.loads(first), array("b", rest)
    models: dict[str, Softmax] = {}
    same: dict[str, str] = {}  # most features are of several models
    at = 0
    for told in head["models"]:
        width = len(told["classes"]) + 1
        starts = {same.setdefault(feature, feature): at + width * n for n, feature in enumerate(told["features"])}
        at += width * len(starts)
        models[told["name"]] = Softmax(tuple(told["classes"]), Rows(starts, numbers, width), told["step"])
    return models, str(head["taught_by"])
