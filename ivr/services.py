"""Which of the services an utterance asks for, by what was learned of how callers ask."""

from dataclasses import dataclass

from ivr.intake import Category

SURE, LIKELY, HUNCH, GUESS = 0.95, 0.8, 0.6, 0.5  # how well an utterance tells the service
REPEAT, OUT_OF_SCOPE = "repeat", "out_of_scope"  # what is said beside the services: heard, and no wish for one


@dataclass(frozen=True)
class Service:
    """A service and how well the words tell it, from 0 to 1."""

    category: Category | None
    confidence: float
