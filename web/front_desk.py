"""What the views need: the house, our public address, and a way to tell Twilio from everyone else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from switchboard.house import House

IsSigned = Callable[[str, Sequence[tuple[str, str]], str], bool]


@dataclass(frozen=True)
class FrontDesk:
    house: House
    public_base_url: str  # as configured at Twilio, without a slash at the end
    is_signed: IsSigned
    checks: Mapping[str, Callable[[], bool]] = field(default_factory=dict)  # what must hold to take calls, by name
