"""Stories of the menu around an earlier ticket; what the house finds is said by the test."""

import json

from ivr.details import DETAILS
from ivr.intake import Category


def asks(dials, *found):
    caller = dials()
    caller.rows += found
    return caller.presses("6")


def test_a_keyed_number_is_always_followed_by_the_proof(dials):
    caller = asks(dials, "unproven", "unproven").presses("260001233#")

    assert caller.step == "ticket_code"
    assert caller.intake.asked_ticket == "260001233"


def test_the_proof_is_kept_nowhere(dials):
    caller = asks(dials, "unproven", "unproven", "proven").presses("260001233#", "5678")

    assert caller.step == "ticket"
    assert caller.intake.ticket == "26-000123-3"
    assert "5678" not in json.dumps([caller.intake.to_data(), caller.walk.position.to_data()])


def test_number_and_proof_can_be_said(dials):
    caller = asks(dials, "unproven", "unproven", "proven").says("이육공공공일이삼삼", "오육칠팔")

    assert caller.step == "ticket"


def test_the_words_for_a_refusal_lead_back_to_the_number(dials):
    caller = asks(dials, "unproven", "unproven", "refused").presses("260001233#", "0000")

    assert caller.step == "ticket_number"
    assert caller.prompts == ["ticket_refused", "ticket_question"]
    assert caller.intake.asked_ticket is None


def test_a_star_tells_it_again(dials):
    assert asks(dials, "proven").presses("*").prompts == ["ticket_told", "ticket_menu"]


def test_a_note_is_taken_and_the_menu_goes_on(dials):
    caller = asks(dials, "proven").presses("1")
    assert caller.walk.records

    caller.leaves_note()

    assert caller.prompts[0] == "note_kept"
    assert caller.step == "ticket"


def test_a_note_in_which_nothing_was_said_is_not_thanked_for(dials):
    assert "note_kept" not in asks(dials, "proven").presses("1").leaves_note(seconds=0).prompts


def test_zero_after_a_note_brings_a_person_who_knows_the_ticket(dials):
    caller = asks(dials, "proven").presses("1").leaves_note(key="0")

    assert caller.waits
    assert caller.intake.ticket == "26-000123-3"


def test_the_first_menu_begins_without_the_ticket(dials):
    caller = asks(dials, "proven").presses("4")

    assert caller.step == "category"
    assert caller.intake.ticket is None
    assert caller.presses("1").intake.category is Category.TECHNICAL_DIFFICULTY


def test_too_many_tries_bring_a_person(dials):
    caller = asks(dials, "limited")

    assert caller.waits
    assert caller.prompts == ["ticket_limited"]


def test_the_schema_offers_the_values_the_details_have(sources):
    offered = json.loads(sources["flow.schema.json"])["$defs"]["set"]["properties"]

    for name in set(offered) & set(DETAILS):
        assert set(offered[name]["enum"]) == set(DETAILS[name].choices)
