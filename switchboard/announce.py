"""The operator's announcement: every caller hears it before the menu until its time is over, or it is cleared."""

from datetime import datetime

from agents.rights import Act
from directory.codes import AgentId
from records.record import Record
from switchboard.acting import acting
from switchboard.doors import Announcement
from switchboard.house import House, log

LONGEST_WORDS = 500  # about a minute and a half, read aloud


class AnnouncementError(Exception):
    """An announcement that cannot be made; the message says what is wrong with it."""


def set_announcement(house: House, words: str, until: datetime, language: str, by: AgentId) -> Announcement:
    """Let callers hear it from now on. Raises AnnouncementError, for no words, too many, or a past time; NotAllowed."""
    now, words = house.now(), " ".join(words.split())
    if not 0 < len(words) <= LONGEST_WORDS:
        raise AnnouncementError(f"the announcement has {len(words)} characters (expected 1 to {LONGEST_WORDS})")
    if until <= now:
        raise AnnouncementError(f"--until {until.isoformat()} has passed (expected a moment after {now.isoformat()})")
    announcement = Announcement(language, words, until)
    with acting(house, by, Act.ANNOUNCE) as work:
        work.announcements.set(announcement, now)
        fields = {"language": language, "until": until.isoformat(), "words": words}
        work.records.append(Record("announcement.set", now, agent=by, fields=fields))
    log.info("announcement.set", language=language, until=until.isoformat(), by=by)
    return announcement


def clear_announcements(house: House, by: AgentId) -> int:
    """End all announcements now; return how many there were."""
    with acting(house, by, Act.ANNOUNCE) as work:
        cleared = work.announcements.clear(house.now())
        if cleared:
            work.records.append(Record("announcement.cleared", house.now(), agent=by, fields={"count": cleared}))
    return cleared
