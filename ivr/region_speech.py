"""Where the caller is, out of what they say: the site with the problem, not the head office or the institute's town."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from directory.model import Directory, RegionCode
from ivr.endings import IT_IS
from ivr.institute_names import names_in, names_institute
from ivr.named_after import is_named_after
from ivr.place_names import PlaceName, PlaceNames, place_names
from ivr.speech_text import FINALS, FIRST_SYLLABLE, PLACE, tokens

ENDING = (
    "(?:에서는|에서도|에서요|에서|에는|에도|에요|에|은|는|이|가|을|를|의|서|으로|로|이랑|랑|하고|도|만|까지|부터"
    "|있어요|있는데|있고|있는|있습니다|있는데예|있어예|사는|쪽|쪽에|쪽이요|쪽인데"
    f"|{IT_IS})"
)
KIND = (
    "(?:특별자치시|특별자치도|특별시|광역시|시|군|구|도|읍|면|동)?"
    "(?:지역|쪽|근처|인근|시내|국가산단|국가산업단지|산업단지|산단|공단|단지|공장|본사|지사|지점|청사|항|테크노밸리|업체|회사|사업장)?"
)
REST = re.compile(f"{KIND}{ENDING}?")
PLACE_ENDING = re.compile(
    f"(?:시|군|구|읍|쪽|지역|공단|산단)?(?:에서|에|{IT_IS}){ENDING}?|(?:시|군|구)(?:지역|쪽)?{ENDING}?"
)
TAKEN_BACK = re.compile("(?:이)?(?:아니고|말고|아니라|아니구|말구|아닙니다|아니에요|아니요)")
HEAD_OFFICE = re.compile("본사|본점|사무실|본부")
BESIDE = re.compile(
    "옆|근처|부근|인근|가까|바로|건너|(?:하고|이랑|랑|와|과)?(?:똑같|같은|국번)"
)  # told by another place
TOLD_OF = re.compile(
    "국번|지역번호|번호|출신이라|고향|말투|사투리|사람이라|사람이어|센터"
)  # what is said of a place that is not where one is
IS_AT = re.compile(f"(?:시|군|구|읍|쪽|공단|산단)?(?:에서|에있|에공장|{IT_IS})")
FIRM = re.compile(
    ".{1,4}(?:정밀|산업|테크|기공|금속|화학|전자|식품|공업|공업사|기계|엔지니어링|시스템|주조|도금|실업|제작소|상사|상회|농산|바이오|공장|업체|회사)(?:인데|이고|이|입|에서|예|요)"
)
CUSTOMER = re.compile("납품|거래처|고객|발주|원청|바이어|손님")
FINAL_N, FINAL_B = 4, 17  # last sounds by their number in Unicode
ENDS_IN_N = "".join(chr(code) for code in range(FIRST_SYLLABLE + FINAL_N, 0xD7A4, FINALS))
ENDS_IN_B = "".join(chr(code) for code in range(FIRST_SYLLABLE + FINAL_B, 0xD7A4, FINALS))
CONTRACTED = re.compile(
    f"(?=.+[데디니])(.{{0,6}}[{ENDS_IN_N}](?=[데디])|.{{0,6}}[{ENDS_IN_B}](?=니))((?:데|디|니다|니더).{{0,3}})"
)
SITE = re.compile("공장|현장|사업장|여기|저희|우리|회사는|작업장|^저는$|^제가$|^나는$|^지는$")
PART_OF_TOWN = re.compile(f".{{1,4}}(?:읍|동|산단|공단|단지|도시)(?:{IT_IS})?")
WORKS_AT = re.compile(  # behind the name of the town: 부여 농장이에요, 인제 용대리에서
    "(?:농장|목장|공장|양식장|농원|과수원|작업장|현장|사업장|매장|회사|업체|공방|농가|축사|양조장|양계장|제재소|방앗간)"
    f"(?:에서|에|인데|이고|{IT_IS})?|(?!관리|처리|수리|정리|조리|거리|분리|원리|화면|표면|도면|전면|단면|라면|냉면).{{2,3}}[리면](?:에서|에있)"
)
DONE_WITH = re.compile("하[고는려면]|[을를]|되")  # 양산하고, 연수를: something done, no place
SPELLED = ("할", "때")
SAID_OF_PLACES = re.compile(f"{KIND}(?:에서|에있는|에있고|에공장|인데|이고|입니다|이에요|예요|쪽에서|쪽인데|공장|업체)")
BARE_PLACE = re.compile(f"(?:네|예|여기|여기는|저희|저희는|우리는|지역은|저는)*(?:[{PLACE}]{KIND}{ENDING}?)+")
RUN_ON, FEW_WORDS, SHORTEST_SPLIT = 7, 2, 4  # syllables of words written as one; words of an utterance without spaces


@dataclass(frozen=True)
class Mention:
    """A place name heard at a word."""

    name: PlaceName
    at: int  # index of the first word
    end: int  # index after the last word
    rest: str  # what follows the name inside its word
    start: int  # where the name begins in the words without spaces


@dataclass(frozen=True)
class Whereabouts:
    """One region, or several it could be, or nothing."""

    region: RegionCode | None = None
    candidates: tuple[RegionCode, ...] = ()


def whereabouts(directory: Directory, utterance: str) -> Whereabouts:
    """Return the caller's own place. Several regions are returned as candidates: to be asked, not guessed."""
    words = tokens(utterance)
    return whereabouts_of(directory, words, mentions(directory, words))


