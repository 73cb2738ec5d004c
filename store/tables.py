"""The tables. Every due time is an indexed column; a claim is an insert or a conditional update on a row of these."""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    false,
    text,
)

from store import case_tables  # noqa: F401 (drawn with these)
from store.columns import Instant, Number, Word
from store.metadata import metadata


def _caller() -> tuple[Column[Any], ...]:
    """A calling number as it came and as it was read; a ticket keeps its own, because it outlives the call."""
    return (
        Column("caller_raw", Word, nullable=False),
        Column("caller_e164", Word),
        Column("caller_national", Word, index=True),
        Column("caller_kind", Word, nullable=False),
        Column("caller_confidence", Word, nullable=False),
        Column("caller_region", Word),
    )


calls = Table(
    "calls",
    metadata,
    Column("id", Word, primary_key=True),
    Column("line", Word, nullable=False),
    Column("dialed", Word, nullable=False),
    *_caller(),
    Column("state", Word, nullable=False, index=True),
    Column("turn", Integer, nullable=False),
    Column("position", JSON, nullable=False),
    Column("intake", JSON, nullable=False),
    Column("say_next", Word),
    Column("ticket", Word, index=True),
    Column("outcome", Word),
    Column("directory_version", Word, nullable=False),
    Column("flow_version", Word, nullable=False),
    Column("started_at", Instant, nullable=False, index=True),
    Column("ended_at", Instant),
    Column("party", Word),  # the leg of a callback's customer
)

turns = Table(
    "turns",
    metadata,
    Column("call_id", Word, primary_key=True),  # any party's call: callers and agents' legs take turns alike
    Column("turn", Word, primary_key=True),
    Column("document", LargeBinary),
    Column("taken_at", Instant, nullable=False),
    Index(
        "turns_documents_ix",
        "taken_at",
        sqlite_where=text("document IS NOT NULL"),
        postgresql_where=text("document IS NOT NULL"),
    ),
)

tickets = Table(
    "tickets",
    metadata,
    Column("number", Word, primary_key=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False, unique=True),
    Column("line", Word, nullable=False),
    Column("dialed", Word, nullable=False),
    *_caller(),
    Column("company", Word),
    Column("category", Word, index=True),
    Column("category_by", Word),
    Column("region", Word, index=True),
    Column("region_by", Word),
    Column("intake", JSON, nullable=False),
    Column("term_days", Integer),
    Column("desk", Word, nullable=False, index=True),
    Column("agent", Word),
    Column("state", Word, nullable=False, index=True),
    Column("promised", Word),
    Column("outcome", Word),
    Column("satisfaction", Integer),
    Column("received_at", Instant, nullable=False, index=True),
    Column("due_at", Instant, nullable=False, index=True),
    Column("handovers", Integer, nullable=False, server_default="0"),
    Column("company_id", Number, index=True),
    Column("team", Word),
    Column("research_days", Integer),
    Column("resolved_at", Instant),
    Column("alarm", Word),  # the next warning, and when it sounds
    Column("alarm_at", Instant, index=True),
    Column("paused_at", Instant),
    Column("pause_reason", Word),
    Column("left_microseconds", Number),  # of working time, while the promise is paused
    Column("kept_at", Instant),
    Column("promise_round", Integer, nullable=False, server_default="1"),
)

