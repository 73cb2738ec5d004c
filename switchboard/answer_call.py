"""A call comes in: it is stored, and hears the opening and the first question."""

from dataclasses import dataclass, replace

from calls.answer import Answer, HangUp, Reject, Say
from calls.call import Call, CallId, CallState
from calls.telephone_number import can_be_called_back, read_number
from ivr.intake import Intake
from ivr.walk import End, Walk, begin
from records.record import Record
from switchboard.doors import TurnTaken, Work
from switchboard.enter_queue import enter_queue
from switchboard.house import House, log
from switchboard.look_up_ticket import settled
from switchboard.own_numbers import is_own_number
from switchboard.turn_names import CALLER_COMES
from switchboard.turns import facts_of, spoken, take_new

PROMISES = frozenset({"person_coming", "gives_up", "relay_wait"})  # prompts that say a person comes at once


@dataclass(frozen=True)
class Ringing:
    """A call as the carrier announces it."""

    call_id: CallId
    line: str
    caller: str  # From as it came
    dialed: str  # To as it came


def answer_call(house: House, ringing: Ringing) -> bytes:
    """Answer a call; one that comes from ourselves goes round in a circle, and is refused before anything is kept."""
    if is_own_number(ringing.caller):
        log.warning("call.rejected", call=ringing.call_id, line=ringing.line, why="it comes from a number of ours")
        return house.carrier.document((Reject(),))
    begun = _begin(house, ringing)
    return begun or take_new(house, ringing.call_id, CALLER_COMES, lambda work: _open(house, work, ringing))


def _begin(house: House, ringing: Ringing) -> bytes | None:
    """Answer a call that begins with a question: decided without a lock, and kept by one statement.

    None when it is more than that, or is there already: then it is answered in a transaction of its own.
    """
    call = new_call(house, ringing)
    with house.store.reading() as work:
        walk, announced = _greeted(house, work, call)
    if walk.end is not None:
        return None
    call = after(call, walk)
    document = house.carrier.document((*announced, *spoken(call, walk)))
    started = _started(call)
    if not house.store.keep_begun(call, CALLER_COMES, document, started):
        return None
    log.info(started.kind, call=call.id, **started.fields)
    return document


def _open(house: House, work: Work, ringing: Ringing) -> Answer:
    call = new_call(house, ringing)
    begun, announced = _greeted(house, work, call)
    walk = settled(house, work, call, begun)
    call = after(call, walk)
    store_call(work, call)
    return (*announced, *proceed(house, work, call, walk))


def _greeted(house: House, work: Work, call: Call) -> tuple[Walk, tuple[Say, ...]]:
    """Return the walk at the first question, and what is announced before it.

    A caller whose number has an open case is asked whether this is the same matter.
    """
    number = call.number.national if can_be_called_back(call.number) else None
    greeting = work.greetings.of(number, house.now())
    walk = begin(house.flow, house.directory, facts_of(house, call), greeting.open_ticket)
    return walk, tuple(Say(one.words, one.language) for one in greeting.announced)


def after(call: Call, walk: Walk) -> Call:
    """Return the call as it stands once it was led so far."""
    return replace(call, position=walk.position.to_data(), intake=walk.intake.to_data())


def new_call(house: House, ringing: Ringing) -> Call:
    """Return the call as it stands before the menu."""
    area_codes = {code: region.code for region in house.directory.regions.values() for code in region.area_codes}
    return Call(
        id=ringing.call_id,
        line=ringing.line,
        dialed=ringing.dialed,
        number=read_number(ringing.caller, area_codes),
        state=CallState.MENU,
        turn=0,
        position={},
        intake=Intake().to_data(),
        started_at=house.now(),
        directory_version=house.directory.version,
        flow_version=house.flow.version,
    )


def store_call(work: Work, call: Call) -> None:
    if not work.calls.add(call):
        raise TurnTaken
    started = _started(call)
    work.records.append(started)
    log.info(started.kind, call=call.id, **started.fields)


def _started(call: Call) -> Record:
    fields = {"line": call.line, "caller_kind": str(call.number.kind), "region_suggested": call.number.region}
    return Record("call.started", call.started_at, call=call.id, fields=fields)


def proceed(house: House, work: Work, call: Call, walk: Walk) -> Answer:
    """Say the next step of the menu, or take the place in the queue when the intake is complete."""
    if walk.end is not End.WAIT:
        return spoken(call, walk)
    queued = enter_queue(house, work, call, walk.intake)
    if HangUp() in queued:  # nobody can come: do not promise it in the same breath
        walk = replace(walk, notices=tuple(said for said in walk.notices if said.prompt not in PROMISES))
    return (*spoken(call, walk), *queued)
