"""How long and how often a URL is tried: Twilio's connection overrides, in the URL's fragment.

https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag

POLICIES = frozenset({"4xx", "5xx", "ct", "rt", "all"})
RANGES = {"ct": (100, 10_000), "rt": (100, 15_000), "tt": (100, 15_000), "rc": (0, 5)}


@dataclass(frozen=True)
class Limits:
    """In real seconds, whatever the network's clock shows."""

    connect_seconds: float = 5.0
    read_seconds: float = 15.0
    total_seconds: float = 15.0  # of all tries together
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})

    def retries_after(self, outcome: str) -> bool:
        """Say whether an outcome, one of ct, rt, 4xx and 5xx, is tried again."""
        return outcome in self.retry_on or ("all" in self.retry_on and outcome in POLICIES)


def limits(url: str) -> Limits:
    """Read a URL's fragment; a value out of range or unknown leaves the default."""
    wanted = dict(parse_qsl(urldefrag(url).fragment))

    def number(name: str, default: int) -> int:
        value = wanted.get(name, "")
        least, most = RANGES[name]
        return int(value) if value.isdecimal() and least <= int(value) <= most else default

    policy = frozenset(wanted.get("rp", "ct").split(","))
    return Limits(
        number("ct", 5000) / 1000,
        number("rt", 15_000) / 1000,
        number("tt", 15_000) / 1000,
        number("rc", 1),
        policy if policy <= POLICIES else frozenset({"ct"}),
    )
