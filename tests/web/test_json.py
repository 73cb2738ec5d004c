"""Webhooks in JSON: believed when the address is signed and the body is the one whose hash it gives."""

import hashlib
import json
from dataclasses import replace

import pytest

from calls.call import CallId
from commands.building import front_desk
from simulator import sign
from switchboard import paths
from tests.web.conftest import CALL, is_sound, ringing
from web.app import create_app

pytestmark = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)
FIRST = paths.first_turn("1379")


def posts_json(edge, told, path=FIRST, *, body=None, told_hash=None, signature=None, kind="application/json"):
    body = json.dumps(told, ensure_ascii=False).encode() if body is None else body
    found = hashlib.sha256(body).hexdigest() if told_hash is None else told_hash
    path += f"{'&' if '?' in path else '?'}bodySHA256={found}"
    url = edge.settings.public_base_url + path
    signed = sign(edge.settings.auth_tokens[0], url) if signature is None else signature
    return edge.posts(path, body=body, signature=signed, CONTENT_TYPE=kind)


def test_a_call_is_answered_and_ends_in_json_as_in_a_form(edge):
    assert is_sound(posts_json(edge, ringing(From="+82317801234")))
    assert edge.call().number.national == "0317801234"

    assert posts_json(edge, ringing(CallStatus="completed"), paths.CALL_STATUS).status == 204

    assert edge.call().ended_at is not None


def test_keys_and_speech_are_read_from_the_object(edge):
    posts_json(edge, ringing())

    posts_json(edge, ringing(Digits="4"), paths.turn("1379", CALL, 1))

    assert edge.call().intake["category"] == "information"


def test_another_body_another_hash_and_another_s_signature_are_refused_and_leave_no_row(edge):
    told = ringing()
    body = json.dumps(told).encode()
    for forged in (
        posts_json(edge, told, body=body.replace(b"CA0", b"CA1"), told_hash=hashlib.sha256(body).hexdigest()),
        posts_json(edge, told, told_hash="0" * 64),
        posts_json(edge, told, told_hash=""),
        posts_json(edge, told, told_hash="é"),
        posts_json(edge, told, signature=sign("another", edge.settings.public_base_url + FIRST)),
        posts_json(edge, told, signature=""),
        posts_json(edge, told, path=f"{FIRST}?bodySHA256={hashlib.sha256(body).hexdigest()}", told_hash="0" * 64),
    ):
        assert forged.status == 403

    assert not any(edge.rows().values())


def test_without_the_hash_in_the_address_json_is_no_json(edge):
    url = edge.settings.public_base_url + FIRST

    answer = edge.posts(
        FIRST,
        body=json.dumps(ringing()).encode(),
        signature=sign(edge.settings.auth_tokens[0], url),
        CONTENT_TYPE="application/json",
    )

    assert answer.status == 403  # a form whose one field is not in the signature


def test_a_form_is_signed_with_its_fields_though_a_hash_stands_in_the_address(edge):
    refused = posts_json(edge, ringing(), kind="application/x-www-form-urlencoded")

    assert refused.status == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b'"x"', b"{", b"\xff", b"[" * 100_000, b'{"CallSid": ["CA"], "From": {"a": 1}}', b'{"From": NaN}',
     b'{"From": 1' + b"0" * 5000 + b"}", b'{"From": "\\ud800", "CallSid": true}'],
)  # fmt: skip
def test_whatever_stands_in_the_body_the_caller_is_answered(edge, body):
    assert is_sound(posts_json(edge, None, body=body))
    assert len(edge.rows()["calls"]) == 1


def test_too_many_values_are_refused(edge):
    assert posts_json(edge, {str(number): "x" for number in range(1500)}).status == 413


def test_either_of_two_tokens_signs_while_one_replaces_the_other(line, settings, edge):
    both = replace(settings, auth_tokens=("the new one", settings.auth_tokens[0]))
    edge.app = create_app(front_desk(line.stage.house, both))
    url = settings.public_base_url + FIRST

    for number, token in enumerate((*both.auth_tokens, "the one before")):
        fields = ringing(f"CA{number:032x}")
        answer = edge.posts(FIRST, fields, signature=sign(token, url, list(fields.items())))
        assert answer.status == (403 if token == "the one before" else 200)
        assert (edge.call(CallId(fields["CallSid"])) is None) == (answer.status == 403)
