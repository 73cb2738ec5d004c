"""The part of a carrier that concerns talks, where there is no telephone network: it reaches nobody."""

from typing import NoReturn

from agents.station import Station
from calls.call import CallId
from calls.talk_supervision import Supervising
from switchboard.doors import CarrierUnreachable


class NoTalks:
    """Every command stays due for a process that has the network."""

    def hold(self, conference: str, party: CallId, path: str) -> None:
        _unreachable(conference, party, path)

    def unhold(self, conference: str, party: CallId) -> None:
        _unreachable(conference, party)

    def mute(self, conference: str, party: CallId, *, muted: bool) -> None:
        _unreachable(conference, party, muted)

    def remove(self, conference: str, party: CallId) -> None:
        _unreachable(conference, party)

    def supervise(
        self, conference: str, station: Station, how: Supervising, *, agent_leg: CallId, label: str, status_path: str
    ) -> CallId:
        _unreachable(conference, station, how, agent_leg, label, status_path)

    def change_supervising(self, conference: str, party: CallId, how: Supervising, agent_leg: CallId) -> None:
        _unreachable(conference, party, how, agent_leg)

    def start_recording(self, call_id: CallId, report_path: str) -> None:
        _unreachable(call_id, report_path)

    def pause_recording(self, conference: str, call_id: CallId) -> None:
        _unreachable(conference, call_id)

    def resume_recording(self, conference: str, call_id: CallId) -> None:
        _unreachable(conference, call_id)

    def stop_recording(self, conference: str, call_id: CallId) -> None:
        _unreachable(conference, call_id)


def _unreachable(*asked: object) -> NoReturn:
    raise CarrierUnreachable(", ".join(map(str, asked)))
