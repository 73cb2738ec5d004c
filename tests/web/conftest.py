"""The product at its edge: whoever posts to it is Twilio, or is not, or is Twilio passing on what a stranger sent."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from calls.call import Call, CallId, CallState
from commands.building import front_desk
from commands.settings import Settings
from simulator import Answer, document, sign
from simulator.courier import call as run
from simulator.courier import environment
from simulator.fields import Fields, encode, flatten
from store import tables
from store.database import Database
from switchboard import paths
from tests.stories.conftest import House, line, open_line, read_once, settings
from tickets.ticket import Ticket
from web.app import create_app

__all__ = ["line", "open_line", "read_once", "settings"]  # the fixtures of the stories, for the edge

MOST_TURNS = 20
CALL = "CA" + "0" * 32


def ringing(call_sid: str = CALL, **more: object) -> dict[str, Any]:
    """Return the fields of a caller's request as Twilio sends them."""
    fields = {"CallSid": call_sid, "AccountSid": "AC" + "1379" * 8, "From": "+821012345678", "To": "1379"}
    return fields | {"CallStatus": "ringing", "ApiVersion": "2010-04-01", "Direction": "inbound"} | more


@dataclass
class Edge:
    """The line's webhooks, and all that may be seen to have come of a post."""

    line: House
    settings: Settings
    database: Database
    told: list[dict[str, Any]] = field(default_factory=list)  # the log

    def __post_init__(self) -> None:
        self.app = create_app(front_desk(self.line.stage.house, self.settings))

    def posts(
        self,
        path: str,
        fields: Fields | None = None,
        *,
        signature: str | None = None,
        body: bytes | None = None,
        method: str = "POST",
        **environ: Any,
    ) -> Answer:
        """Post a form as Twilio would: to the public address, signed, unless a test says otherwise."""
        url = self.settings.public_base_url + path
        pairs = flatten(fields or {})
        request = environment(url, method, encode(pairs).encode("ascii") if body is None else body)
        signed = sign(self.settings.auth_tokens[0], url, pairs) if signature is None else signature
        return run(self.app.wsgi_app, request | {"HTTP_X_TWILIO_SIGNATURE": signed} | environ)

    def rings(self, call_sid: str = CALL, **more: object) -> Answer:
        return self.posts(paths.first_turn("1379"), ringing(call_sid, **more))

    def goes_on(self, answer: Answer, fields: Fields) -> Answer:
        """Post to where a document leads."""
        return self.posts(leads_to(answer, self.settings.public_base_url), fields)

    def rows(self) -> dict[str, list[Any]]:
        """Return every row of every table; the directory's own version is there before any call."""
        with self.database.reading() as connection:
            kept = [table for table in tables.metadata.sorted_tables if table is not tables.directory_versions]
            return {table.name: sorted(connection.execute(select(table)).all(), key=repr) for table in kept}

    def call(self, call_sid: str = CALL) -> Call:
        with self.line.stage.house.store.reading() as work:
            return work.calls.get(CallId(call_sid))

    def ticket(self, call_sid: str = CALL) -> Ticket | None:
        with self.line.stage.house.store.reading() as work:
            return work.tickets.of_call(CallId(call_sid))

    def events(self) -> list[str]:
        return [event["event"] for event in self.told]


def leads_to(answer: Answer, base: str) -> str:
    """Return the path a document goes on to: of its Gather or Dial, or its Redirect."""
    verbs = document.read(answer, "edge", "call").root.children
    verb = next(verb for verb in verbs if "action" in verb.attributes or verb.name == "Redirect")
    return (verb.get("action") or verb.own_text).strip().removeprefix(base).partition("#")[0]


def is_sound(answer: Answer) -> bool:
    """Say whether Twilio takes a document: raises what it would refuse or warn about."""
    assert answer.status == 200, answer
    return document.read(answer, "edge", "call").root.name == "Response"


def reaches_a_person(edge: Edge, fields: Mapping[str, Any]) -> Call:
    """Let a caller sit through the menu with these fields in every request, until somebody is called or promised."""
    answer = edge.posts(paths.first_turn("1379"), fields)
    call_id = call_of(answer)
    for _ in range(MOST_TURNS):
        assert is_sound(answer)
        if edge.call(call_id).state is not CallState.MENU:
            break
        answer = edge.goes_on(answer, fields)
    assert edge.call(call_id).state in {CallState.WAITING, CallState.TALKING, CallState.LEAVING}
    assert edge.ticket(call_id) is not None
    return edge.call(call_id)


def call_of(answer: Answer) -> str:
    """Return the id of the call that a document goes on with, "" when it ends there."""
    found = re.search(rb"/calls/(C[AX][0-9a-f]{32})/", answer.body)
    return found[1].decode() if found else ""


@contextmanager
def opened_edge(house: House, settings: Settings) -> Iterator[Edge]:
    database = Database(settings.database_url)
    with capture_logs() as told:
        yield Edge(house, settings, database, told)
    database.close()


@pytest.fixture
def sqlite_url(migrated_sqlite, tmp_path) -> str:
    shutil.copy(migrated_sqlite, tmp_path / "line.db")
    return f"sqlite:///{tmp_path / 'line.db'}"


@pytest.fixture
def edge(line, settings) -> Iterator[Edge]:
    with opened_edge(line, settings) as edge:
        yield edge
