"""What the views need: the house, our public address, and a way to tell Twilio from everyone else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from switchboard.house import House

IsSigned = Callable[[str, Sequence[tuple[str, str]], str], bool]


@dataclass(frozen=True)
class FrontDesk:
    house: House
    public_base_url: str  # as configured at Twilio, without a slash at the end
    is_signed: IsSigned
