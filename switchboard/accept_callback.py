"""An agent takes a callback: its customer is called while they hold the line, or they are told of a message to hear."""

from calls.answer import Answer, HangUp, Role, Say, Talk
from calls.call import CallId, Outcome
from routing.offer import Offer
from routing.queue_entry import EntryMode, QueueEntry
from switchboard import paths
from switchboard.doors import Work
from switchboard.end_of_talk import begin_wrap_up
from switchboard.give_case import give_case
from switchboard.house import House
from switchboard.offer_callback import begin_for_customer
from switchboard.promise_callback import close_callback


def accept_callback(house: House, work: Work, offer: Offer, leg_id: CallId) -> Answer:
    """Return what the agent hears; a customer who is being called already is called no second time."""
    entry = work.queue.get(offer.entry_id)
    if entry is None:
        return (HangUp(),)
    if entry.number is None:  # to hear it is all there is to do, and so the case is theirs
        return _message_alone(house, work, entry, offer)
    begin_for_customer(house, work, entry, offer, offer.id)
    prompt = "callback_dialing_message" if entry.mode is EntryMode.MESSAGE else "callback_dialing"
    return (Say(house.say(prompt)), Talk(offer.call_id, Role.AGENT, paths.leg_over(leg_id, 1)))


def _message_alone(house: House, work: Work, entry: QueueEntry, offer: Offer) -> Answer:
    """Hand a message that was left without a number to the agent, whose wrap-up is the time to hear it."""
    give_case(house, work, offer)
    close_callback(house, work, entry, Outcome.VOICEMAIL, "handed to an agent: no number was left")
    begin_wrap_up(house, work, offer)
    return (Say(house.say("message_alone", ticket=entry.ticket)), HangUp())
