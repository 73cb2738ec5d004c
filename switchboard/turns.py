"""A turn: one webhook answered with one document. Taken once; a repeat gets the same bytes."""

from collections.abc import Callable

from calls.answer import Answer, Ask, GoOn, Say, TakeMessage
from calls.call import Call, CallId
from calls.telephone_number import can_be_called_back
from directory.model import POOL
from ivr.facts import CallerFacts
from ivr.walk import Walk
from routing.opening_hours import is_open
from switchboard import paths
from switchboard.choose_agents import choose_if_due
from switchboard.doors import TurnTaken, Work
from switchboard.house import House, log

LONGEST_NOTE_SECONDS = 120
SILENCE_SECONDS = 5


def take(house: House, call_id: CallId, turn: str, decide: Callable[[Work], Answer]) -> bytes:
    """Return the document of a turn, deciding it the first time and keeping it for every repeat."""
    with house.store.work() as work:
        if not work.turns.claim(call_id, turn, house.now()):
            kept = work.turns.kept(call_id, turn)
            return repeated(call_id, turn, kept if kept is not None else house.carrier.document(()))
        document = house.carrier.document(decide(work))
        work.turns.keep(call_id, turn, document)
    choose_if_due(house, work)
    return document


def take_callers(house: House, call_id: CallId, turn: str, decide: Callable[[Work, Call | None], Answer]) -> bytes:
    """Take a turn of a caller: their call is looked up with it, locked, and both are kept with the document."""

    def with_call(work: Work) -> Answer:
        call, kept = work.calls.at_turn(call_id, turn)
        if kept is not None:
            raise TurnTaken
        return decide(work, call)

    return take_new(house, call_id, turn, with_call)


def take_new(house: House, call_id: CallId, turn: str, decide: Callable[[Work], Answer]) -> bytes:
    """Take a turn that hardly ever comes twice, and keep it with its document.

    Of two who take one turn at once, the second comes upon a row of the first, and answers with what that one kept.
    """
    try:
        with house.store.work() as work:
            document = house.carrier.document(decide(work))
            work.turns.add(call_id, turn, document, house.now())
    except TurnTaken:
        with house.store.reading() as work:
            kept = work.turns.kept(call_id, turn)
        if kept is None:
            raise
        return repeated(call_id, turn, kept)
    choose_if_due(house, work)
    return document


def repeated(call_id: CallId, turn: str, kept: bytes) -> bytes:
    """Return the document that a turn was answered with before."""
    log.info("turn.repeated", call=call_id, turn=turn)
    return kept


def facts_of(house: House, call: Call) -> CallerFacts:
    """Return what the menu may know of a caller; the hours are those of the call's start and hold for its length."""
    pool = house.directory.desks[POOL]
    return CallerFacts(
        number_kind=call.number.kind,
        suggested_region=call.number.region,
        can_call_back=can_be_called_back(call.number),
        is_open=is_open(pool, call.started_at, house.directory.hours_overrides).open,
    )


def spoken(call: Call, walk: Walk) -> Answer:
    """Turn a step of the menu into what the caller hears; the answer comes to the call's next turn."""
    notices = tuple(Say(notice.text, notice.language) for notice in walk.notices)
    if walk.records:
        return (*notices, *_note(call, walk))
    if walk.listening is None:
        return notices
    listening = walk.listening
    ask = Ask(
        say=tuple(Say(prompt.text, prompt.language) for prompt in walk.prompts),
        then=next_turn(call),
        max_keys=listening.max_keys,
        timeout_seconds=listening.timeout_seconds,
        finish_on_key=listening.finish_on_key,
        hears_speech=listening.hears_speech,
        hints=listening.hints,
        language=walk.intake.language,
    )
    return (*notices, ask)


def _note(call: Call, walk: Walk) -> Answer:
    """Take a note after the tone; when nothing is said the network goes on to the next turn by itself."""
    message = TakeMessage(
        then=paths.message(call.line, call.id, call.turn + 1),
        reports=paths.recordings_of(call.id, walk.intake.ticket),
        longest_seconds=LONGEST_NOTE_SECONDS,
        silence_seconds=SILENCE_SECONDS,
        finish_on_key="#0",
    )
    return (message, GoOn(next_turn(call)))


def next_turn(call: Call) -> str:
    return paths.turn(call.line, call.id, call.turn + 1)
