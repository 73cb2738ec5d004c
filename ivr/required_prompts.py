"""The prompts the rest of the house speaks, and the values each one is given."""

from collections.abc import Mapping

REQUIRED: Mapping[str, frozenset[str]] = {
    name: frozenset(values.split())
    for name, values in {
        "transferring": "desk",
        "ticket_number": "ticket",
        "wait_first": "ahead",
        "wait_again": "",
        "wait_please": "",
        "wait_next": "",
        "wait_position": "ahead",
        "wait_range": "least most",
        "wait_about": "least most",
        "wait_within": "least most",
        "wait_choices": "",
        "wait_choice_callback": "",
        "wait_choice_message": "",
        "wait_stays": "",
        "wait_widened": "",
        "line_full": "",
        "callback_which": "callback_number",
        "callback_number_asked": "callback_number",
        "callback_confirm": "callback_number",
        "callback_set": "callback_number shown ticket",
        "callback_known": "callback_number shown ticket",
        "callback_resumed": "",
        "message_instead": "callback_number ticket",
        "callback_greeting": "",
        "callback_accept": "",
        "callback_later": "",
        "callback_over": "",
        "person_coming": "",
        "recording_notice": "",
        "not_understood": "",
        "callback_dialing": "",
        "callback_dialing_message": "",
        "callback_not_reached": "",
        "message_alone": "ticket",
        "closed_done": "ticket day time",
        "callback_done": "ticket day",
        "no_number_open_done": "ticket",
        "no_number_done": "ticket",
        "apology": "",
        "reconnecting": "",
        "station_offer": "category region speaks",
        "station_callback": "category region speaks",
        "offer_gone": "",
        "hold_on": "",
        "choice": "place key",
        "message_offer": "",
        "thanks": "",
        "satisfaction": "",
        "on_hold": "",
        "fallback": "",
    }.items()
}
IN_FLOWS = frozenset(  # what a flow's own prompts may name
    {"category", "region", "callback_number", "choices", "hours", "ticket", "progress", "desk", "due", "late"}
)
TICKET_STATES = ("received", "assigned", "in_progress", "referred", "answered", "resolved", "closed", "reopened")
REFERRAL = frozenset({"number", "name"})  # what always.refer may name
NAMED = (  # values that need a spoken name in every language
    "technical_difficulty",
    "database_access",
    "personnel_exchange",
    "information",
    "technology_transfer",
    "operator",
    "ko",
    "en",
    *(f"ticket_{state}" for state in TICKET_STATES),
)
