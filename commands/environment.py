"""What every command begins with: the settings, and where the log goes."""

import logging
import os
import sys
from pathlib import Path

import structlog

from commands.settings import Settings, read_settings

LOG_NAME = "line.log"


def settings_now() -> Settings:
    """Read the settings and open the log; what is odd also goes to the terminal's error stream."""
    settings = read_settings(os.environ)
    start_log(settings.data_dir)
    return settings


def start_log(data_dir: Path) -> None:
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    handlers[0].setLevel(logging.WARNING)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        handlers.append(logging.FileHandler(data_dir / LOG_NAME, encoding="utf-8"))
    except OSError:
        pass  # the folder is refused by name where the database is opened
    logging.basicConfig(level=logging.INFO, handlers=handlers, format="%(message)s", force=True)
    for noisy in ("alembic", "twilio", "werkzeug", "sqlalchemy"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], sort_keys=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
