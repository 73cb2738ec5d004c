"""An offer is taken once, by the browser it was made to."""

import pytest

from switchboard import paths
from tests.web.conftest import is_sound, ringing

GONE = "다른 직원이 받았거나 끊어졌습니다".encode()
LEG, OTHER_LEG = "CA" + "b" * 32, "CA" + "c" * 32


@pytest.fixture
def offer(line, edge):
    line.agent("icg_1").signs_in()
    line.caller().dials().presses("0").waits(3)
    return edge.rows()["offers"][0]


def accepts(edge, leg, station, offer_id):
    answer = edge.posts(paths.STATION_CALLS, ringing(leg, From=station, offer=offer_id))
    assert is_sound(answer)
    return answer.body


def test_a_second_accept_hears_that_the_offer_is_gone(edge, offer):
    first = accepts(edge, LEG, offer.station, str(offer.id))
    second = accepts(edge, OTHER_LEG, offer.station, str(offer.id))

    assert b"<Conference" in first
    assert GONE in second
    assert len(edge.rows()["legs"]) == 1


def test_a_replayed_accept_gets_the_same_bytes_and_takes_nothing_more(edge, offer):
    first = accepts(edge, LEG, offer.station, str(offer.id))
    before = edge.rows()

    assert [accepts(edge, LEG, offer.station, str(offer.id)) for _ in range(3)] == [first] * 3
    assert edge.rows() == before


STRANGERS = ("client:other", "client:icg_2", "client:ICG_1", "icg_1", "client:icg_1 ", "client:icg_1?x=1", "sip:icg_1@x",
             "+821012345678", "", None, b"\xff", ["client:other", "client:icg_1"], ["client:icg_1", "client:other"])  # fmt: skip


def test_someone_else_s_browser_cannot_accept(edge, offer):
    assert offer.station == "client:icg_1"
    heard = [accepts(edge, f"CA{number:032x}", station, str(offer.id)) for number, station in enumerate(STRANGERS)
             if station != "client:icg_1 "]  # fmt: skip

    assert all(GONE in body for body in heard)
    assert edge.rows()["offers"] == [offer]
    assert "offer.not_theirs" in edge.events()
    assert b"<Conference" in accepts(edge, LEG, offer.station, str(offer.id))


def test_an_offer_that_is_none_cannot_be_accepted(edge, offer):
    ids = (None, "", "0", "-1", "99", "9" * 40, "1e0", " ", "١", "１", "1 OR 1=1", b"\xff", "1\0x", "1.0")

    heard = [accepts(edge, f"CA{number:032x}", offer.station, offer_id) for number, offer_id in enumerate(ids)]

    assert all(GONE in body for body in heard)
    assert edge.rows()["offers"] == [offer]


def test_a_telephone_that_was_not_rung_cannot_take_an_offer_by_guessing_once_it_is_taken(edge, offer):
    accepts(edge, LEG, offer.station, str(offer.id))

    answer = edge.posts(paths.leg_answer(offer.id, OTHER_LEG, 1), ringing(OTHER_LEG, Digits="1"))

    assert GONE in answer.body