def whereabouts_of(directory: Directory, words: Sequence[str], placed: Sequence[Mention]) -> Whereabouts:
    found = [mention for mention in placed if counts(directory, words, mention)]
    found = [mention for mention in found if not mention.name.needs_context or has_context(words, mention, found)]
    return decide(preferred(words, found))


def is_bare_place(text: str) -> bool:
    """Tell whether nothing but places was said, each of them masked by one sign: 부산이에요, 경기도 광주시요."""
    return BARE_PLACE.fullmatch(text) is not None


def mentions(directory: Directory, words: Sequence[str]) -> list[Mention]:
    names = place_names(directory)
    found: list[Mention] = []
    skip_to, start = 0, 0
    for at, word in enumerate(words):
        if at >= skip_to:
            here = split_mention(names, words, at, start) or mentions_in_word(names, word, at, start)
            if not here and len(word) >= RUN_ON:
                here = mentions_run_on(names, word, at, start, anywhere=len(words) <= FEW_WORDS)
            found += here
            skip_to = here[-1].end if here else skip_to
        start += len(word)
    return found


def mentions_in_word(names: PlaceNames, word: str, at: int, start: int) -> list[Mention]:
    """Return the names that make up one word: 경기도안산에서 holds two; 대구포 and 춘천닭갈비 hold none."""
    offset = 0
    found: list[Mention] = []
    while name := names.starting(word[offset:]):
        begins = offset
        offset += len(name.spoken)
        rest = word[offset:]
        found.append(Mention(name, at, at + 1, rest, start + begins))
        if not rest or REST.fullmatch(rest) or TAKEN_BACK.match(rest):
            return found
    name = names.sounding(word)
    rest = word[len(name.spoken) :] if name else ""
    if name and REST.fullmatch(rest):
        return [Mention(name, at, at + 1, rest, start)]
    whole = whole_word(word)
    return mentions_in_word(names, whole, at, start) if whole != word else []


def whole_word(word: str) -> str:
    """Return a word with what was drawn together taken apart: 단진데 is 단지인데."""
    drawn = CONTRACTED.fullmatch(word)
    return f"{without_final(drawn[1])}{drawn[2]}" if drawn else word


def without_final(said: str) -> str:
    """Return what was drawn together with "is", taken apart: 광준(데) is 광주인(데), 광줍(니다) is 광주입(니다)."""
    final = (ord(said[-1]) - FIRST_SYLLABLE) % FINALS
    return f"{said[:-1]}{chr(ord(said[-1]) - final)}{'인' if final == FINAL_N else '입'}"


def split_mention(names: PlaceNames, words: Sequence[str], at: int, start: int) -> list[Mention]:
    """Return a long name that was written in several words: 하남 산단."""
    words = [*words[:at], *(whole_word(word) for word in words[at : at + 3])]
    name = names.starting("".join(words[at:]))
    if not name or len(name.spoken) < SHORTEST_SPLIT or len(name.spoken) <= len(words[at]):
        return []
    end, length = at, 0
    while length < len(name.spoken):
        length += len(words[end])
        end += 1
    rest = "".join(words[at:end])[len(name.spoken) :]
    return [Mention(name, at, end, rest, start)] if REST.fullmatch(rest) else []


