"""What a caller says, understood for all it carries: service, place, institutes, signals and what to ask back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.model import Directory, InstituteCode, RegionCode
from ivr.asking_back import Doubt, ask_back
from ivr.institute_choice import Ranked, ranked_institutes
from ivr.institute_names import names_in
from ivr.intake import Category
from ivr.learning.features import masked, runs, short_runs
from ivr.learning.lessons import NO_FIELD, Learned, learned
from ivr.region_speech import is_bare_place, mentions, whereabouts_of
from ivr.services import GUESS, OUT_OF_SCOPE, REPEAT, SERVICE_NAMES, is_at_odds
from ivr.signals import heard_signals
from ivr.speech_text import TAKES_BACK, squeezed, tokens
from ivr.spoken_keys import spoken_key
from ivr.yes_or_no import yes_or_no

WEAK = 0.6  # below this the caller is asked to confirm
SHORTEST_WISH = 9  # syllables: "기술 애로 상담이요" names a service, it does not tell a problem
PAIR = 2  # syllables
SERVICE_TAKEN_BACK = re.compile(
    f"(?:{SERVICE_NAMES.pattern})(?:상담|문의|쪽|건)?[을를은는이가]?(?:말고요?|말구요?|아니고요?|아니구요?|아니라)"
)
SHORTEST_REST = 4  # syllables
TROUBLE, OF_TROUBLES = Category.TECHNICAL_DIFFICULTY.value, 0.85  # found on whole calls, each held back
LONGEST_YES = 12  # syllables; a longer answer tells more than yes or no
KEYS = {"0": Category.OPERATOR.value, "*": REPEAT, "#": REPEAT}


@dataclass(frozen=True)
class Understood:
    """Everything one utterance carries; parts that were not said are empty."""

    category: Category | None
    category_confidence: float
    region: RegionCode | None
    region_candidates: tuple[RegionCode, ...]
    institutes: tuple[InstituteCode, ...]  # best first
    signals: tuple[
        str, ...
    ]  # emergency, abuse, repeat, back, refer:1357, not_ours:KAIST, yes, no, wish, noise, silence
    heard_as: str = OUT_OF_SCOPE  # the category, or "repeat" or "out_of_scope" where it is None
    heard_confidence: float = 0.0
    scores: tuple[float, ...] = ()  # how well each of the institutes fits
    ask: str | None = None  # "category", "region" or "institute": better asked than guessed


def understand(directory: Directory, utterance: str, taught: Learned | None = None) -> Understood:
    """Understand an utterance in Korean. The same words give the same answer; nothing is ever refused."""
    taught = taught or learned()
    words = tokens(utterance)
    placed = mentions(directory, words)
    place = whereabouts_of(directory, words, placed)
    named = names_in(directory, words)
    text = without_taken_back(masked(directory, words, named, placed))
    features = runs(text)
    services = service_shares(utterance, text, features, taught)
    heard_as = best_of(services)
    signals = heard_signals(utterance, features, heard_as, named, taught)
    if "emergency" in signals:
        services, heard_as = {OUT_OF_SCOPE: 1.0}, OUT_OF_SCOPE
    category = Category(heard_as) if heard_as in set(Category) else None
    short = short_runs(features)
    fields = taught.institute.shares(short)
    by_rule = len(services) == 1
    ranked = ranked_institutes(directory, named, fields) if category else Ranked()
    return Understood(
        category=category,
        category_confidence=services[heard_as] if category else 0.0,
        region=place.region,
        region_candidates=place.candidates,
        institutes=ranked.codes,
        signals=(*signals, *answer_in(utterance, signals), *wish_in(utterance, category)),
        heard_as=heard_as,
        heard_confidence=services[heard_as],
        scores=ranked.scores,
        ask=ask_back(
            Doubt(
                category=category,
                confidence=services[heard_as],
                ranked=ranked,
                field_told=1.0 - fields.get(NO_FIELD, 0.0),
                place=place,
                is_named=any(one.is_ours for one in named),
                is_silence=not words,
                is_doubted=not by_rule and best_of(taught.second.shares(short)) != heard_as,
                is_at_odds=not by_rule and is_at_odds(heard_as, text),
                unheard=0.0 if by_rule else unheard_share(features, taught),
            )
        ),
    )


def without_taken_back(text: str) -> str:
    """Return the text without a service that is named and taken back, as long as something is left to go by."""
    left = SERVICE_TAKEN_BACK.sub("", text)
    return left if len(left) >= SHORTEST_REST else text


def service_shares(utterance: str, text: str, features: tuple[str, ...], taught: Learned) -> dict[str, float]:
    """Return how likely each service is meant. A key that was said is that key; a place alone is no service."""
    if not text or is_bare_place(text):
        return {OUT_OF_SCOPE: 1.0}
    key = spoken_key(utterance)
    if key in KEYS:
        return {KEYS[key]: 1.0}
    if len(text) == 1 and text not in taught.service.rows:
        return {OUT_OF_SCOPE: GUESS}  # its beginning and its end are all that is known
    return between_names(text, levelled(taught.service.shares(features)))


def best_of(shares: Mapping[str, float]) -> str:
    return max(shares, key=lambda name: shares[name])


def unheard_share(features: Sequence[str], taught: Learned) -> float:
    """Return which share of the pairs of syllables stands in no sentence that was learned from."""
    pairs = [feature for feature in features if len(feature) == PAIR]
    return sum(pair not in taught.service.rows for pair in pairs) / max(len(pairs), 1)


def levelled(shares: Mapping[str, float]) -> dict[str, float]:
    """Believe in a trouble a little less: most that was taught is one, and words nobody taught lean to it."""
    weighed = {name: share * (OF_TROUBLES if name == TROUBLE else 1.0) for name, share in shares.items()}
    total = sum(weighed.values())
    return {name: share / total for name, share in weighed.items()}


def between_names(text: str, shares: dict[str, float]) -> dict[str, float]:
    """Halve the belief where several services are named and none is taken back: which one is for the caller to say."""
    if len({found[0] for found in SERVICE_NAMES.finditer(text)}) > 1 and not TAKES_BACK.search(text):
        best = best_of(shares)
        return {**shares, best: min(shares[best], GUESS)}
    return shares


def answer_in(utterance: str, signals: tuple[str, ...]) -> tuple[str, ...]:
    if len(squeezed(utterance)) > LONGEST_YES or "repeat" in signals:
        return ()
    answer = yes_or_no(utterance)
    return () if answer is None else ("yes",) if answer else ("no",)


def wish_in(utterance: str, category: Category | None) -> tuple[str, ...]:
    """Return ("wish",) when the words tell the caller's own matter, not only the name of a service."""
    if category is None or len(squeezed(utterance)) < SHORTEST_WISH:
        return ()
    return ("wish",) if len(tokens(utterance)) > 2 else ()
