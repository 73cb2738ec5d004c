"""Requests that nobody thought of; and stories of callers whose every field is hostile."""

from itertools import count
from urllib.parse import unquote_plus

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from calls.call import Outcome
from simulator import sign
from switchboard import paths
from tests.web.conftest import CALL, call_of, is_sound, ringing
from tests.web.test_fields import FIELDS, HOSTILE, NUMBERS


@pytest.fixture
def line_url(sqlite_url) -> str:
    """One kind of database is enough for the many; test_fields.py asks both."""
    return sqlite_url


def of_many(examples: int):
    """One line serves all examples of a test: each is a call of its own."""
    shared = [HealthCheck.function_scoped_fixture]
    return hypothesis_settings(max_examples=examples, deadline=None, suppress_health_check=shared)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_caller_of_hostile_fields_talks_to_a_counselor_and_the_call_ends(line, edge, hostile):
    has_an_id = hostile not in (None, "", " \t ")  # without one nobody can know whose end is reported
    counselor = line.agent("icg_1").signs_in().accepts()
    caller = line.caller(**dict.fromkeys(set(FIELDS) - {"CallStatus", "Digits", "SpeechResult"}, hostile)).dials()

    caller.is_silent().is_silent().is_silent().waits(30)

    assert caller.talks_to(counselor)
    assert not line.stage.network.errors
    caller.hangs_up()
    line.passes(5)
    assert [row.outcome for row in edge.rows()["calls"]] == [Outcome.ANSWERED if has_an_id else None]


ANYTHING = st.one_of(
    st.none(),
    st.sampled_from(list(HOSTILE.values())),
    st.sampled_from(list(NUMBERS)),
    st.text(max_size=30).filter(lambda text: not any("\ud800" <= one <= "\udfff" for one in text)),
    st.binary(max_size=30),
    st.text("0123456789*#", max_size=20),
    st.lists(st.binary(max_size=8), max_size=3),
)
SOME_FIELDS = st.dictionaries(
    st.sampled_from((*FIELDS, "Caller", "Called", "Direction", "ApiVersion", "StirVerstat", "Language", "offer", "새")),
    ANYTHING,
    max_size=8,
)
sids = count()


@of_many(120)
@given(turns=st.lists(SOME_FIELDS, min_size=1, max_size=4))
def test_no_webhook_of_a_call_fails_whatever_its_fields(edge, turns):
    edge.told.clear()
    sid = f"CA{next(sids):032x}"

    answer = edge.posts(paths.first_turn("1379"), ringing(sid, **turns[0]))
    for fields in turns:
        assert is_sound(answer)
        if not call_of(answer):
            break
        answer = edge.goes_on(answer, ringing(sid, **fields))

    assert is_sound(answer)
    assert not {"call.broken", "call.rescue_failed"} & set(edge.events())


REPORTS = (paths.CALL_STATUS, paths.leg_status(1), paths.CONFERENCE_EVENTS, paths.recordings_of(CALL))
REPORT_FIELDS = ("CallSid", "CallStatus", "StatusCallbackEvent", "ReasonParticipantLeft", "RecordingSid", "RecordingStatus",
                 "RecordingSource", "RecordingChannels", "RecordingDuration", "SequenceNumber")  # fmt: skip
WORDS = ("completed", "ringing", "busy", "failed", "participant-leave", "participant-join", CALL, "RE" + "0" * 32)


@of_many(150)
@given(
    path=st.sampled_from(REPORTS),
    fields=st.dictionaries(st.sampled_from(REPORT_FIELDS), ANYTHING | st.sampled_from(WORDS), max_size=8),
)
def test_no_report_fails_whatever_its_fields(edge, path, fields):
    assert edge.posts(path, fields).status == 204
    assert "report.lost" not in edge.events()


@of_many(150)
@given(path=st.text(max_size=40), body=st.binary(max_size=60), signature=st.text(max_size=40))
def test_a_stranger_never_gets_in_and_nothing_breaks(edge, path, body, signature):
    raw = ("/voice/" + path).encode("utf-8", "replace").decode("latin-1")

    answer = edge.posts(
        paths.CALL_STATUS, body=body, signature=signature, PATH_INFO=raw.partition("?")[0], RAW_URI=raw, REQUEST_URI=raw
    )

    assert answer.status in {403, 404, 405}


@of_many(100)
@given(body=st.lists(st.binary(max_size=12), max_size=6).map(b"&".join))
def test_a_signed_body_of_any_bytes_is_answered(edge, body):
    """The signature is over what the body means as a form; a body may mean a form without being made as one."""
    pairs = [pair.partition(b"=") for pair in body.split(b"&") if pair]
    meant = [(decoded(name), decoded(value)) for name, _, value in pairs]
    url = edge.settings.public_base_url + paths.first_turn("1379")

    answer = edge.posts(paths.first_turn("1379"), body=body, signature=sign(edge.settings.auth_tokens[0], url, meant))

    assert is_sound(answer)


def decoded(encoded: bytes) -> str:
    return unquote_plus(encoded.decode("latin-1"), "latin-1").encode("latin-1").decode("utf-8", "replace")
