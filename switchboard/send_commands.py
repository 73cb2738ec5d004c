"""Commands to the carrier leave after the commit that made them; one that got no answer is sent again."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from calls.call import CallId, CallState
from calls.leg import Leg, LegState
from routing.callback import AttemptEvent
from routing.offer import LIVE, OfferEvent
from switchboard import paths
from switchboard.call_back import call_back
from switchboard.doors import AlreadyOver, CarrierRefused, CarrierUnreachable, Command
from switchboard.end_attempt import end_attempt
from switchboard.end_offer import finish_offer
from switchboard.house import House, log
from switchboard.talk_commands import TALK_COMMANDS, take_back

TRIES = 4
LEASE_SECONDS = 8  # longer than the carrier is given to answer: a command under way is not sent a second time
MOVABLE = frozenset({CallState.WAITING, CallState.TALKING, CallState.LEAVING})
DONE, FAILED, VOID = "done", "failed", "void"


def send_commands(house: House) -> None:
    """Send every command that is due, one after the other."""
    for command in claim_commands(house):
        send_command(house, command)


def claim_commands(house: House, may_take: Callable[[], bool] = lambda: True) -> Iterator[Command]:
    """Take the commands that are due, each as long as `may_take` says there is somebody to send it."""
    with house.store.reading() as work:
        due = work.commands.due(house.now())
    for command in due:
        if not may_take():
            return
        with house.store.work() as work:
            if not work.commands.claim(command, house.now() + timedelta(seconds=LEASE_SECONDS)):
                continue
        yield command


def send_command(house: House, command: Command) -> None:
    """Ask the carrier. No transaction is open meanwhile; what it answered is kept, or it is asked again later."""
    try:
        state = COMMANDS[command.kind](house, command)
    except AlreadyOver:
        _close(house, command, VOID)
    except CarrierRefused as error:
        _give_up(house, command, str(error))
    except CarrierUnreachable as error:
        log.warning("command.unanswered", command=command.kind, call=command.call_id, error=str(error))
        _try_again(house, command, str(error))
    else:
        _close(house, command, state)


def _try_again(house: House, command: Command, error: str) -> None:
    if command.attempts + 1 >= TRIES:
        _give_up(house, command, error)
        return
    with house.store.work() as work:
        work.commands.again(command, house.now() + timedelta(seconds=2**command.attempts))


def _ring(house: House, command: Command) -> str:
    """Ring a station for an offer that still stands; the first leg to arrive at its address binds."""
    with house.store.reading() as work:
        offer = work.offers.get(command.offer_id or 0)
        rings = work.legs.of_offer(command.offer_id or 0) is not None  # a try before worked and its reply was lost
    if offer is None or offer.state not in LIVE:
        return VOID
    if rings:
        return DONE
    seconds = house.directory.desk(offer.desk).ring_seconds
    leg_id = house.carrier.ring(
        offer.station, path=paths.leg(offer.id), status_path=paths.leg_status(offer.id), seconds=seconds
    )
    with house.store.work() as work:
        work.legs.add(Leg(leg_id, offer.call_id, offer.id, offer.agent_id, LegState.RINGING, house.now()))
        offer = work.offers.get(offer.id)
        if offer is None or offer.state not in LIVE:  # the caller left while the carrier was being asked
            work.commands.add("end", command.call_id, leg_id, house.now(), command.offer_id)
    return DONE


def _move(house: House, command: Command) -> str:
    """Make the caller ask for their next turn now. A caller who has asked by themselves since is left in peace."""
    with house.store.reading() as work:
        call = work.calls.get(command.call_id)
    turn = int(command.target)
    if call is None or call.turn >= turn or call.state not in MOVABLE:
        return VOID
    house.carrier.move(call.on_the_line, paths.turn(call.line, call.id, turn))
    return DONE


def _let_go(house: House, command: Command) -> str:
    """Tell an agent that the customer they were to call back was not reached; their part ends with it."""
    house.carrier.move(CallId(command.target), paths.leg_over(command.target, 0))
    return DONE


def _end(house: House, command: Command) -> str:
    house.carrier.end(CallId(command.target))
    return DONE


def _give_up(house: House, command: Command, error: str) -> None:
    _close(house, command, FAILED, error)
    log.warning("command.failed", command=command.kind, call=command.call_id, error=error)
    if command.kind == "ring" and command.offer_id is not None:
        finish_offer(house, command.offer_id, OfferEvent.UNREACHABLE, error)
    if command.kind == "call_back":
        end_attempt(house, int(command.target), AttemptEvent.FAIL, "the carrier did not call")
    take_back(house, command)


def _close(house: House, command: Command, state: str, error: str | None = None) -> None:
    with house.store.work() as work:
        work.commands.close(command.id, state, error)


COMMANDS: Mapping[str, Callable[[House, Command], str]] = {
    "ring": _ring,
    "call_back": call_back,
    "move": _move,
    "let_go": _let_go,
    "end": _end,
    **TALK_COMMANDS,
}
