"""What is too large, of the wrong method or of no shape is refused quickly; nobody is ever sent elsewhere."""

import io
import time

import pytest

from simulator import sign
from simulator.courier import environment
from simulator.fields import encode, flatten
from switchboard import paths
from tests.web.conftest import CALL, is_sound, ringing
from web.app import LARGEST_BODY_BYTES
from web.fields import MOST_FIELDS

FIRST = paths.first_turn("1379")
WEBHOOKS = (
    FIRST,
    f"/voice/lines/1379/calls/{CALL}/turns/1",
    f"/voice/lines/1379/calls/{CALL}/turns/1/rescues/1",
    paths.STATION_CALLS,
    paths.leg(1),
    paths.leg_answer(1, CALL, 1),
    paths.leg_over(CALL, 1),
    paths.CALL_STATUS,
    paths.CONFERENCE_EVENTS,
    paths.RECORDING_EVENTS,
)


@pytest.fixture
def line_url(sqlite_url) -> str:
    """One kind of database is enough: nothing here gets that far."""
    return sqlite_url


class Endless(io.RawIOBase):
    """A body that goes on for ever; counts what was read of it."""

    taken = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        self.taken += len(buffer)
        assert self.taken < 10 * LARGEST_BODY_BYTES
        buffer[:] = b"a" * len(buffer)
        return len(buffer)


OVERSIZED = {
    "50 MB form": b"SpeechResult=" + b"a" * 50_000_000,
    "a byte too many": b"a" * (LARGEST_BODY_BYTES + 1),
    "100,000 fields": b"&".join(b"f%d=1" % number for number in range(100_000)),
    "100,000 times one field": b"&".join([b"Digits=1"] * 100_000),
    "nothing but separators": b"&" * 900_000,
}


@pytest.mark.parametrize("body", OVERSIZED.values(), ids=OVERSIZED)
def test_an_oversized_body_is_refused_within_a_second(edge, body):
    began = time.monotonic()

    answer = edge.posts(FIRST, body=body)

    assert answer.status == 413
    assert time.monotonic() - began < 1
    assert not any(edge.rows().values())


def test_a_body_without_a_length_is_not_read_to_its_end(edge):
    endless = Endless()
    request = {"wsgi.input": endless, "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}

    assert edge.posts(FIRST, **request).status in {403, 413}
    assert endless.taken <= 2 * LARGEST_BODY_BYTES


UNREADABLE = {
    "deep JSON": b'{"a":' * 100_000,
    "deep names": b"a" + b"[a]" * 100_000 + b"=1",
    "half an escape": b"CallSid=%",
    "bytes": bytes(range(256)),
    "multipart": b'--x\r\nContent-Disposition: form-data; name="CallSid"\r\n\r\nCA\r\n--x--',
}
KINDS = ("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x", "", "\xff")


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_a_body_that_is_no_form_is_refused_as_unsigned(edge, body):
    began = time.monotonic()

    statuses = [edge.posts(FIRST, body=body, CONTENT_TYPE=kind).status for kind in KINDS]

    assert statuses == [403] * len(KINDS)
    assert time.monotonic() - began < 1


def test_a_wrong_content_length_harms_nobody(edge):
    statuses = {"-1": 403, "x": 403, "9" * 40: 413, "5000": 400, "0": 403}

    assert {length: edge.posts(FIRST, ringing(), CONTENT_LENGTH=length).status for length in statuses} == statuses


def test_as_many_fields_as_are_allowed_bring_the_caller_in(edge):
    fields = ringing()
    fields |= {f"SipHeader_X-{number}": "1" for number in range(MOST_FIELDS - len(fields))}

    assert is_sound(edge.posts(FIRST, fields))
    assert edge.posts(FIRST, fields | {"one": "too many"}).status == 413


def test_a_form_is_read_as_one_whatever_it_says_it_is(edge):
    for number, kind in enumerate(["", "text/plain", "multipart/form-data", "application/json; charset=utf-16"]):
        assert is_sound(edge.posts(FIRST, ringing(f"CA{number:032x}"), CONTENT_TYPE=kind))

    assert len(edge.rows()["calls"]) == 4


def test_a_webhook_takes_nothing_but_posts(edge):
    base, token = edge.settings.public_base_url, edge.settings.auth_tokens[0]

    statuses = {
        (path, method): edge.posts(path, method=method, signature=sign(token, base + path)).status
        for path in WEBHOOKS
        for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE", "BREW")
    }

    assert set(statuses.values()) == {405}
    assert not any(edge.rows().values())


CROOKED = ("{}/", "{}//", "{}/.", "{}/..", "{}%2F", "{} ", "{}%00", "{};a", "{}/%FF", "/./{}", "/x/..{}", "/voice/{}")


def test_a_crooked_path_is_not_found_and_never_redirected(edge):
    paths_tried = [crooked.format(path) for crooked in CROOKED for path in WEBHOOKS]
    paths_tried += ["/voice//lines/1379/calls", "/voice/lines//1379/calls", "/voice/lines/1379//calls"]

    statuses = {path: edge.posts(path, ringing()).status for path in paths_tried}

    assert {path: status for path, status in statuses.items() if status != 404} == {}


def test_slashes_before_the_path_are_not_redirected_either(edge):
    assert edge.posts(f"//{FIRST}", ringing()).status == 200  # signed as it came


def test_a_turn_that_is_no_number_of_ours_is_not_found(edge):
    numbers = ("9" * 10, "9" * 19, "9" * 5000, "-1", "1.5", "%D9%A1", "%EF%BC%91", "0x1", "", "%00", "1%0A")

    statuses = [edge.posts(f"/voice/lines/1379/calls/{CALL}/turns/{number}", ringing()).status for number in numbers]

    assert statuses == [404] * len(numbers)


def test_a_call_in_the_path_that_we_never_named_is_not_found(edge):
    calls = ("CA1", "x", "CA" + "0" * 31 + "%00", "%F0%9F%98%80", "..", "CA" + "G" * 32, "C" * 60_000, f"{CALL}%0A")

    statuses = [edge.posts(f"/voice/lines/1379/calls/{call}/turns/1", ringing()).status for call in calls]

    assert statuses == [404] * len(calls)
    assert not any(edge.rows().values())


def test_a_line_that_is_not_ours_is_not_found_and_told_of(edge):
    lines = ("119", "1379%00", "%EC%95%88", "0809988114%20", "080-9988-114", "0" * 5000)

    statuses = [edge.posts(paths.first_turn(line), ringing()).status for line in lines]

    assert statuses == [404] * len(lines)
    assert edge.events() == ["webhook.unknown_line"] * len(lines)
    assert not any(edge.rows().values())


def test_a_header_of_64_kb_harms_nobody(edge):
    assert edge.posts(FIRST, ringing(), HTTP_X_NOTE="x" * 65_536, HTTP_COOKIE="x=" * 32_768).status == 200


def test_a_body_cut_off_on_the_way_leaves_no_row(edge):
    body = encode(flatten(ringing())).encode()
    request = environment(edge.settings.public_base_url + FIRST, "POST", body)

    answer = edge.posts(FIRST, body=body[:50], CONTENT_LENGTH=request["CONTENT_LENGTH"])

    assert answer.status == 400
    assert not any(edge.rows().values())
