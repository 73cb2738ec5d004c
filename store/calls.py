"""Calls, their turns and the agents' legs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, insert, literal, select, text, true, update

from calls.call import CALL, PROMISED, Call, CallEvent, CallId, CallState, Outcome
from calls.leg import LEG, Leg, LegEvent, LegState
from calls.talk import CHANGES, Control, Hold, Recorder, TalkState, Voice
from directory.model import AgentId
from store import tables
from store.callers import caller_of, caller_values
from store.driven import Driven
from store.inserts import insert_if_new
from store.locking import is_only_read, locked
from store.moves import move
from store.unwritten import Unwritten

_NOBODY_THERE = [str(state) for state in (CallState.PROMISED, CallState.DIALING, CallState.ENDED)]
# Written once: a statement of every turn costs more to write than to run.
_calls, _turns = tables.calls, tables.turns
_OF_TURN = (_turns.c.call_id == bindparam("of_call"), _turns.c.turn == bindparam("of_turn"))
_KEEP_DOCUMENT = update(_turns).where(*_OF_TURN).values(document=bindparam("document"))
_KEPT_DOCUMENT = select(_turns.c.document).where(*_OF_TURN)
_GET_CALL = select(_calls).where(_calls.c.id == bindparam("of_call"))  # locked: its writers take turns
_ASKED_AT_TURN = select(_calls, select(_turns.c.document).where(*_OF_TURN).scalar_subquery().label("kept")).where(
    _calls.c.id == bindparam("of_call")
)
_AT_TURN, _AT_TURN_LOCKED = Driven(_ASKED_AT_TURN), Driven(_ASKED_AT_TURN.with_for_update())
_LOCK_CALLS = Driven(text("SELECT id FROM calls WHERE id = ANY (:call_ids) ORDER BY id FOR UPDATE"))
_KEPT = ("turn", "position", "intake", "say_next", "ticket")  # the rest is as it began, or moved by its life
_KEEP_CALL = update(_calls).where(_calls.c.id == bindparam("of_call")).values({name: bindparam(name) for name in _KEPT})
_TURN_IN_MENU = case(
    (_calls.c.state == literal(str(CallState.MENU)), _calls.c.turn)
)  # by the key, not the index of states
_STEP = _KEEP_CALL.where(bindparam("turn") - 1 == _TURN_IN_MENU)
_STEPPED = _STEP.returning(_calls.c.id).cte("stepped")
_TURN_COLUMNS = (_turns.c.call_id, _turns.c.turn, _turns.c.taken_at, _turns.c.document)
_TURN_VALUES = [bindparam(f"turn_{column.name}", type_=column.type) for column in _TURN_COLUMNS[1:]]
_KEEP_STEP = Driven(insert(_turns).from_select(_TURN_COLUMNS, select(_STEPPED.c.id, *_TURN_VALUES)))
_legs = tables.legs
_LEGS_OF_OFFER = (
    select(_legs)
    .where(_legs.c.offer_id == bindparam("of_offer"))
    .order_by(_legs.c.state != str(LegState.ENDED), _legs.c.started_at)
)


@dataclass(frozen=True)
class StoredTurns:
    connection: Connection
    unwritten: Unwritten

    def claim(self, call_id: CallId, turn: str, at: datetime) -> bool:
        return insert_if_new(self.connection, tables.turns, {"call_id": call_id, "turn": turn, "taken_at": at})

    def add(self, call_id: CallId, turn: str, document: bytes, at: datetime) -> None:
        self.unwritten.add(_turns, {"call_id": call_id, "turn": turn, "taken_at": at, "document": document})

    def keep(self, call_id: CallId, turn: str, document: bytes) -> None:
        self.connection.execute(_KEEP_DOCUMENT, {"of_call": call_id, "of_turn": turn, "document": document})

    def kept(self, call_id: CallId, turn: str) -> bytes | None:
        document = self.connection.scalar(_KEPT_DOCUMENT, {"of_call": call_id, "of_turn": turn})
        return None if document is None else bytes(document)


def lock_calls(connection: Connection, call_ids: Collection[CallId]) -> None:
    if connection.dialect.name != "sqlite":  # there a writer is alone
        _LOCK_CALLS.count(connection, {"call_ids": list(call_ids)})


@dataclass(frozen=True)
class StoredCalls:
    connection: Connection

    def add(self, call: Call) -> bool:
        return insert_if_new(self.connection, _calls, call_row(call))

    def get(self, call_id: CallId) -> Call | None:
        row = self.connection.execute(locked(self.connection, _GET_CALL), {"of_call": call_id}).one_or_none()
        return None if row is None else _call(row)

    def at_turn(self, call_id: CallId, turn: str) -> tuple[Call | None, bytes | None]:
        at_turn = _AT_TURN if is_only_read(self.connection) else _AT_TURN_LOCKED
        rows = at_turn.rows(self.connection, {"of_call": call_id, "of_turn": turn})
        if not rows:
            return None, None
        (row,) = rows
        return _call(row), None if row.kept is None else bytes(row.kept)

    def lock(self, call_ids: Collection[CallId]) -> None:
        lock_calls(self.connection, call_ids)

    def keep(self, call: Call) -> None:
        self.connection.execute(_KEEP_CALL, {"of_call": call.id, **_kept(call)})

    def step(self, call: Call, document: bytes, at: datetime) -> bool:
        """Keep a step of the menu with the document of its turn."""
        values = {"of_call": call.id, **_kept(call)}
        row = {"turn": str(call.turn), "taken_at": at, "document": document}
        if self.connection.dialect.name != "sqlite":  # which changes no rows within a question
            values |= {f"turn_{name}": value for name, value in row.items()}
            return _KEEP_STEP.count(self.connection, values) == 1
        if self.connection.execute(_STEP, values).rowcount != 1:
            return False
        self.connection.execute(insert(_turns), {"call_id": call.id, **row})
        return True

    def move(self, call_id: CallId, event: CallEvent, outcome: Outcome | None = None) -> bool:
        changes = {} if outcome is None else {"outcome": str(outcome)}
        return move(self.connection, tables.calls, call_id, CALL, event, changes=changes)

    def move_and_keep(self, call: Call, event: CallEvent) -> bool:
        return move(self.connection, tables.calls, call.id, CALL, event, changes=_kept(call))

    def unended(self, before: datetime | None = None) -> Sequence[CallId]:
        calls = tables.calls
        ids = self.connection.scalars(
            select(calls.c.id)
            .where(calls.c.state.not_in(_NOBODY_THERE), calls.c.party.is_(None))
            .where(true() if before is None else calls.c.started_at <= before)
            .order_by(calls.c.started_at)
        )
        return [CallId(call_id) for call_id in ids]

    def connect_party(self, call_id: CallId, party: CallId | None) -> None:
        self.connection.execute(update(tables.calls).where(tables.calls.c.id == call_id).values(party=party))

    def owe(self, call_id: CallId, prompt: str) -> None:
        self.connection.execute(update(tables.calls).where(tables.calls.c.id == call_id).values(say_next=prompt))

    def left_message(self, call_id: CallId) -> bool:
        left = self.connection.execute(
            update(tables.calls)
            .where(tables.calls.c.id == call_id, tables.calls.c.outcome.in_([str(one) for one in PROMISED]))
            .values(outcome=str(Outcome.VOICEMAIL))
        )
        return left.rowcount == 1

    def end(self, call_id: CallId, outcome: Outcome, at: datetime) -> bool:
        changes = {"outcome": str(outcome), "ended_at": at, "say_next": None}
        return move(self.connection, tables.calls, call_id, CALL, CallEvent.GONE, changes=changes)


def _kept(call: Call) -> dict[str, Any]:
    return {name: getattr(call, name) for name in _KEPT}


def call_row(call: Call) -> dict[str, Any]:
    return {
        "id": call.id,
        **_kept(call),
        "line": call.line,
        "dialed": call.dialed,
        **caller_values(call.number),
        "state": str(call.state),
        "outcome": call.outcome,
        "party": call.party,
        "directory_version": call.directory_version,
        "flow_version": call.flow_version,
        "started_at": call.started_at,
        "ended_at": call.ended_at,
    }


def _call(row: Row[Any]) -> Call:
    return Call(
        id=CallId(row.id),
        line=row.line,
        dialed=row.dialed,
        number=caller_of(row),
        state=CallState(row.state),
        turn=row.turn,
        position=row.position,
        intake=row.intake,
        started_at=row.started_at,
        directory_version=row.directory_version,
        flow_version=row.flow_version,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        ticket=row.ticket,
        say_next=row.say_next,
        ended_at=row.ended_at,
        party=None if row.party is None else CallId(row.party),
    )


@dataclass(frozen=True)
class StoredLegs:
    connection: Connection

    def add(self, leg: Leg) -> bool:
        return insert_if_new(
            self.connection,
            tables.legs,
            {
                "id": leg.id,
                "call_id": leg.call_id,
                "offer_id": leg.offer_id,
                "agent_id": leg.agent_id,
                "state": str(leg.state),
                "started_at": leg.started_at,
            },
        )

    def get(self, leg_id: CallId) -> Leg | None:
        row = self.connection.execute(select(tables.legs).where(tables.legs.c.id == leg_id)).one_or_none()
        return None if row is None else _leg(row)

    def of_offer(self, offer_id: int) -> Leg | None:
        row = self.connection.execute(_LEGS_OF_OFFER, {"of_offer": offer_id}).all()
        return _leg(row[-1]) if row else None

    def unended(self, before: datetime) -> Sequence[CallId]:
        legs = tables.legs
        ids = self.connection.scalars(
            select(legs.c.id).where(legs.c.state != LegState.ENDED, legs.c.started_at <= before)
        )
        return [CallId(leg_id) for leg_id in ids]

    def move(self, leg_id: CallId, event: LegEvent, at: datetime) -> bool:
        changes = {"ended_at": at} if event is LegEvent.GONE else {}
        return move(self.connection, tables.legs, leg_id, LEG, event, changes=changes)

    def control(self, leg_id: CallId, control: Control) -> bool:
        change, legs = CHANGES[control], tables.legs
        part = legs.c[change.part]
        changed = self.connection.execute(
            update(legs)
            .where(legs.c.id == leg_id, legs.c.state == LegState.TALKING, part.in_([str(one) for one in change.takes]))
            .values({change.part: str(change.leads_to)})
        )
        return changed.rowcount == 1


def _leg(row: Row[Any]) -> Leg:
    return Leg(
        id=CallId(row.id),
        call_id=CallId(row.call_id),
        offer_id=row.offer_id,
        agent_id=AgentId(row.agent_id),
        state=LegState(row.state),
        started_at=row.started_at,
        ended_at=row.ended_at,
        talk=TalkState(Hold(row.hold), Voice(row.voice), Recorder(row.recorder)),
    )