def mentions_run_on(names: PlaceNames, word: str, at: int, start: int, *, anywhere: bool) -> list[Mention]:
    """Return a place in words written as one, where what follows it is said of places: 안산에서도금하는데."""
    for offset in range(len(word) - 2 if anywhere else 1):
        name = names.starting(word[offset:])
        if name and len(name.spoken) > 1 and not name.needs_context:
            said_of_it = SAID_OF_PLACES.match(word, offset + len(name.spoken))
            if said_of_it:
                return [Mention(name, at, at + 1, said_of_it[0], start + offset)]
    return []


def counts(directory: Directory, words: Sequence[str], mention: Mention) -> bool:
    """Tell whether a mention is meant: not taken back, not spelled out, not an institute's town."""
    after = words[mention.end : mention.end + 3]
    if TAKEN_BACK.match(mention.rest) or (after and TAKEN_BACK.match(after[0])):
        return False
    if mention.rest.endswith("인지") or tuple(after[:2]) == SPELLED or is_of_another_thing(directory, words, mention):
        return False
    if mention.rest in {"", "에", "의", "에있는", "있는"}:
        behind = after[1:] if after[:1] in (["있는"], ("있는",)) else after
        return not (behind and names_institute(directory, behind) and not BESIDE.match("".join(behind[1:2])))
    return True


def is_of_another_thing(directory: Directory, words: Sequence[str], mention: Mention) -> bool:
    """Tell whether the name belongs to what is beside it: 대구 번호, 춘천 닭갈비 집, 생기원 안산에."""
    if is_named_after(words[mention.end :], mention.rest):
        return True
    before = words[mention.at - 1 : mention.at] if mention.at else ()
    named = names_in(directory, before) if before and mention.rest in {"", "에"} else ()
    return any(one.is_ours and one.end - one.start == len(before[0]) for one in named)


def has_context(words: Sequence[str], mention: Mention, found: Sequence[Mention]) -> bool:
    """Tell whether a word that also means something else stands for a place here."""
    if len(words) == 1 or PLACE_ENDING.fullmatch(mention.rest or "-"):
        return True
    if DONE_WITH.match(mention.rest):
        return False
    after = "".join(words[mention.end : mention.end + 1])
    if not mention.rest and (WORKS_AT.fullmatch(after) or (mention.at <= 1 and FIRM.match(after))):
        return True
    if len(words) == 2 and mention.at == 0 and not mention.rest and PART_OF_TOWN.fullmatch(after):
        return True
    beside = [other for other in found if other.at == mention.end or (other.end == mention.at and other is not mention)]
    if any(set(other.name.regions) & set(mention.name.regions) for other in beside):
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
        mention
        for mention in found
        if not near(mention, HEAD_OFFICE, 1) and not near(mention, CUSTOMER, 3) and not is_only_told_of(words, mention)
    ] or found
    sites = [mention for mention in own if near(mention, SITE, 1)]
    return own if shared(own) else sites or located(words, own) or own


def is_only_told_of(words: Sequence[str], mention: Mention) -> bool:
    """Tell whether a place beside another is not the caller's: 경산이요 대구 옆에, 국번은 대구하고, 대구까지 가야."""
    after = "".join(words[mention.end : mention.end + 1])
    before = words[mention.at - 1] if mention.at else ""
    told_of = [word for word in (before, "" if mention.rest else after) if TOLD_OF.match(word)]
    return bool(told_of or BESIDE.match(mention.rest) or BESIDE.match(after)) or mention.rest.startswith("까지")


def located(words: Sequence[str], found: Sequence[Mention]) -> list[Mention]:
    """Return the places something is at, where others only name a thing: 제주 감귤을 부천에서."""
    last = len(words) + 1
    kept: list[Mention] = []
    for mention in reversed(found):
        after = "".join(words[mention.end : mention.end + 1])
        if IS_AT.match(mention.rest) or (not mention.rest and SITE.search(after)) or mention.end == last:
            kept.insert(0, mention)
            last = mention.at
    return kept


def shared(found: Sequence[Mention]) -> set[RegionCode]:
    """Return the regions every mention may mean: 광주 and 하남산단 share one."""
    return set.intersection(*(set(mention.name.beside) for mention in found))


def decide(found: Sequence[Mention]) -> Whereabouts:
    if not found:
        return Whereabouts()
    several = len({mention.name.spoken for mention in found}) > 1
    regions = (shared(found) if several else set()) or {code for mention in found for code in mention.name.regions}
    if len(regions) == 1:
        return Whereabouts(region=regions.pop())
    return Whereabouts(candidates=tuple(sorted(regions)))
