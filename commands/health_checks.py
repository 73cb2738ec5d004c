"""What must hold of a process that takes calls."""

import time
from collections.abc import Callable, Mapping

from commands.ticking import Ticker
from store.database import Database

TICKER_MAY_REST_SECONDS = 10.0
REMEMBERED_SECONDS = 1.0


def checks_of(database: Database, ticker: Ticker) -> Mapping[str, Callable[[], bool]]:
    return {
        "database": remembered(database.takes_writes),
        "ticker": lambda: ticker.looked_within(TICKER_MAY_REST_SECONDS),
    }


def remembered(holds: Callable[[], bool]) -> Callable[[], bool]:
    """Ask at most once a second: anybody may look at our health, and a look should cost the callers nothing."""
    asked_at, told = float("-inf"), False

    def asked() -> bool:
        nonlocal asked_at, told
        if time.monotonic() - asked_at < REMEMBERED_SECONDS:
            return told
        asked_at = time.monotonic()
        try:
            told = holds()
        except Exception:
            told = False
            raise
        return told

    return asked
