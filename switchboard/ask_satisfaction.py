"""After the counselor has ended the talk: one key says how satisfied the caller is. Asked once; nothing waits for it.

The prompt owed to the call says where the caller stands: the question, and once it was asked the thanks.
"""

from dataclasses import replace

from calls.answer import Answer, Ask, HangUp
from calls.call import Call
from ivr.ears import ears_of
from ivr.walk import Heard, Keys, Speech
from switchboard.doors import Work
from switchboard.house import House
from switchboard.rate_ticket import rate_ticket
from switchboard.turns import next_turn

QUESTION, THANKS = "satisfaction", "thanks"
ANSWERS = "12345"
WAIT_SECONDS = 5


def after_talk(house: House, work: Work, call: Call, heard: Heard) -> Answer:
    """Ask, or take the answer; whatever it is, and also silence, the caller is thanked and let go."""
    match call.say_next:
        case "satisfaction":
            work.calls.keep(replace(call, say_next=THANKS))
            return (_question(house, call),)
        case "thanks":
            work.calls.keep(replace(call, say_next=None))
            _take_answer(house, work, call, heard)
            return (house.say_to(call, THANKS), HangUp())
        case _:
            return (HangUp(),)


def _question(house: House, call: Call) -> Ask:
    return Ask(
        say=(house.say_to(call, QUESTION),),
        then=next_turn(call),
        max_keys=1,
        timeout_seconds=WAIT_SECONDS,
        hears_speech=True,
        language=call.language,
    )


def _take_answer(house: House, work: Work, call: Call, heard: Heard) -> None:
    key = _key_of(call, heard)
    ticket = work.tickets.of_call(call.id)
    if ticket and key and key in ANSWERS:
        rate_ticket(house, work, ticket, int(key))


def _key_of(call: Call, heard: Heard) -> str | None:
    match heard:
        case Keys():
            return heard.digits
        case Speech():
            return ears_of(call.language).spoken_key(heard.text)
        case _:
            return None
