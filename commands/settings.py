"""The settings, read once from the environment; a wrong one stops the start by its name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from tickets.follow_up import AS_A_RULE
from tickets.owner import MOST_HANDOVERS

T = TypeVar("T")


class SettingError(Exception):
    """Everything wrong with the settings, one a line: name, value and what was expected."""


@dataclass(frozen=True)
class Settings:
    data_dir: Path
    database_url: str
    host: str
    port: int
    public_base_url: str
    account_sid: str
    auth_tokens: tuple[str, ...]  # two while one replaces the other; the first is ours to send with
    fallback_number: str | None
    carrier: str | None  # simulator or twilio, as said; serving refuses to guess
    api_base_url: str | None  # where the carrier's REST API is; None: Twilio's own address
    calls_per_second: float  # how many calls the carrier starts for us
    web_processes: int
    clock_file: Path | None  # a demo's own day, shared by its processes
    redis_url: str | None  # None: a private queue server that this program starts
    recordings_kept_days: int
    follow_up_again_days: int  # working days
    follow_up_tries: int
    most_handovers: int  # of one case, before a supervisor must say so


SECRETS = frozenset({"TWILIO_AUTH_TOKEN"})  # never printed, not even when wrong
SIMULATED_ACCOUNT = "AC" + "1379" * 8
SIMULATED_TOKEN = "simulated-network-only"  # noqa: S105 (opens nothing: the simulated network is in this process)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings of the simulated line. Raises SettingError with every setting that is wrong."""
    problems: list[str] = []

    def setting(name: str, default: str, read: Callable[[str], T], expected: str) -> T:
        value = environ.get(name, "").strip() or default
        try:
            return read(value)
        except ValueError:
            shown = "(hidden)" if name in SECRETS else f'"{value}"'
            problems.append(f"{name}: {shown} is not {expected}")
            return read(default)

    data_dir = setting("DATA_DIR", "var", Path, "a folder")
    port = setting("PORT", "1379", _whole(1, 65535), "a port: expected 1 to 65535")
    settings = Settings(
        data_dir=data_dir,
        database_url=setting(
            "DATABASE_URL",
            f"sqlite:///{data_dir.absolute() / 'line.db'}",
            _database_url,
            "a database: expected sqlite:///FILE or postgresql://…",
        ),
        host=setting("HOST", "127.0.0.1", _word, "a host: expected a name or address"),
        port=port,
        public_base_url=setting(
            "PUBLIC_BASE_URL", f"http://127.0.0.1:{port}", base_url, "an address: expected http(s)://HOST"
        ),
        account_sid=setting(
            "TWILIO_ACCOUNT_SID", SIMULATED_ACCOUNT, _account_sid, "an account: expected AC and 32 hexadecimal digits"
        ),
        auth_tokens=setting("TWILIO_AUTH_TOKEN", SIMULATED_TOKEN, _tokens, "one token, or two with a comma between"),
        fallback_number=setting("FALLBACK_NUMBER", "", _number, "a number: expected E.164 such as +8231…"),
        carrier=setting("CARRIER", "", _carrier, "a carrier: expected simulator or twilio"),
        api_base_url=setting("TWILIO_API_BASE_URL", "", _api_base_url, "an address: expected http(s)://HOST"),
        calls_per_second=setting("TWILIO_CALLS_PER_SECOND", "1", _rate, "a rate: expected 0.1 to 1000 calls a second"),
        web_processes=setting("WEB_PROCESSES", "1", _whole(1, 64), "a number of processes: expected 1 to 64"),
        clock_file=setting("CLOCK_FILE", "", _file, "a file"),
        redis_url=setting("REDIS_URL", "", _redis_url, "a Redis server: expected redis(s)://HOST or unix://FILE"),
        most_handovers=setting("HANDOVERS_AT_MOST", str(MOST_HANDOVERS), _whole(0, 99), "a number: expected 0 to 99"),
        follow_up_again_days=setting(
            "FOLLOW_UP_AGAIN_DAYS", str(AS_A_RULE.working_days), _whole(1, 30), "working days: expected 1 to 30"
        ),
        follow_up_tries=setting(
            "FOLLOW_UP_TRIES", str(AS_A_RULE.tries), _whole(1, 30), "a number of calls: expected 1 to 30"
        ),
        recordings_kept_days=setting("RECORDINGS_KEPT_DAYS", "365", _whole(1, 36500), "days: expected 1 to 36500"),
    )
    if settings.web_processes > 1 and settings.database_url.startswith("sqlite"):
        problems.append(f'WEB_PROCESSES: "{settings.web_processes}" need PostgreSQL (expected 1 with SQLite)')
    if problems:
        raise SettingError("\n".join(problems))
    return settings


def _whole(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number within bounds, written in plain digits and no more of them than the most has."""

    def read(value: str) -> int:
        if not re.fullmatch(f"[0-9]{{1,{len(str(most))}}}", value) or not least <= int(value) <= most:
            raise ValueError(value)
        return int(value)

    return read


def _word(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.:\-]+", value):
        raise ValueError(value)
    return value


def _database_url(value: str) -> str:
    if not re.match(r"(sqlite|postgresql)(\+[a-z0-9]+)?://", value):
        raise ValueError(value)
    return value


def _carrier(value: str) -> str | None:
    if value not in {"", "simulator", "twilio"}:
        raise ValueError(value)
    return value or None


def _api_base_url(value: str) -> str | None:
    return base_url(value) if value else None


def _rate(value: str) -> float:
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", value) or not 0.1 <= float(value) <= 1000:
        raise ValueError(value)
    return float(value)


def _file(value: str) -> Path | None:
    return Path(value) if value else None


def _redis_url(value: str) -> str | None:
    if value and not re.match(r"(rediss?|unix)://.", value):
        raise ValueError(value)
    return value or None


def base_url(value: str) -> str:
    """Return an address without its last slash; what is none, or names a page of ours, is a ValueError."""
    parts = urlsplit(value)
    whole = parts.scheme in {"http", "https"} and parts.hostname and not parts.query and not parts.fragment
    if not whole or parts.port == 0 or parts.path.startswith("/voice"):  # reading a port that is none is a ValueError
        raise ValueError(value)
    return value.rstrip("/")


def _account_sid(value: str) -> str:
    if not re.fullmatch(r"AC[0-9a-f]{32}", value):
        raise ValueError(value)
    return value


def _tokens(value: str) -> tuple[str, ...]:
    tokens = tuple(token.strip() for token in value.split(","))
    if not all(tokens) or len(tokens) > 2:
        raise ValueError(value)
    return tokens


def _number(value: str) -> str | None:
    if value and not re.fullmatch(r"\+[1-9][0-9]{6,14}", value):
        raise ValueError(value)
    return value or None
