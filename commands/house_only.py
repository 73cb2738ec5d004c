"""The house for commands that look or change a row, and ask nothing of the telephone network."""

from collections.abc import Iterator
from contextlib import contextmanager

from agents.station import Station
from calls.answer import Answer
from calls.call import CallId
from carrier.twiml import to_twiml
from commands.building import WallClock, build_house, opened_database
from commands.settings import Settings
from switchboard.doors import CarrierUnreachable
from switchboard.house import House


class NoNetwork:
    """A carrier that reaches nobody: its commands stay due for the process that has the network."""

    def document(self, answer: Answer) -> bytes:
        return to_twiml(answer, "")

    def ring(self, station: Station, *, path: str, status_path: str, seconds: int) -> CallId:
        raise CarrierUnreachable(f"{station}, {path}, {status_path}, {seconds}")

    def move(self, call_id: CallId, path: str) -> None:
        raise CarrierUnreachable(f"{call_id}, {path}")

    def end(self, call_id: CallId) -> None:
        raise CarrierUnreachable(call_id)


@contextmanager
def opened_house(settings: Settings) -> Iterator[House]:
    with opened_database(settings) as database:
        yield build_house(settings, database, WallClock(), NoNetwork())