ticket_sequences = Table(
    "ticket_sequences",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

queue_entries = Table(
    "queue_entries",
    metadata,
    Column("id", Number, primary_key=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False, unique=True),
    Column("ticket", Word, nullable=False),
    Column("state", Word, nullable=False, index=True),
    Column("entered_at", Instant, nullable=False),
    Column("priority_seconds", Integer, nullable=False),
    Column("return_at", Instant, index=True),  # the agent's leg ended: back to the queue unless the caller is gone too
    Column("ended_at", Instant),
    Column("resumed_by", Word),  # the next call of the same caller, who was cut off and stands in this place again
    Column("mode", Word, nullable=False, server_default="call"),  # call, callback or message
    Column("number", Word),  # where a callback reaches its customer
    Column("call_at", Instant, index=True),  # a callback rests until then
    Column("told_least", Integer),  # minutes: what the caller was told of their wait, which never rises
    Column("told_most", Integer),
    Column("offered_at", Instant),  # when a callback was offered last to one who waits
    Column("gives_way_at", Instant, index=True),  # still unanswered then, it stands back by the seconds beside it
    Column("gives_way_seconds", Integer, nullable=False, server_default="0"),
    Column("gave_way_at", Instant),  # since then its place in the lines is that much later
    Column("told_ahead", Integer),  # how many stood before when it was said last, which never rises either
    Index(
        "queue_entries_number_uq",
        "number",
        unique=True,
        sqlite_where=text("state != 'ended'"),
        postgresql_where=text("state != 'ended'"),
    ),
)

queue_lines = Table(
    "queue_lines",
    metadata,
    Column("entry_id", ForeignKey("queue_entries.id"), primary_key=True),
    Column("tier", Integer, primary_key=True),
    Column("desk", Word, nullable=False),
    Column("place", Instant, nullable=False),  # the entry's age with its priority, so that a line is read in order
    Column("opens_at", Instant),
    Column("opened_at", Instant),
    Column("waiting", Boolean, nullable=False),  # the entry waits: nobody is offered or talking
    Column("closes_at", Instant, index=True),  # who still waits then is not served at this desk any more
    Column("may_lend", Boolean, nullable=False, server_default=false()),  # the desk may help before the tier opens
    Column("needs", Word, nullable=False, server_default=text("''")),  # a skill that makes a line of its own; "": none
    Index(
        "queue_lines_heads_ix",
        "desk",
        "needs",
        "place",
        "entry_id",
        sqlite_where=text("waiting AND opened_at IS NOT NULL"),
        postgresql_where=text("waiting AND opened_at IS NOT NULL"),
    ),
    Index(
        "queue_lines_lending_ix",
        "desk",
        "needs",
        "place",
        "entry_id",
        sqlite_where=text("waiting AND may_lend AND opened_at IS NULL"),
        postgresql_where=text("waiting AND may_lend AND opened_at IS NULL"),
    ),
    Index(
        "queue_lines_skipped_ix",
        "desk",
        sqlite_where=text("opened_at IS NULL AND opens_at IS NULL"),
        postgresql_where=text("opened_at IS NULL AND opens_at IS NULL"),
    ),
    Index(
        "queue_lines_due_ix",
        "opens_at",
        sqlite_where=text("opened_at IS NULL"),
        postgresql_where=text("opened_at IS NULL"),
    ),
)

_LIVE_OFFER = text("state IN ('made', 'ringing')")
_PASSED = text("again_at IS NOT NULL")

offers = Table(
    "offers",
    metadata,
    Column("id", Number, primary_key=True),
    Column("entry_id", ForeignKey("queue_entries.id"), nullable=False, index=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False, index=True),
    Column("agent_id", Word, nullable=False),
    Column("desk", Word, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("station", Word, nullable=False),
    Column("state", Word, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("again_at", Instant, index=True),  # until then this agent is not offered this caller once more
    Index("offers_live_agent_uq", "agent_id", unique=True, sqlite_where=_LIVE_OFFER, postgresql_where=_LIVE_OFFER),
    Index("offers_live_entry_uq", "entry_id", unique=True, sqlite_where=_LIVE_OFFER, postgresql_where=_LIVE_OFFER),
    Index("offers_desk_ix", "desk", "id"),
    Index("offers_agent_ix", "agent_id", "id"),
    Index("offers_passes_ix", "agent_id", sqlite_where=_PASSED, postgresql_where=_PASSED),
    Index("offers_due_ix", "expires_at", sqlite_where=_LIVE_OFFER, postgresql_where=_LIVE_OFFER),
)

agents = Table(
    "agents",
    metadata,
    Column("id", Word, primary_key=True),
    Column("station", Word, nullable=False),
    Column("presence", Word, nullable=False, index=True),
    Column("break_reason", Word),
    Column("next_presence", Word),
    Column("work_state", Word, nullable=False),
    Column("idle_since", Instant),
    Column("not_before", Instant, index=True),
    Column("wrap_until", Instant, index=True),
    Column("missed", Integer, nullable=False),
    Column("answered", Integer, nullable=False, server_default=text("0")),  # calls since they signed in
    Column("wrapping_since", Instant),
    Column("leased_until", Instant, index=True),  # while busy: when it is looked into whether they still are
    Column("station_seen_until", Instant, index=True),  # the station is lost then, unless it is seen again
)

legs = Table(
    "legs",
    metadata,
    Column("id", Word, primary_key=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False, index=True),
    Column("offer_id", ForeignKey("offers.id"), nullable=False, index=True),
    Column("agent_id", Word, nullable=False),
    Column("state", Word, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("hold", Word, nullable=False, server_default="with_agent"),  # how the talk on this leg stands
    Column("voice", Word, nullable=False, server_default="heard"),
    Column("recorder", Word, nullable=False, server_default="recording"),
)

supervisions = Table(
    "supervisions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False, index=True),
    Column("agent_leg", ForeignKey("legs.id"), nullable=False),
    Column("supervisor", Word, nullable=False),
    Column("station", Word, nullable=False),
    Column("mode", Word, nullable=False),  # listen, whisper or barge
    Column("state", Word, nullable=False),
    Column("leg_id", Word),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(
        "supervisions_present_uq",
        "call_id",
        "supervisor",
        unique=True,
        sqlite_where=text("state != 'over'"),
        postgresql_where=text("state != 'over'"),
    ),
)

_ATTEMPTED = text("state IN ('dialing', 'picked_up', 'answered')")
_UNANSWERED = text("state IN ('dialing', 'picked_up')")

callback_attempts = Table(
    "callback_attempts",
    metadata,
    Column("id", Number, primary_key=True),
    Column("entry_id", ForeignKey("queue_entries.id"), nullable=False, index=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False),
    Column("number", Word, nullable=False),
    Column("state", Word, nullable=False),
    Column("leg_id", Word),
    Column("started_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("callback_attempts_live_uq", "entry_id", unique=True, sqlite_where=_ATTEMPTED, postgresql_where=_ATTEMPTED),
    Index("callback_attempts_due_ix", "expires_at", sqlite_where=_UNANSWERED, postgresql_where=_UNANSWERED),
)

handlings = Table(
    "handlings",
    metadata,
    Column("id", Number, primary_key=True),
    Column("desk", Word, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("seconds", Integer, nullable=False),  # a talk and its wrap-up: what an agent was not free for
    Index("handlings_recent_ix", "desk", "ended_at"),
)

announcements = Table(
    "announcements",
    metadata,
    Column("id", Number, primary_key=True),
    Column("language", Word, nullable=False),
    Column("words", Word, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("until_at", Instant, nullable=False, index=True),  # it ends by itself
    Column("cleared_at", Instant),
)

_TO_SEND = text("state = 'due'")

carrier_commands = Table(
    "carrier_commands",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", Word, nullable=False),
    Column("call_id", Word, nullable=False, index=True),
    Column("offer_id", Number),
    Column("target", Word, nullable=False),
    Column("state", Word, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Word),
    Column("made_at", Instant, nullable=False),
    Column("starts_at", Instant, nullable=False),  # a ring's slot: the carrier starts so many calls a second
    Index("carrier_commands_slot_ix", "kind", "starts_at"),
    Index("carrier_commands_due_ix", "due_at", sqlite_where=_TO_SEND, postgresql_where=_TO_SEND),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("kind", Word, nullable=False),  # route or choice
    Column("call_id", Word, nullable=False, index=True),
    Column("ticket", Word, index=True),
    Column("offer_id", Number),
    Column("directory_version", Word, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("took_us", Integer),  # microseconds from the first row looked at to the decision
)

records = Table(
    "records",
    metadata,
    Column("id", Number, primary_key=True),
    Column("at", Instant, nullable=False, index=True),
    Column("kind", Word, nullable=False),
    Column("call_id", Word, index=True),
    Column("ticket", Word, index=True),
    Column("agent_id", Word),
    Column("desk", Word),
    Column("fields", JSON, nullable=False),
)

directory_versions = Table(
    "directory_versions",
    metadata,
    Column("version", Word, primary_key=True),
    Column("files", JSON, nullable=False),
    Column("published_at", Instant, nullable=False),
)

recordings = Table(
    "recordings",
    metadata,
    Column("id", Word, primary_key=True),
    Column("call_id", ForeignKey("calls.id"), nullable=False, index=True),
    Column("ticket", Word, index=True),
    Column("state", Word, nullable=False),
    Column("source", Word, nullable=False),
    Column("channels", Integer),
    Column("duration_seconds", Integer),
    Column("reported_at", Instant, nullable=False),
)

failed_proofs = Table(
    "failed_proofs",
    metadata,
    Column("id", Number, primary_key=True),
    Column("call_id", Word, nullable=False, index=True),
    Column("caller", Word, nullable=False),
    Column("ticket", Word, nullable=False),  # as it was keyed, whether there is one or not
    Column("at", Instant, nullable=False, index=True),
    Index("failed_proofs_caller_at_ix", "caller", "at"),
    Index("failed_proofs_ticket_at_ix", "ticket", "at"),
)

_TO_DO = text("state = 'waiting'")

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", Word, nullable=False),
    Column("subject", Word, nullable=False),
    Column("state", Word, nullable=False),  # waiting, done or failed
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("error", Word),
    UniqueConstraint("kind", "subject"),
    Index("outbox_due_ix", "due_at", sqlite_where=_TO_DO, postgresql_where=_TO_DO),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", Word, nullable=False),
    Column("ticket", Word, nullable=False),
    Column("recipient", Word, nullable=False),  # masked
    Column("state", Word, nullable=False),  # claimed, sent or failed; one that stays claimed may or may not have left
    Column("claimed_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("error", Word),
    UniqueConstraint("ticket", "kind"),
)
