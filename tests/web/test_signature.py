"""Whoever cannot sign is not Twilio: 403, and no row in any table."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest

from simulator import sign
from simulator.fields import flatten
from switchboard import paths
from tests.web.conftest import CALL, ringing

FIRST = paths.first_turn("1379")
OTHERS = ("https://127.0.0.1:1379", "http://127.0.0.1:1380", "http://localhost:1379", "http://evil.example", "")
STRANGERS = {
    "HTTP_HOST": "evil.example",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PROTO": "gopher",
    "HTTP_X_FORWARDED_PORT": "-1",
    "HTTP_X_FORWARDED_PREFIX": "/elsewhere",
    "HTTP_X_FORWARDED_FOR": "127.0.0.1",
    "HTTP_FORWARDED": "host=evil.example;proto=https",
    "HTTP_X_ORIGINAL_URL": "/elsewhere",
}


def forgeries(base: str, token: str) -> Iterator[str]:
    """Yield signatures that are not the one of a call's first request, each wrong in its own way."""
    url, fields = base + FIRST, ringing()
    pairs = flatten(fields)
    good = sign(token, url, pairs)
    yield from ("", " ", "=", "A" * 28, "A" * 60_000, "\xff" * 28, good[:-1], good + "=", good.swapcase(), good[::-1])
    yield from (good[:at] + ("B" if good[at] == "A" else "A") + good[at + 1 :] for at in range(len(good) - 1))
    yield from (sign(guess, url, pairs) for guess in ("", token + " ", token[:-1], token.upper(), "AC" + "1379" * 8))
    yield from (sign(f"guess {number}", url, pairs) for number in range(260))
    yield from (sign(token, other + FIRST, pairs) for other in OTHERS)
    paths_tried = (
        "",
        "/",
        "/voice",
        FIRST + "/",
        FIRST + "?",
        FIRST + "?a=b",
        FIRST.upper(),
        f"/{FIRST}",
        quote(FIRST, safe=""),
    )
    yield from (sign(token, base + path + "#", pairs) for path in paths_tried)
    yield from (sign(token, base + path, pairs) for path in paths_tried)
    for name, value in fields.items():
        rest = {key: kept for key, kept in fields.items() if key != name}
        yield sign(token, url, flatten(rest))
        yield from (sign(token, url, flatten(rest | {name: other})) for other in ("", value + " ", value[:-1], "x"))
        yield from (
            sign(token, url, flatten(rest | {other: value})) for other in (name.lower(), name.upper(), f"{name} ")
        )
        yield sign(token, url, flatten(rest | {name: [value, "twice"]}))
        yield sign(token, url, flatten(fields | {f"{name}2": value}))
    yield from (sign(token, url, flatten(fields | {f"Added{number}": "1"})) for number in range(100))
    signed = url + "".join(name + value for name, value in sorted(pairs))
    hashes = (hashlib.sha256, hashlib.md5, hashlib.sha512)
    yield from (base64.b64encode(hmac.new(token.encode(), signed.encode(), kind).digest()).decode() for kind in hashes)
    yield hmac.new(token.encode(), signed.encode(), hashlib.sha1).hexdigest()
    yield base64.b64encode(hashlib.sha1((token + signed).encode()).digest()).decode()  # noqa: S324 (a guess)
    yield sign(token, url)  # of a request without fields


def test_a_forged_signature_is_refused_and_leaves_no_row(edge):
    forged = list(forgeries(edge.settings.public_base_url, edge.settings.auth_tokens[0]))

    statuses = {edge.posts(FIRST, ringing(), signature=signature).status for signature in forged}

    assert len(set(forged)) >= 400
    assert statuses == {403}
    assert not any(edge.rows().values())
    assert edge.events() == ["webhook.unsigned"] * len(forged)


def test_a_request_without_a_signature_is_refused_whatever_its_headers_say(edge):
    headers = [{}, STRANGERS, {"HTTP_X_TWILIO_SIGNATURE": ""}, {"HTTP_AUTHORIZATION": "Basic QUM6dG9rZW4="}]

    answers = [edge.posts(FIRST, ringing(), signature="", **more) for more in headers]

    assert [answer.status for answer in answers] == [403] * len(headers)
    assert not any(edge.rows().values())


def test_a_field_changed_on_the_way_is_refused(edge):
    signature = sign(edge.settings.auth_tokens[0], edge.settings.public_base_url + FIRST, flatten(ringing()))
    changed = [
        ringing(From="+821099999999"),
        ringing(Digits="1"),
        ringing(From=["+821012345678", "x"]),
        {},
        {"CallSid": CALL},
    ]

    answers = [edge.posts(FIRST, fields, signature=signature) for fields in changed]

    assert [answer.status for answer in answers] == [403] * len(changed)
    assert not any(edge.rows().values())


