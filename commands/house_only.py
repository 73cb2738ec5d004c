"""The house for commands that look or change a row, and ask nothing of the telephone network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from agents.station import Station
from calls.answer import Answer
from calls.call import CallId
from carrier.no_talks import NoTalks
from carrier.twiml import to_twiml
from commands.building import build_house, clock_of, opened_database
from commands.settings import Settings
from switchboard.doors import CarrierUnreachable
from switchboard.house import House


class NoNetwork(NoTalks):
    """A carrier that reaches nobody: its commands stay due for the process that has the network."""

    def document(self, answer: Answer) -> bytes:
        return to_twiml(answer, "")

    def ring(self, station: Station, *, path: str, status_path: str, seconds: int) -> CallId:
        raise CarrierUnreachable(f"{station}, {path}, {status_path}, {seconds}")

    def call(self, number: str, *, shown: str, path: str, status_path: str, seconds: int) -> CallId:
        raise CarrierUnreachable(f"{number}, {shown}, {path}, {status_path}, {seconds}")

    def being_called(self, number: str) -> CallId | None:
        raise CarrierUnreachable(number)

    def move(self, call_id: CallId, path: str) -> None:
        raise CarrierUnreachable(f"{call_id}, {path}")

    def end(self, call_id: CallId) -> None:
        raise CarrierUnreachable(call_id)

    def calls_in_progress(self) -> frozenset[CallId]:
        raise CarrierUnreachable("no network here")

    def holds(self, call_id: CallId) -> bool:
        raise CarrierUnreachable(call_id)


@contextmanager
def opened_house(settings: Settings, clock_file: Path | None = None) -> Iterator[House]:
    """Give the house, on the time that CLOCK_FILE or the caller says."""
    settings = replace(settings, clock_file=clock_file or settings.clock_file)
    with opened_database(settings) as database:
        yield build_house(settings, database, clock_of(settings), NoNetwork())
