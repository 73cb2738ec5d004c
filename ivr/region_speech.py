"""Where the caller is, out of what they say: the site with the problem, not the head office or the institute's town."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from directory.model import Directory, RegionCode
from ivr.institute_names import names_institute
from ivr.place_names import PlaceName, place_names
from ivr.speech_text import tokens

ENDING = (
    "(?:에서는|에서도|에서요|에서|에는|에도|에요|에|이에요|이예요|예요|이요|입니다|인데예|인데요|인데|이고요|이고예|이고|고요"
    "|이라예|이라고요|이라고|이라서|라고요|라고|라서|이죠|이지요|죠|요|은|는|이|가|을|를|의|서|으로|로|이랑|랑|하고|도|만"
    "|이구요|구요|인디|이어유|어유|라카이|이라카이|임다|이드래요|드래요|이랑께요?|랑께요?|이여라|여라"
    "|까지|부터|있어요|있는데|있고|있는|있습니다|사는|쪽|쪽에|쪽이요|쪽인데)"
)
KIND = (
    "(?:특별자치시|특별자치도|특별시|광역시|시|군|구|도|읍|면|동)?"
    "(?:지역|쪽|근처|인근|시내|국가산단|국가산업단지|산업단지|산단|공단|단지|공장|본사|지사|지점|청사|항|테크노밸리|업체|회사|사업장)?"
)
REST = re.compile(f"{KIND}{ENDING}?")
PLACE_ENDING = re.compile(
    "(?:시|군|구|읍|쪽|지역|공단|산단)?(?:에서|에|이요|요|인데|인데요|이고|이고요|입니다|예요|이에요)"
    f"{ENDING}?|(?:시|군|구)(?:지역|쪽)?{ENDING}?"
)
TAKEN_BACK = re.compile("(?:이)?(?:아니고|말고|아니라|아니구|말구|아닙니다|아니에요|아니요)")
HEAD_OFFICE = re.compile("본사|본점|사무실|본부")
CUSTOMER = re.compile("납품|거래처|고객|발주|원청|바이어|손님")
SITE = re.compile("공장|현장|사업장|여기|저희|우리|회사는|작업장")
SPELLED = ("할", "때")


@dataclass(frozen=True)
class Mention:
    """A place name heard at a word."""

    name: PlaceName
    at: int  # index of the first word
    end: int  # index after the last word
    rest: str  # what follows the name inside its word


@dataclass(frozen=True)
class Whereabouts:
    """One region, or several it could be, or nothing."""

    region: RegionCode | None = None
    candidates: tuple[RegionCode, ...] = ()


def whereabouts(directory: Directory, utterance: str) -> Whereabouts:
    """Return the caller's own place. Several regions are returned as candidates: to be asked, not guessed."""
    words = tokens(utterance)
    found = [mention for mention in mentions(directory, words) if counts(directory, words, mention)]
    found = [mention for mention in found if not mention.name.needs_context or has_context(words, mention, found)]
    return decide(preferred(words, found))


def mentions(directory: Directory, words: Sequence[str]) -> list[Mention]:
    names = place_names(directory)
    found: list[Mention] = []
    skip_to = 0
    for at in range(len(words)):
        if at < skip_to:
            continue
        here = [] if at < skip_to else mentions_in_word(directory, words, at)
        if not here:
            joined = "".join(words[at : at + 3])
            name = names.starting(joined)
            if name and len(name.spoken) >= 4 and len(name.spoken) > len(words[at]):
                end, length = at, 0
                while length < len(name.spoken):
                    length += len(words[end])
                    end += 1
                rest = "".join(words[at:end])[len(name.spoken) :]
                if REST.fullmatch(rest):
                    here = [Mention(name, at, end, rest)]
        found += here
        skip_to = here[-1].end if here else skip_to
    return found


def mentions_in_word(directory: Directory, words: Sequence[str], at: int) -> list[Mention]:
    """Return the names that make up one word: 경기도안산에서 holds two; 대구포 and 춘천닭갈비 hold none."""
    names = place_names(directory)
    word, offset = words[at], 0
    found: list[Mention] = []
    while name := names.starting(word[offset:]):
        offset += len(name.spoken)
        rest = word[offset:]
        found.append(Mention(name, at, at + 1, rest))
        if not rest or REST.fullmatch(rest) or TAKEN_BACK.match(rest):
            return found
    return []


def counts(directory: Directory, words: Sequence[str], mention: Mention) -> bool:
    """Tell whether a mention is meant: not taken back, not spelled out, not an institute's town."""
    after = words[mention.end : mention.end + 3]
    if TAKEN_BACK.match(mention.rest) or (after and TAKEN_BACK.match(after[0])):
        return False
    if mention.rest.endswith("인지") or tuple(after[:2]) == SPELLED:
        return False
    if mention.rest in {"", "에", "의", "에있는", "있는"}:
        behind = after[1:] if after[:1] in (["있는"], ("있는",)) else after
        return not (behind and names_institute(directory, behind))
    return True


def has_context(words: Sequence[str], mention: Mention, found: Sequence[Mention]) -> bool:
    """Tell whether a word that also means something else stands for a place here."""
    if len(words) == 1 or PLACE_ENDING.fullmatch(mention.rest or "-"):
        return True
    before = [other for other in found if other.end == mention.at and other is not mention]
    if any(set(other.name.regions) & set(mention.name.regions) for other in before):
        return True
    after = [other for other in found if other.at == mention.end]
    if any(set(other.name.regions) & set(mention.name.regions) for other in after):
        return True
    return mention.at > 0 and bool(SITE.search(words[mention.at - 1]) or HEAD_OFFICE.search(words[mention.at - 1]))


def preferred(words: Sequence[str], found: Sequence[Mention]) -> Sequence[Mention]:
    """Keep the site with the problem where head office or customer are named too."""
    if len(found) < 2:
        return found

    def near(mention: Mention, sign: re.Pattern[str], reach: int) -> bool:
        earlier = max((other.end for other in found if other.end <= mention.at), default=0)
        return any(sign.search(word) for word in words[max(earlier, mention.at - reach) : mention.at])

    own = [
        mention for mention in found if not near(mention, HEAD_OFFICE, 1) and not near(mention, CUSTOMER, 3)
    ] or found
    sites = [mention for mention in own if near(mention, SITE, 1)]
    return own if shared(own) else sites or own


def shared(found: Sequence[Mention]) -> set[RegionCode]:
    """Return the regions every mention may mean: 광주 and 하남산단 share one."""
    return set.intersection(*(set(mention.name.regions) for mention in found))


def decide(found: Sequence[Mention]) -> Whereabouts:
    if not found:
        return Whereabouts()
    regions = shared(found) or {code for mention in found for code in mention.name.regions}
    if len(regions) == 1:
        return Whereabouts(region=regions.pop())
    return Whereabouts(candidates=tuple(sorted(regions)))
