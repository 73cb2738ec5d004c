"""What the carrier is asked for a talk, each once per row, and what becomes of the rows when it will not do it.

Hold and mute are brought to what the row says at the moment of asking, and once more when the row has changed
meanwhile: of two commands that pass each other on the way, the later wish wins.
"""

from collections.abc import Callable, Mapping

from agents.station import read_station
from calls.call import CallId, CallState
from calls.leg import Leg, LegState
from calls.talk import Control, Hold, Recorder, TalkState, Voice
from calls.talk_supervision import Supervised, SupervisorEvent
from switchboard import paths
from switchboard.doors import AlreadyOver, Command
from switchboard.house import House

DONE, VOID = "done", "void"
_MOST_CHANGES = 5  # of mind while the carrier is asked
_OPPOSITE: Mapping[str, Control] = {
    Control.HOLD: Control.UNHOLD,
    Control.UNHOLD: Control.HOLD,
    Control.MUTE: Control.UNMUTE,
    Control.UNMUTE: Control.MUTE,
    Control.PAUSE_RECORDING: Control.RESUME_RECORDING,
    Control.RESUME_RECORDING: Control.PAUSE_RECORDING,
    Control.START_RECORDING: Control.STOP_RECORDING,
    Control.STOP_RECORDING: Control.START_RECORDING,
}


def _hold(house: House, command: Command) -> str:
    def bring(leg: Leg) -> None:
        if leg.talk.hold is Hold.ON_HOLD:
            house.carrier.hold(leg.call_id, _caller(house, leg), paths.hold(leg.call_id, 0))
        else:
            house.carrier.unhold(leg.call_id, _caller(house, leg))

    return _bring(house, command, lambda talk: talk.hold, bring)


def _mute(house: House, command: Command) -> str:
    def bring(leg: Leg) -> None:
        house.carrier.mute(leg.call_id, leg.id, muted=leg.talk.voice is Voice.MUTED)

    return _bring(house, command, lambda talk: talk.voice, bring)


def _bring(
    house: House, command: Command, part: Callable[[TalkState], Hold | Voice], bring: Callable[[Leg], None]
) -> str:
    """Bring the carrier to what the row says, until both agree or the talk is over."""
    brought: Hold | Voice | None = None
    for _ in range(_MOST_CHANGES):
        leg = _talking(house, command)
        if leg is None:
            return VOID if brought is None else DONE
        if part(leg.talk) is brought:
            return DONE
        brought = part(leg.talk)
        bring(leg)
    return DONE


def _pause_recording(house: House, command: Command) -> str:
    leg = _talking(house, command)
    if leg is None or leg.talk.recorder is not Recorder.PAUSED:
        return VOID
    house.carrier.pause_recording(leg.call_id, _caller(house, leg))
    return DONE


def _resume_recording(house: House, command: Command) -> str:
    leg = _talking(house, command)
    if leg is None or leg.talk.recorder is not Recorder.RECORDING:
        return VOID
    house.carrier.resume_recording(leg.call_id, _caller(house, leg))
    return DONE


def _stop_recording(house: House, command: Command) -> str:
    leg = _talking(house, command)
    if leg is None:
        return VOID
    house.carrier.stop_recording(leg.call_id, _caller(house, leg))
    return DONE


def _start_recording(house: House, command: Command) -> str:
    leg = _talking(house, command)
    if leg is None or leg.talk.recorder is Recorder.STOPPED:
        return VOID
    house.carrier.start_recording(_caller(house, leg), paths.recordings_of(leg.call_id))
    return DONE


def _supervise(house: House, command: Command) -> str:
    """Call a supervisor who is still wanted. One who was sent away while the carrier was being asked is ended."""
    supervision_id = int(command.target)
    with house.store.reading() as work:
        wanted = work.supervisions.get(supervision_id)
    if wanted is None or wanted.state is Supervised.OVER:
        return VOID
    if wanted.leg_id is not None:  # a try before worked and its reply was lost
        return DONE
    try:
        leg_id = house.carrier.supervise(
            wanted.call_id,
            read_station(wanted.station),
            wanted.mode,
            agent_leg=wanted.agent_leg,
            label=f"supervision-{wanted.id}",
            status_path=paths.supervision_status(wanted.id),
        )
    except AlreadyOver:
        if command.attempts == 0:  # otherwise a try before may have worked; its leg will tell of itself
            take_back(house, command)
        raise
    with house.store.work() as work:
        work.supervisions.bind(supervision_id, leg_id)
        now = work.supervisions.get(supervision_id)
        if now is None or now.state is Supervised.OVER:
            work.commands.add("end", command.call_id, leg_id, house.now())
    return DONE


def _change_supervising(house: House, command: Command) -> str:
    with house.store.reading() as work:
        wanted = work.supervisions.get(int(command.target))
    if wanted is None or wanted.leg_id is None or wanted.state is not Supervised.PRESENT:
        return VOID
    house.carrier.change_supervising(wanted.call_id, wanted.leg_id, wanted.mode, wanted.agent_leg)
    return DONE


def _remove(house: House, command: Command) -> str:
    house.carrier.remove(command.call_id, CallId(command.target))
    return DONE


TALK_COMMANDS: Mapping[str, Callable[[House, Command], str]] = {
    Control.HOLD: _hold,
    Control.UNHOLD: _hold,
    Control.MUTE: _mute,
    Control.UNMUTE: _mute,
    Control.PAUSE_RECORDING: _pause_recording,
    Control.RESUME_RECORDING: _resume_recording,
    Control.STOP_RECORDING: _stop_recording,
    Control.START_RECORDING: _start_recording,
    "supervise": _supervise,
    "change_supervising": _change_supervising,
    "remove": _remove,
}


def take_back(house: House, command: Command) -> None:
    """Let the rows say what is so when the carrier will not do what was asked for a talk; other kinds stay."""
    with house.store.work() as work:
        if command.kind == "supervise":
            work.supervisions.move(int(command.target), SupervisorEvent.GONE, house.now())
        if command.kind in _OPPOSITE:
            work.legs.control(CallId(command.target), _OPPOSITE[command.kind])


def _caller(house: House, leg: Leg) -> CallId:
    """Return what the carrier knows the other party of an agent's talk by."""
    with house.store.reading() as work:
        call = work.calls.get(leg.call_id)
    return call.on_the_line if call else leg.call_id


def _talking(house: House, command: Command) -> Leg | None:
    """Return the agent's leg of a command, as long as the talk on it goes on."""
    with house.store.reading() as work:
        call, leg = work.calls.get(command.call_id), work.legs.get(CallId(command.target))
    if call is None or leg is None or call.state is not CallState.TALKING or leg.state is not LegState.TALKING:
        return None
    return leg
