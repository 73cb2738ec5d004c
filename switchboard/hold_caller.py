"""What a caller on hold hears: a word now and then, and the music, until they are taken back."""

from calls.answer import Answer, GoOn
from calls.call import CallId
from switchboard import paths
from switchboard.house import House
from switchboard.wait_in_queue import MUSIC

ROUNDS_BETWEEN_WORDS = 3


def hold_caller(house: House, call_id: CallId, times: int) -> bytes:
    """Return one round of holding, which asks for the next. It changes no row, so it may be asked for at any time."""
    with house.store.reading() as work:
        call = work.calls.get(call_id)
    words = (house.say_to(call, "on_hold"),) if call and times % ROUNDS_BETWEEN_WORDS == 0 else ()
    return house.carrier.document((*words, *_music(call_id, times)))


def only_music(house: House, call_id: CallId, times: int) -> bytes:
    """Return a round that needs no row, for when something of ours is broken."""
    return house.carrier.document(_music(call_id, times))


def _music(call_id: CallId, times: int) -> Answer:
    return (MUSIC, GoOn(paths.hold(call_id, (times + 1) % ROUNDS_BETWEEN_WORDS)))