WEBHOOKS = (
    FIRST,
    f"/voice/lines/1379/calls/{CALL}/turns/1",
    f"/voice/lines/1379/calls/{CALL}/turns/1/message",
    f"/voice/lines/1379/calls/{CALL}/turns/1/rescues/1",
    paths.resume("1379"),
    paths.hold(CALL, 0),
    paths.supervision_status(1),
    paths.STATION_CALLS,
    paths.leg(1),
    paths.leg_answer(1, CALL, 1),
    paths.leg_over(CALL, 1),
    paths.callback_answer(1, 0),
    paths.callback_status(1),
    paths.CALL_STATUS,
    paths.CONFERENCE_EVENTS,
    paths.RECORDING_EVENTS,
)


def test_every_webhook_asks_for_the_signature(edge):
    rules = [rule.rule for rule in edge.app.url_map.iter_rules() if rule.rule.startswith("/voice")]

    statuses = [edge.posts(path, ringing(), signature="wrong").status for path in WEBHOOKS]

    assert statuses == [403] * len(rules)
    assert not any(edge.rows().values())


def test_what_a_proxy_adds_says_nothing(edge):
    assert edge.posts(FIRST, ringing(), **STRANGERS).status == 200


def test_a_signed_address_keeps_its_escapes(edge):
    queries = (
        "?note=%EC%95%88",
        "?note=a%2Fb%26c%3Dd",
        "?note=a+b%20c",
        "?note",
        "?a=1&a=2",
        "?%25=%25",
        "?note=~'()*!",
    )

    assert [edge.posts(FIRST + query, ringing()).status for query in queries] == [200] * len(queries)


def test_a_signed_address_may_be_korean(edge):
    """Twilio signs the address as it was given one; a server passes the bytes on as if they were Latin-1."""
    path, fields = FIRST + "?note=안산", ringing()
    signature = sign(edge.settings.auth_tokens[0], edge.settings.public_base_url + path, flatten(fields))
    as_bytes = path.encode().decode("latin-1")

    answer = edge.posts(FIRST, fields, signature=signature, RAW_URI=as_bytes, QUERY_STRING=as_bytes.partition("?")[2])

    assert answer.status == 200


def test_a_server_that_keeps_no_raw_path_is_served_too(edge):
    kept = (FIRST, FIRST + "?note=%EC%95%88&b=c%20d")

    assert [edge.posts(path, ringing(), RAW_URI="", REQUEST_URI="").status for path in kept] == [200, 200]


def test_a_request_line_may_hold_a_whole_address_and_only_its_path_counts(edge):
    signature = sign(edge.settings.auth_tokens[0], edge.settings.public_base_url + FIRST, flatten(ringing()))

    for origin in ("http://127.0.0.1:1379", "HTTPS://evil.example:99999", "http://[x", "http://"):
        assert edge.posts(FIRST, ringing(), signature=signature, RAW_URI=origin + FIRST).status == 200
        assert edge.posts(FIRST, ringing(), signature="wrong", RAW_URI=origin + FIRST).status == 403


def test_a_request_line_that_is_no_address_is_refused(edge):
    lines = ("*", "@[x", ":x", "[", "\\", "//[x/", "?", "#", "\x00", "%", "http:")

    assert [edge.posts(FIRST, ringing(), RAW_URI=raw).status for raw in lines] == [403] * len(lines)


BASES = (
    "https://line.example",
    "https://line.example:8443",
    "https://line.example/1379",
    "https://line.example/kr/help",
    "https://xn--on3b27gn4a.example",
)


@pytest.mark.parametrize("base", BASES)
def test_the_public_address_may_be_https_and_may_have_a_path_of_its_own(edge, base):
    edge.settings = replace(edge.settings, public_base_url=base)
    edge.__post_init__()

    assert edge.posts(FIRST, ringing()).status == 200


@pytest.mark.parametrize("base", BASES)
def test_a_proxy_may_take_that_path_away_and_speak_plain_http(edge, base):
    edge.settings = replace(edge.settings, public_base_url=base)
    edge.__post_init__()
    inside = {"RAW_URI": FIRST, "REQUEST_URI": FIRST, "PATH_INFO": FIRST, "wsgi.url_scheme": "http"}

    assert edge.posts(FIRST, ringing(), HTTP_HOST="10.0.0.7:8000", SERVER_PORT="8000", **inside).status == 200


def test_while_one_token_replaces_the_other_both_are_in_force(edge):
    signature = sign("the next one", edge.settings.public_base_url + FIRST, flatten(ringing()))
    before = edge.posts(FIRST, ringing(), signature=signature)
    edge.settings = replace(edge.settings, auth_tokens=(*edge.settings.auth_tokens, "the next one"))
    edge.__post_init__()

    assert before.status == 403
    assert edge.posts(FIRST, ringing(), signature=signature).status == 200
    assert edge.posts(FIRST, ringing()).status == 200


def test_unknown_fields_are_signed_and_otherwise_ignored(edge):
    plain = edge.rings("CA" + "1" * 32)

    strange = edge.rings("CA" + "2" * 32, SipHeader_X_Note="</Response>", 새로운="것", _="", CallToken="%7B%7D")

    assert strange.status == plain.status == 200
    assert strange.body.replace(b"2" * 32, b"1" * 32) == plain.body
