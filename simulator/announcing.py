"""An announcement to one participant or to all of a conference."""

from simulator import rooms
from simulator.calls import Call, Request
from simulator.exchange import Exchange
from simulator.room import Room
from simulator.script import Ending, Script, Steps, Wait
from simulator.turn import Turn, start_sound
from simulator.voice import fetch


def announce(exchange: Exchange, room: Room, people: list[str], request: Request) -> None:
    """Fetch a document once and play it to those people, then tell that it ended."""
    heard_by = [room.participants[sid].call for sid in people if sid in room.participants]
    if heard_by:
        steps = speak(exchange, room, heard_by, request)
        Script(exchange.agenda, exchange.post, steps, lambda _: None).begin()


def speak(exchange: Exchange, room: Room, heard_by: list[Call], request: Request) -> Steps[Ending]:
    errors = exchange.error_count
    text = yield from fetch(exchange, heard_by[0], request, "announcement")
    if exchange.error_count > errors and text.url == request.url and "application error" in text.root.text:
        rooms.tell(exchange, room, "announcement-fail", {"ReasonAnnouncementFailed": "the document was not fetched"})
        return Ending.RAN_OUT
    for prompt in text.root.children:
        listening = [call for call in heard_by if call.sid in room.participants]
        seconds = [start_sound(Turn(exchange, call, text), prompt) for call in listening]
        yield Wait(max(seconds, default=0.0))
        for call in listening:
            call.ear = ""
    rooms.tell(exchange, room, "announcement-end", {})
    return Ending.RAN_OUT
