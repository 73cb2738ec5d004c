"""The life of a leg: it rings, is answered or not, plays documents, is redirected, ends."""

from collections.abc import Callable

from simulator import recordings
from simulator.calls import Call, Request, plain
from simulator.exchange import Exchange
from simulator.faults import TwimlError
from simulator.script import Ending, Script, Steps

BROKEN_LEG_SECONDS = 1.0  # until a leg that was told to break does


def ring(exchange: Exchange, call: Call) -> None:
    """Start ringing a leg; nobody answering within `ring_seconds` ends it as no-answer."""
    if call.ended:
        return
    call.started_at = exchange.now()
    exchange.change_status(call, "initiated")
    broken = exchange.misbehaviour.legs.get(plain(call.to))
    if broken is not None:
        exchange.agenda.after(BROKEN_LEG_SECONDS, lambda: end(exchange, call, broken))
        return
    exchange.change_status(call, "ringing")
    call.ring_timer = exchange.agenda.after(call.ring_seconds, lambda: end(exchange, call, "no-answer"))


def answer(exchange: Exchange, call: Call) -> None:
    """Pick up a ringing leg; nothing happens to one that is not ringing."""
    if call.status != "ringing":
        return
    stop_ringing(call)
    call.answered_at = exchange.now()
    exchange.change_status(call, "in-progress")
    if call.when_answered is not None:
        call.when_answered()


def stop_ringing(call: Call) -> None:
    if call.ring_timer is not None:
        call.ring_timer.cancel()
        call.ring_timer = None


def end(exchange: Exchange, call: Call, status: str) -> None:
    """End a leg; its script leaves rooms and drops dialled legs. A second end changes nothing."""
    if call.ended:
        return
    stop_ringing(call)
    call.ended_at = exchange.now()
    exchange.change_status(call, status)
    call.ear = ""
    stop_script(call)
    recordings.finish_those_of(exchange, call.sid)
    tell_gone(call)


def stop_script(call: Call) -> None:
    script, call.script = call.script, None
    if script is not None:
        script.stop()


def tell_gone(call: Call) -> None:
    """Tell whoever dialled this leg, once, that it is no longer theirs."""
    tell, call.when_gone, call.when_answered = call.when_gone, None, None
    if tell is not None:
        tell()


def redirect(exchange: Exchange, call: Call, request: Request) -> None:
    """Give a call in progress new TwiML: it leaves its room or bridge at once."""
    if call.status != "in-progress":
        return
    stop_script(call)
    tell_gone(call)
    run(exchange, call, request)


def run(exchange: Exchange, call: Call, start: Request) -> None:
    """Play documents on a call from `start` on; when they run out the call ends."""
    call.script = new_script(exchange, call, start, "call", lambda _: end(exchange, call, "completed"))
    call.script.begin()


def new_script(exchange: Exchange, call: Call, start: Request, use: str, when_done: Callable[[Ending], None]) -> Script:
    steps = guarded(exchange, call, exchange.follow(exchange, call, start, use), use)
    return Script(exchange.agenda, exchange.post, steps, when_done)


def guarded(exchange: Exchange, call: Call, steps: Steps[Ending], use: str) -> Steps[Ending]:
    """Log a fault of the TwiML before it is raised; the call it happened on ends."""
    try:
        return (yield from steps)
    except TwimlError as fault:
        exchange.record_error(fault.code, call, fault.place, str(fault))
        if use == "call":
            exchange.soon(lambda: end(exchange, call, "completed"))
        raise
