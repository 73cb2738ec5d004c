"""The command that calls a callback's customer: once for each attempt, whatever becomes of the carrier's replies."""

from calls.call import CallId
from calls.telephone_number import read_number
from routing.callback import RING_SECONDS, UNDER_WAY, Attempt, AttemptEvent
from switchboard import paths
from switchboard.doors import Command, Work
from switchboard.end_attempt import end_attempt
from switchboard.house import House
from switchboard.open_tiers import may_ring

DONE, VOID = "done", "void"


def call_back(house: House, command: Command) -> str:
    """Call the customer of an attempt that still stands, in the hours of the desk that is to talk to them.

    Before a second try the carrier is asked whether the first one worked and only its reply was lost.
    """
    with house.store.reading() as work:
        attempt = work.callbacks.get(int(command.target))
        offer = work.offers.get(command.offer_id or 0)
    if attempt is None or attempt.state not in UNDER_WAY:
        return VOID
    if attempt.leg_id is not None:  # its reply was lost, and it has told of itself
        return DONE
    if offer and not may_ring(house, offer.desk):
        end_attempt(house, attempt.id, AttemptEvent.WITHDRAW, "the desk has closed")
        return VOID
    number = read_number(attempt.number, {}).e164
    if number is None:
        end_attempt(house, attempt.id, AttemptEvent.FAIL, "the number cannot be called")
        return VOID
    started = house.carrier.being_called(number) if command.attempts else None
    leg_id = started or house.carrier.call(
        number,
        shown=_shown(house, attempt),
        path=paths.callback_answer(attempt.id, 0),
        status_path=paths.callback_status(attempt.id),
        seconds=RING_SECONDS,
    )
    with house.store.work() as work:
        _keep(house, work, attempt, leg_id)
    return DONE


def _shown(house: House, attempt: Attempt) -> str:
    """Return the number of ours that the customer's telephone shows."""
    with house.store.reading() as work:
        ticket = work.tickets.of_call(attempt.call_id)
    desk = ticket.desk if ticket else next(iter(house.directory.waiting))
    return house.directory.lines[house.directory.waiting_at(desk).shown_number].shown_as


def _keep(house: House, work: Work, attempt: Attempt, leg_id: CallId) -> None:
    """Keep the leg; one that nobody wants any more is ended."""
    if not work.callbacks.bind(attempt.id, leg_id) and not work.commands.has("end", leg_id):
        work.commands.add("end", attempt.call_id, leg_id, house.now())
