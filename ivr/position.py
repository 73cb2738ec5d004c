"""Where a caller stands in a flow, small enough to be kept with every turn."""

from dataclasses import dataclass
from typing import Self

from ivr.flow import Flow


@dataclass(frozen=True)
class Visit:
    """A question that was answered, and the fields its answer made known: # takes them back."""

    step: str
    captured: tuple[str, ...]


@dataclass(frozen=True)
class Position:
    """The question being asked, how often it failed, and the way that led to it."""

    step: str
    failures: int = 0
    visits: tuple[Visit, ...] = ()
    turns: int = 0
    forgotten: tuple[str, ...] = ()  # facts the caller said are wrong

    @property
    def path(self) -> tuple[str, ...]:
        """The questions answered so far, oldest first."""
        return tuple(visit.step for visit in self.visits)

    def to_data(self) -> dict[str, object]:
        return {
            "step": self.step,
            "failures": self.failures,
            "visits": [[visit.step, list(visit.captured)] for visit in self.visits],
            "turns": self.turns,
            "forgotten": list(self.forgotten),
        }

    @classmethod
    def from_data(cls, data: object, flow: Flow | None = None) -> Self:
        """Read a stored position. What a newer flow no longer knows, or nobody can read, is the flow's start.

        Without the flow an unknown step stays; `walk` then begins again.
        """
        try:
            return cls._read(data, flow)
        except (KeyError, TypeError, ValueError):
            return cls(flow.start if flow else "")

    @classmethod
    def _read(cls, data: object, flow: Flow | None) -> Self:
        if not isinstance(data, dict):
            raise TypeError
        if flow and data["step"] not in flow.steps:
            return cls(flow.start)
        visits = tuple(Visit(str(step), tuple(map(str, fields))) for step, fields in data["visits"])
        return cls(
            step=str(data["step"]),
            failures=int(data["failures"]),
            visits=tuple(visit for visit in visits if flow is None or visit.step in flow.steps),
            turns=int(data["turns"]),
            forgotten=tuple(map(str, data["forgotten"])),
        )
