"""Short answers to one question each: yes or no, a key, a telephone number, a length of time, a place, a time."""

from collections.abc import Callable, Mapping

from directory.model import Directory
from ivr.region_speech import whereabouts
from ivr.spoken_keys import spoken_key
from ivr.spoken_periods import spoken_days
from ivr.spoken_telephone import spoken_telephone
from ivr.spoken_times import spoken_time
from ivr.terms import Term, Terms, exchange_terms, research_terms
from ivr.yes_or_no import yes_or_no

CLASS_NAMES = {Term.SHORT: "short", Term.MIDDLE: "mid", Term.LONG: "long"}
NOTHING = "none"  # something was said, and nothing that answers the question


def read_slot(directory: Directory, slot: str, utterance: str) -> dict[str, object]:
    """Return the utterance and its value for one of SLOTS; whatever is said, there is a value."""
    return {"utterance": utterance, "slot": slot, **SLOTS[slot](directory, utterance)}


def _yes_no(_: Directory, utterance: str) -> dict[str, object]:
    return {"value": {True: "yes", False: "no", None: "unclear"}[yes_or_no(utterance)]}


def _digits(_: Directory, utterance: str) -> dict[str, object]:
    return {"value": spoken_key(utterance) or NOTHING}


def _phone(_: Directory, utterance: str) -> dict[str, object]:
    return {"value": spoken_telephone(utterance)}


def _period(_: Directory, utterance: str) -> dict[str, object]:
    """Return the days said, and the class they are in for an exchange and for further R&D."""
    days = spoken_days(utterance)
    return {
        "value": days,
        "personnel_period": _class_of(exchange_terms(days)) if days else "unclear",
        "rnd_term": _class_of(research_terms(days)) if days else "unclear",
    }


def _class_of(terms: Terms) -> str:
    """Return the class of a period, or that it lies in the source's gap, or where two classes meet."""
    if terms.is_certain:
        return CLASS_NAMES[terms.classes[0]]
    return "boundary" if terms.classes else "gap"


def _region(directory: Directory, utterance: str) -> dict[str, object]:
    place = whereabouts(directory, utterance)
    return {"value": f"ambiguous:{';'.join(place.candidates)}" if place.candidates else place.region or NOTHING}


def _callback_time(_: Directory, utterance: str) -> dict[str, object]:
    return {"value": spoken_time(utterance)}


SLOTS: Mapping[str, Callable[[Directory, str], dict[str, object]]] = {
    "yes_no": _yes_no,
    "digits": _digits,
    "phone": _phone,
    "period": _period,
    "region": _region,
    "callback_time": _callback_time,
}
SLOT_OF_FILE = {  # the slot of a labelled file, how it is read, and which part is the answer
    "yes_no": ("yes_no", "value"),
    "menu_digit": ("digits", "value"),
    "digits": ("digits", "value"),
    "phone": ("phone", "value"),
    "personnel_period": ("period", "personnel_period"),
    "rnd_term": ("period", "rnd_term"),
    "region": ("region", "value"),
    "callback_time": ("callback_time", "value"),
}
