"""A figure of the bench: what was measured, beside its floor and its limit, as one line of JSON."""

import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """How long the requests of one round took; `wall_seconds` is the length of the whole round."""

    seconds: Sequence[float]
    wall_seconds: float

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.wall_seconds

    def at(self, share: float) -> float:
        """Return the time in milliseconds within which that share was answered."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


@dataclass(frozen=True)
class Rounds:
    """The rounds of one side. A median over rounds is what a busy moment of the machine moves least."""

    rounds: Sequence[Times]

    @property
    def n(self) -> int:
        return sum(len(times.seconds) for times in self.rounds)

    @property
    def p50_ms(self) -> float:
        return statistics.median(times.at(0.5) for times in self.rounds)

    @property
    def p99_ms(self) -> float:
        return statistics.median(times.at(0.99) for times in self.rounds)

    @property
    def per_second(self) -> float:
        return statistics.median(times.per_second for times in self.rounds)


@dataclass(frozen=True)
class Figure:
    """One line. `value`, in `unit`, is what `limit` is about; None stands where there is nothing to say."""

    name: str
    db: str | None
    n: int
    value: float
    unit: str
    limit: float | None
    ok: bool
    p50_ms: float | None = None
    p99_ms: float | None = None
    floor_p50_ms: float | None = None
    floor_p99_ms: float | None = None
    ratio: float | None = None
    p95_ms: float | None = None

    def line(self) -> str:
        keys = ("name", "db", "n", "p50_ms", "p95_ms", "p99_ms", "floor_p50_ms", "floor_p99_ms", "ratio", "limit", "ok")
        return json.dumps({key: _rounded(getattr(self, key)) for key in (*keys, "value", "unit")})


def beside_floor(
    name: str, db: str, pair: tuple[Rounds, Rounds], ratio: float, limit: float | None, ok: bool
) -> Figure:
    """Return a figure whose limit is about its ratio to the floor; the pair is the figure's rounds and the floor's."""
    ours, floor = pair
    return Figure(
        name=name,
        db=db,
        n=ours.n,
        value=ratio,
        unit="times the floor",
        limit=limit,
        ok=ok,
        p50_ms=ours.p50_ms,
        p99_ms=ours.p99_ms,
        floor_p50_ms=floor.p50_ms,
        floor_p99_ms=floor.p99_ms,
        ratio=ratio,
    )


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
