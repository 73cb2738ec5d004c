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
        "closed_done": "ticket day time",
        "callback_done": "ticket day",
        "no_number_open_done": "ticket",
        "no_number_done": "ticket",
        "apology": "",
        "reconnecting": "",
        "station_offer": "category region speaks",
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
