"""Where a caller stands in a flow, small enough to be kept with every turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from ivr.facts import restored
from ivr.flow import Flow
from ivr.intake import Intake


@dataclass(frozen=True)
class Visit:
    """A question that was answered, and what its answer changed: # takes that back."""

    step: str
    before: Mapping[str, object] = field(default_factory=dict)  # intake field -> its value before the answer
    forgot: tuple[str, ...] = ()  # facts the answer said are wrong

    def to_data(self) -> dict[str, object]:
        before = {name: list(value) if isinstance(value, tuple) else value for name, value in self.before.items()}
        return {"step": self.step, "before": before, "forgot": list(self.forgot)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        known = {part.name for part in fields(Intake)}
        before = {name: value for name, value in data["before"].items() if name in known}
        restored(Intake(), before)  # raises ValueError on a category or source nobody knows
        before = {name: tuple(value) if isinstance(value, list) else value for name, value in before.items()}
        return cls(str(data["step"]), before, tuple(map(str, data["forgot"])))


@dataclass(frozen=True)
class Position:
    """The question being asked, how often it failed, and the way that led to it."""

    step: str
    failures: int = 0
    visits: tuple[Visit, ...] = ()
    turns: int = 0
    forgotten: tuple[str, ...] = ()  # facts the caller said are wrong
    served: bool = False  # what they wanted was told: leaving now is no giving up

    @property
    def path(self) -> tuple[str, ...]:
        """The questions answered so far, oldest first."""
        return tuple(visit.step for visit in self.visits)

    def to_data(self) -> dict[str, object]:
        return {
            "step": self.step,
            "failures": self.failures,
            "visits": [visit.to_data() for visit in self.visits],
            "turns": self.turns,
            "forgotten": list(self.forgotten),
            "served": self.served,
        }

    @classmethod
    def from_data(cls, data: object, flow: Flow | None = None) -> Self:
        """Read a stored position. What a newer flow no longer knows, or nobody can read, is the flow's start.

        Without the flow an unknown step stays; `walk` then begins again.
        """
        try:
            return cls._read(data, flow)
        except (AttributeError, KeyError, TypeError, ValueError):
            return cls(flow.start if flow else "")

    @classmethod
    def _read(cls, data: object, flow: Flow | None) -> Self:
        if not isinstance(data, dict):
            raise TypeError
        if flow and data["step"] not in flow.steps:
            return cls(flow.start)
        visits = tuple(Visit.from_data(visit) for visit in data["visits"])
        return cls(
            step=str(data["step"]),
            failures=int(data["failures"]),
            visits=tuple(visit for visit in visits if flow is None or visit.step in flow.steps),
            turns=int(data["turns"]),
            forgotten=tuple(map(str, data["forgotten"])),
            served=bool(data.get("served", False)),
        )
