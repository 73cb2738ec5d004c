"""The operator's announcements; one of each language is in force, and each ends by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from store import tables
from switchboard.doors import Announcement

_announcements = tables.announcements
IN_FORCE = select(_announcements).where(
    _announcements.c.until_at > bindparam("now"), _announcements.c.cleared_at.is_(None)
)


def korean_first(columns: Any) -> tuple[Any, ...]:
    """Return the order in which announcements are heard."""
    return columns.language != "ko", columns.language, columns.id


_HEARD = IN_FORCE.order_by(*korean_first(_announcements.c))


@dataclass(frozen=True)
class StoredAnnouncements:
    connection: Connection

    def set(self, announcement: Announcement, at: datetime) -> None:
        self._clear(at, _announcements.c.language == announcement.language)
        self.connection.execute(
            insert(_announcements).values(
                language=announcement.language, words=announcement.words, set_at=at, until_at=announcement.until_at
            )
        )

    def clear(self, at: datetime) -> int:
        return self._clear(at)

    def _clear(self, at: datetime, *which: object) -> int:
        live = (_announcements.c.cleared_at.is_(None), _announcements.c.until_at > at)
        return self.connection.execute(update(_announcements).where(*live, *which).values(cleared_at=at)).rowcount  # type: ignore[arg-type]

    def in_force(self, now: datetime) -> Sequence[Announcement]:
        rows = self.connection.execute(_HEARD, {"now": now})
        return [Announcement(row.language, row.words, row.until_at) for row in rows]
