"""What all parts of the network share: agenda, courier, calls, rooms, and the change of a call's status."""

from collections.abc import Callable, MutableSequence
from datetime import datetime, timedelta
from email.utils import format_datetime

from simulator.agenda import Agenda
from simulator.callbacks import Callbacks
from simulator.calls import EVENT_NAMES, Call, Request, Subscription
from simulator.clock import Clock
from simulator.courier import Courier
from simulator.faults import HTTP_RETRIEVAL_FAILURE, NetworkError
from simulator.fields import Fields, Value
from simulator.misbehaviour import Misbehaviour
from simulator.parcel import Answer, Parcel
from simulator.recording import Recording
from simulator.room import Room
from simulator.script import Ending, Steps
from simulator.sids import Sids

Follow = Callable[["Exchange", Call, Request, str], Steps[Ending]]


class Exchange:
    """The state of the network; nothing in here decides, apart from who is told of a status.

    `follow` is the interpreter, handed in because the verbs it plays place legs and fill rooms themselves.
    """

    def __init__(self, courier: Courier, clock: Clock, account_sid: str, *, seed: int, follow: Follow) -> None:
        self.account_sid = account_sid
        self.follow = follow
        self.agenda = Agenda(clock)
        self.sids = Sids(seed)
        self.courier = courier
        self.errors: MutableSequence[NetworkError] = []
        self.error_count = 0
        self.callbacks = Callbacks(self.agenda, self.send, self.sids, self.keep_error)
        self.calls: dict[str, Call] = {}
        self.live: dict[str, Call] = {}  # those not ended
        self.rooms: dict[str, Room] = {}
        self.recordings: dict[str, Recording] = {}
        self.recording_now: dict[str, Recording] = {}
        self.call_gap = timedelta(seconds=1)  # between two calls started through REST
        self.next_slot = clock.now()
        self.strict = True
        self.repeated: list[tuple[Answer, Answer]] = []

    @property
    def misbehaviour(self) -> Misbehaviour:
        return self.callbacks.misbehaviour

    def now(self) -> datetime:
        return self.agenda.now()

    def soon(self, action: Callable[[], object]) -> None:
        self.agenda.soon(action)

    def new_call(self, from_: str, to: str, direction: str, parent: Call | None = None) -> Call:
        call = Call(self.sids.new("CA"), self.account_sid, from_, to, direction, self.now(), parent=parent)
        self.calls[call.sid] = self.live[call.sid] = call
        return call

    def room_of(self, call: Call) -> Room | None:
        return self.rooms.get(call.conference_sid)

    def record_error(self, code: int, call: Call, url: str, message: str) -> None:
        self.keep_error(NetworkError(self.now(), code, call.sid, url, message))

    def keep_error(self, error: NetworkError) -> None:
        self.errors.append(error)
        self.error_count += 1

    def parcel(self, url: str, method: str, fields: Fields) -> Parcel:
        return Parcel(url, method, fields, self.sids.token())

    def post(self, parcel: Parcel, then: Callable[[], None]) -> bool:
        """Send a parcel; True when it is back at once, else `then` comes on the agenda."""
        return self.courier.post(parcel, lambda: self.soon(then))

    def send(self, parcel: Parcel, then: Callable[[], None]) -> None:
        """Send a parcel and call `then` when it is back, now or later."""
        if self.post(parcel, then):
            then()

    def post_and_forget(self, url: str, method: str, fields: dict[str, Value]) -> None:
        """Make a voice request whose TwiML nobody will hear, because the call is over."""
        parcel = self.parcel(url, method, fields)
        self.send(parcel, lambda: self._check_forgotten(parcel))

    def _check_forgotten(self, parcel: Parcel) -> None:
        if parcel.answer is None or parcel.answer.status >= 300:
            told = parcel.answer.status if parcel.answer else parcel.failure
            message = f"{parcel.method} {parcel.url} answered {told} after the hang-up"
            call_sid = str(parcel.fields["CallSid"])
            self.keep_error(NetworkError(self.now(), HTTP_RETRIEVAL_FAILURE, call_sid, parcel.url, message))

    def change_status(self, call: Call, status: str) -> None:
        """Set a call's status and tell its status callback, when that asked for it."""
        call.status = status
        if call.ended:
            self.live.pop(call.sid, None)
        event = EVENT_NAMES.get(status, "completed")
        subscription = call.subscription
        if subscription is None or status == "queued":
            return
        number = call.events_told
        if event in subscription.events:
            fields = call.standard_fields() | self.progress_fields(call, number) | call.overrides
            call.events_told += 1
            self.tell(subscription, fields)

    def tell(self, subscription: Subscription, fields: Fields) -> None:
        self.callbacks.tell(subscription.url, subscription.method, fields, as_json=subscription.as_json)

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
