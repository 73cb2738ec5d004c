"""The carrier reports a recording; what is kept says that it exists, never where it lies."""

from switchboard.doors import Recording
from switchboard.house import House, log


def report_recording(house: House, recording: Recording, ticket: str | None = None) -> bool:
    """Keep a recording's report under its call and ticket; one of a call nobody knows is only logged."""
    with house.store.work() as work:
        call = work.calls.get(recording.call_id)
        if call is None:
            log.warning("recording.of_unknown_call", call=recording.call_id, recording=recording.id)
            return False
        work.recordings.keep(recording, ticket or call.ticket, house.now())
    return True
