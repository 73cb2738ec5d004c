"""The operator's announcement: every caller hears it before the menu until its time is over, or it is cleared."""

from datetime import datetime

from records.record import Record
from switchboard.doors import Announcement
from switchboard.house import House, log

LONGEST_WORDS = 500  # about a minute and a half, read aloud


class AnnouncementError(Exception):
    """An announcement that cannot be made; the message says what is wrong with it."""


def set_announcement(house: House, words: str, until: datetime, language: str) -> Announcement:
    """Let callers hear it from now on. Raises AnnouncementError for no words, too many, or a time that has passed."""
    now, words = house.now(), " ".join(words.split())
    if not 0 < len(words) <= LONGEST_WORDS:
        raise AnnouncementError(f"the announcement has {len(words)} characters (expected 1 to {LONGEST_WORDS})")
    if until <= now:
        raise AnnouncementError(f"--until {until.isoformat()} has passed (expected a moment after {now.isoformat()})")
    announcement = Announcement(language, words, until)
    with house.store.work() as work:
        work.announcements.set(announcement, now)
        fields = {"language": language, "until": until.isoformat(), "words": words}
        work.records.append(Record("announcement.set", now, fields=fields))
    log.info("announcement.set", language=language, until=until.isoformat())
    return announcement


def clear_announcements(house: House) -> int:
    """End all announcements now; return how many there were."""
    with house.store.work() as work:
        cleared = work.announcements.clear(house.now())
        if cleared:
            work.records.append(Record("announcement.cleared", house.now(), fields={"count": cleared}))
    return cleared
