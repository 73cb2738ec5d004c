"""What a caller says, understood for everything it carries: service, place, institutes and signals.

Keyword rules, so that the same words always give the same answer and every answer can be explained.
"""

import re
from dataclasses import dataclass

from directory.model import Directory, InstituteCode, RegionCode
from ivr.institute_fields import institutes_for
from ivr.institute_names import NOT_OURS, named_institutes
from ivr.intake import Category
from ivr.region_speech import whereabouts
from ivr.services import GUESS, LIKELY, Service, service_in
from ivr.signals import signals_in
from ivr.speech_text import squeezed, tokens
from ivr.spoken_keys import spoken_key
from ivr.yes_or_no import yes_or_no

WEAK = 0.6  # below this the caller is asked to confirm
SHORTEST_WISH = 9  # syllables: "기술 애로 상담이요" names a service, it does not tell a problem
LONGEST_YES = 12  # syllables; a longer answer tells more than yes or no
ONLY_CONNECT = re.compile("연결|통화|바꿔|(연구원|연구소|센터|연|스트|트리|스티|텍)(이요|요|입니다|이에요|예요)?$")


@dataclass(frozen=True)
class Understood:
    """Everything one utterance carries; parts that were not said are empty."""

    category: Category | None
    category_confidence: float
    region: RegionCode | None
    region_candidates: tuple[RegionCode, ...]
    institutes: tuple[InstituteCode, ...]  # best first
    signals: tuple[str, ...]  # emergency, abuse, repeat, back, refer:1357, yes, no, wish, noise


def understand(directory: Directory, utterance: str) -> Understood:
    """Understand an utterance in Korean. The same words give the same answer; nothing is ever refused."""
    place = whereabouts(directory, utterance)
    institutes = institutes_for(directory, utterance)
    signals = signals_in(utterance)
    service = service_asked(directory, utterance, institutes, signals)
    return Understood(
        category=service.category,
        category_confidence=service.confidence,
        region=place.region,
        region_candidates=place.candidates,
        institutes=institutes if service.category else (),
        signals=(*signals, *answer_in(utterance, signals), *wish_in(utterance, service)),
    )


def service_asked(
    directory: Directory, utterance: str, institutes: tuple[InstituteCode, ...], signals: tuple[str, ...]
) -> Service:
    """Return the service, or the wish for a person; none when the line itself or another line is meant."""
    said = squeezed(utterance)
    if spoken_key(utterance) == "0":
        return Service(Category.OPERATOR, 1.0)
    if any(name in said for name in NOT_OURS) or {"emergency", "repeat", "back", "noise"} & set(signals):
        return Service(None, 0.0)
    service = service_in(utterance, about_a_field=bool(institutes))
    if any(signal.startswith("refer:") for signal in signals) and service.confidence < WEAK + 0.3:
        return Service(None, 0.0)
    if service.confidence <= GUESS and is_bare_name(directory, utterance):
        return Service(Category.OPERATOR, LIKELY)  # an institute's name and nothing else: its people are wanted
    return service


def is_bare_name(directory: Directory, utterance: str) -> bool:
    return bool(named_institutes(directory, tokens(utterance))) and bool(ONLY_CONNECT.search(squeezed(utterance)))


def answer_in(utterance: str, signals: tuple[str, ...]) -> tuple[str, ...]:
    if len(squeezed(utterance)) > LONGEST_YES or "repeat" in signals:
        return ()
    answer = yes_or_no(utterance)
    return () if answer is None else ("yes",) if answer else ("no",)


def wish_in(utterance: str, service: Service) -> tuple[str, ...]:
    """Return ("wish",) when the words tell the caller's own matter, not only the name of a service."""
    if service.category is None or len(squeezed(utterance)) < SHORTEST_WISH:
        return ()
    return ("wish",) if len(tokens(utterance)) > 2 else ()
