"""What somebody wrote, or said at the tone, into a case."""

from dataclasses import dataclass
from datetime import datetime

from tickets.number import TicketNumber
from tickets.written import CaseError, written

CALLER = "caller"  # the author of what a caller left by telephone


@dataclass(frozen=True)
class Note:
    """`recording` is a voice note's, under its id in `recordings`; such a note may have no words."""

    ticket: TicketNumber
    at: datetime
    author: str
    text: str
    recording: str | None = None


def make_note(ticket: TicketNumber, at: datetime, author: str, text: str, recording: str | None = None) -> Note:
    """Return the note, or raise CaseError when there is neither a word nor a recording."""
    kept = "" if recording and not text.strip() else written("note", text)
    return Note(ticket, at, author, kept, recording)


def check_satisfaction(satisfaction: int) -> int:
    """Return a satisfaction of 1 (not at all) to 5 (very), or raise CaseError."""
    if satisfaction not in range(1, 6):
        raise CaseError(f"satisfaction: {satisfaction} (expected 1 to 5)")
    return satisfaction
