"""The learned weights as bytes: a line that says what they are, the features, then one row of small numbers each."""

import json
import zlib
from array import array
from collections.abc import Mapping
from pathlib import Path

from ivr.learning.softmax import Softmax

WEIGHTS = Path(__file__).parent / "data" / "weights.bin"


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
    at = 0
    for told in head["models"]:
        width = len(told["classes"]) + 1
        rows: dict[str, array[int]] = {}
        for feature in told["features"]:
            rows[feature] = numbers[at : at + width]
            at += width
        models[told["name"]] = Softmax(tuple(told["classes"]), rows, told["step"])
    return models, str(head["taught_by"])
