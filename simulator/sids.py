"""Twilio's identifiers: two letters and 32 hex digits, the same for the same seed."""

from random import Random


class Sids:
    """A source of identifiers that repeats itself from run to run."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - repeatable on purpose, no secret

    def new(self, prefix: str) -> str:
        return prefix + self.token_hex()

    def token(self) -> str:
        """Return an idempotency token in the form of a UUID."""
        digits = self.token_hex()
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def token_hex(self) -> str:
        return f"{self._random.getrandbits(128):032x}"
