"""Which of the services an utterance asks for, by what was learned of how callers ask."""

import re
from dataclasses import dataclass

from ivr.intake import Category

SURE, GUESS = 0.95, 0.5  # how well an utterance tells the service
REPEAT, OUT_OF_SCOPE = "repeat", "out_of_scope"  # what is said beside the services: heard, and no wish for one
SERVICE_NAMES = re.compile("기술이전|인력교류|디비|데이터베이스|정보제공|애로기술|기술애로")


@dataclass(frozen=True)
class Service:
    """A service and how well the words tell it, from 0 to 1."""

    category: Category | None
    confidence: float
