"""What all parts of the network share: agenda, courier, calls, rooms, and the change of a call's status."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from wsgiref.types import WSGIApplication

from simulator.agenda import Agenda
from simulator.callbacks import Callbacks
from simulator.calls import EVENT_NAMES, Call, Request
from simulator.clock import VirtualClock
from simulator.courier import Answer, Courier
from simulator.faults import HTTP_RETRIEVAL_FAILURE, NetworkError
from simulator.fields import Value
from simulator.recording import Recording
from simulator.room import Room
from simulator.script import Ending, Steps
from simulator.sids import Sids

Follow = Callable[["Exchange", Call, Request, str], Steps[Ending]]


class Exchange:
    """The state of the network; nothing in here decides, apart from who is told of a status.

    `follow` is the interpreter, handed in because the verbs it plays place legs and fill rooms themselves.
    """

    def __init__(
        self, product: WSGIApplication, clock: VirtualClock, login: tuple[str, str], *, seed: int, follow: Follow
    ) -> None:
        self.account_sid, auth_token = login
        self.follow = follow
        self.agenda = Agenda(clock)
        self.sids = Sids(seed)
        self.courier = Courier(product, clock, auth_token)
        self.errors: list[NetworkError] = []
        self.callbacks = Callbacks(self.agenda, self.courier, self.sids, self.errors)
        self.calls: dict[str, Call] = {}
        self.rooms: dict[str, Room] = {}
        self.recordings: dict[str, Recording] = {}
        self.call_gap = timedelta(seconds=1)  # between two calls started through REST
        self.next_slot = clock.now()
        self.strict = True
        self.request_copies = 0  # extra posts of each voice request
        self.lost_answers = 0  # how many of the next voice requests go unanswered
        self.repeated: list[tuple[Answer, Answer]] = []

    def now(self) -> datetime:
        return self.agenda.now()

    def soon(self, action: Callable[[], object]) -> None:
        self.agenda.soon(action)

    def new_call(self, from_: str, to: str, direction: str, parent: Call | None = None) -> Call:
        call = Call(self.sids.new("CA"), self.account_sid, from_, to, direction, self.now(), parent=parent)
        self.calls[call.sid] = call
        return call

    def room_of(self, call: Call) -> Room | None:
        return self.rooms.get(call.conference_sid)

    def record_error(self, code: int, call: Call, url: str, message: str) -> None:
        self.errors.append(NetworkError(self.now(), code, call.sid, url, message))

    def post_and_forget(self, url: str, method: str, fields: dict[str, Value]) -> None:
        """Make a voice request whose TwiML nobody will hear, because the call is over."""
        answer = self.courier.send(url, method, fields, self.sids.token())
        if answer.status >= 300:
            message = f"{method} {url} answered {answer.status} after the hang-up"
            self.errors.append(NetworkError(self.now(), HTTP_RETRIEVAL_FAILURE, str(fields["CallSid"]), url, message))

    def change_status(self, call: Call, status: str) -> None:
        """Set a call's status and tell its status callback, when that asked for it."""
        call.status = status
        event = EVENT_NAMES.get(status, "completed")
        subscription = call.subscription
        if subscription is None or status == "queued":
            return
        number = call.events_told
        if event in subscription.events:
            fields = call.standard_fields() | self.progress_fields(call, number) | call.overrides
            call.events_told += 1
            self.callbacks.tell(subscription.url, subscription.method, fields)

    def progress_fields(self, call: Call, number: int) -> dict[str, Value]:
        fields: dict[str, Value] = {
            "Timestamp": rfc2822(self.now()),
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(number),
        }
        if call.ended:
            fields |= {"CallDuration": str(call.seconds), "Duration": str(-(-call.seconds // 60))}
        return fields


def rfc2822(moment: datetime) -> str:
    return format_datetime(moment)
