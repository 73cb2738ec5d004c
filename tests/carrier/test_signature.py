"""The signature as Twilio's library checks it, held against one written from Twilio's description."""

from hypothesis import given
from hypothesis import strategies as st

from carrier.signature import is_signed
from simulator import sign

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=8)
URL = "https://line.example/voice/calls/status?offer=1"


@given(pairs=PAIRS, token=TEXT.filter(bool))
def test_what_twilio_signed_is_signed(pairs, token):
    assert is_signed(URL, pairs, sign(token, URL, pairs), [token])
    assert is_signed(URL, pairs[::-1], sign(token, URL, pairs), ["another", token])


@given(pairs=PAIRS, token=TEXT.filter(bool), other=TEXT)
def test_another_s_signature_is_none(pairs, token, other):
    assert is_signed(URL, pairs, sign(other, URL, pairs), [token]) == (other == token)


@given(url=st.text(max_size=60), signature=st.text(max_size=40))
def test_an_address_of_any_shape_is_refused_and_never_fails(url, signature):
    assert not is_signed(url, [("From", "\ud800")], signature, ["token"])
    assert not is_signed(url, [], signature, ["token"])


def test_no_signature_and_no_token_sign_nothing():
    assert not is_signed(URL, [], "", ["token"])
    assert not is_signed(URL, [], sign("token", URL), [])
