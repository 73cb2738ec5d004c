"""Short answers to one question each: yes or no, a key, a telephone number, a length of time, a place."""

from collections.abc import Callable, Mapping

from directory.model import Directory
from ivr.region_speech import whereabouts
from ivr.spoken_keys import spoken_key
from ivr.yes_or_no import yes_or_no

NOTHING = "none"  # said something, and nothing that answers the question


def read_slot(directory: Directory, slot: str, utterance: str) -> dict[str, object]:
    """Return the utterance and its value for one of SLOTS; whatever is said, there is a value."""
    return {"utterance": utterance, "slot": slot, **SLOTS[slot](directory, utterance)}


def _yes_no(_: Directory, utterance: str) -> dict[str, object]:
    return {"value": {True: "yes", False: "no", None: "unclear"}[yes_or_no(utterance)]}


def _digits(_: Directory, utterance: str) -> dict[str, object]:
    return {"value": spoken_key(utterance) or NOTHING}


def _region(directory: Directory, utterance: str) -> dict[str, object]:
    place = whereabouts(directory, utterance)
    value = f"ambiguous:{';'.join(place.candidates)}" if place.candidates else place.region or NOTHING
    return {"value": value}


SLOTS: Mapping[str, Callable[[Directory, str], dict[str, object]]] = {
    "yes_no": _yes_no,
    "digits": _digits,
    "region": _region,
}
SLOT_OF_FILE = {  # the slot of a labelled file, how it is read, and which part is the answer
    "yes_no": ("yes_no", "value"),
    "menu_digit": ("digits", "value"),
    "region": ("region", "value"),
}
