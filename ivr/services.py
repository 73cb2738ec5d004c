"""Which of the services an utterance asks for, by what was learned of how callers ask."""

import re
from dataclasses import dataclass

from ivr.intake import Category

SURE, GUESS = 0.95, 0.5  # how well an utterance tells the service
REPEAT, OUT_OF_SCOPE = "repeat", "out_of_scope"  # what is said beside the services: heard, and no wish for one
SERVICE_NAMES = re.compile("기술이전|인력교류|디비|데이터베이스|정보제공|애로기술|기술애로")

OTHERWISE = {  # what is seldom said of the service
    Category.TECHNICAL_DIFFICULTY.value: re.compile(
        "싶어요?|싶은데|싶습니다|싶네|(?:돼|되나|됩니까)요?$|수있|있나요|있을까|있어요$|주세요$|주실|부탁|해줘요?$|구합|구해|찾"
    ),
    Category.INFORMATION.value: re.compile("장비|시험|분석|측정|현미경|관측|실험"),
}


@dataclass(frozen=True)
class Service:
    """A service and how well the words tell it, from 0 to 1."""

    category: Category | None
    confidence: float


def is_at_odds(heard_as: str, text: str) -> bool:
    """Tell whether words fit another service as well: a wish, not a trouble; a device, not a question about one."""
    words = OTHERWISE.get(heard_as)
    return words is not None and words.search(text) is not None
