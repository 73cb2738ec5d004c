"""Puts the house together: the store migrated, the directory published, the flow checked, the carrier at the door."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from carrier.http import RelocatedHttpClient
from carrier.rest import TIMEOUT_SECONDS, TwilioCarrier
from carrier.signature import is_signed
from commands.clock import FileClock, WallClock
from commands.environment import LOG_NAME
from commands.settings import Settings
from directory import reading
from directory.model import Directory
from directory.rows import DirectoryError
from ivr.flow import Flow, files_in, read_flow
from jobs.message_file import MessageFile
from store import directory_versions
from store.database import Database
from store.migrating import migrate
from store.unit_of_work import DatabaseStore
from switchboard.doors import Carrier, Clock
from switchboard.house import House, log
from tickets.follow_up import Again
from web.front_desk import FrontDesk

HERE = Path(__file__).resolve().parent.parent
DIRECTORY_FOLDER = HERE / "directory" / "data"
FLOW_FOLDER = HERE / "callflows"


class StartError(Exception):
    """The house cannot be put together; the message says why in one line."""


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    """Give the migrated database, making DATA_DIR when it is not there."""
    require_folder(settings.data_dir)
    database = Database(settings.database_url)
    try:
        database.check()
        migrate(database)
        yield database
    finally:
        database.close()


def require_folder(data_dir: Path) -> None:
    """Make DATA_DIR when it is not there, and see that it can be written to."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        (data_dir / LOG_NAME).touch()
    except OSError as error:
        raise StartError(f'DATA_DIR: "{data_dir}" cannot be used as a folder ({error.strerror})') from None


def published_directory(database: Database, now: datetime) -> Directory:
    """Return the directory in force. Files that do not read well are told of, and never replace a version that did."""
    files = reading.files_in(DIRECTORY_FOLDER)
    try:
        directory = reading.read_directory(files)
    except DirectoryError as error:
        with database.reading() as connection:
            kept = directory_versions.newest(connection)
        if kept is None:
            raise
        directory = reading.read_directory(kept)
        log.error("directory.refused", problems=str(error), in_force=directory.version)
        return directory
    with database.transaction() as connection:
        directory_versions.publish(connection, directory.version, files, now)
    return directory


def read_main_flow(directory: Directory) -> Flow:
    return read_flow(files_in(FLOW_FOLDER), directory.desks)


def build_house(settings: Settings, database: Database, clock: Clock, carrier: Carrier) -> House:
    directory = published_directory(database, datetime.now(UTC))
    return House(
        store=DatabaseStore(database),
        clock=clock,
        carrier=carrier,
        directory=directory,
        flow=read_main_flow(directory),
        fallback_number=settings.fallback_number,
        messenger=MessageFile(settings.data_dir / "messages.log", clock),
        recordings_kept_days=settings.recordings_kept_days,
        calls_per_second=settings.calls_per_second,
        most_handovers=settings.most_handovers,
        follow_up_again=Again(working_days=settings.follow_up_again_days, tries=settings.follow_up_tries),
    )


def front_desk(house: House, settings: Settings, checks: Mapping[str, Callable[[], bool]] | None = None) -> FrontDesk:
    return FrontDesk(
        checks=checks or {},
        house=house,
        public_base_url=settings.public_base_url,
        is_signed=lambda url, fields, signature: is_signed(url, fields, signature, settings.auth_tokens),
    )


def clock_of(settings: Settings) -> Clock:
    return FileClock(settings.clock_file) if settings.clock_file else WallClock()


def carrier_of(settings: Settings) -> TwilioCarrier:
    elsewhere = RelocatedHttpClient(settings.api_base_url, TIMEOUT_SECONDS) if settings.api_base_url else None
    return TwilioCarrier(settings.account_sid, settings.auth_tokens[0], settings.public_base_url, elsewhere)
