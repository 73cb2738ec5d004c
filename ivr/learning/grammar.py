"""Sentences out of phrases: each trouble said in several ways, each frame filled with things, names and times.

Nothing is left to chance: which parts meet is read off the words themselves.
"""

import re
import zlib
from collections.abc import Iterator, Sequence

from ivr.korean import with_particle
from ivr.learning.corpus import Corpus, Labelled

TROUBLE_SAID, THING_SAID, FRAME_SAID, NAMES_EACH = 3, 2, 2, 6  # ways each is said
STRIDE = 61  # from the frame a thing is said in to the next
OPENINGS = (
    "", "", "", "", "", "저희 회사가 ", "저희가 ", "저기요 ", "여보세요 ", "네 ", "아 네 ", "안녕하세요 ", "수고하십니다 ", "문의 좀 드릴게요 ",
    "다름이 아니라 ", "저기 ", "어 ", "그 ", "우리 공장에서 ", "요즘 ", "계속 ", "지난달부터 ", "{place}인데요 ", "{place}에서 전화드리는데요 ",
    "{place} 업체인데요 ", "{place}에 있는 중소기업인데 ", "{place}에서 {thing} 만드는데 ", "{thing} 만드는 회사인데 ", "{thing} 하는 업체인데요 ",
    "{thing} 하는 집인데 ", "{place} {thing} 공장인데요 ", "{thing} 개발하는 스타트업인데요 ", "저희는 {thing} 하는 데고요 ",
)  # fmt: skip
AFTER_STEM = (  # after 벗겨져, the stem of 벗겨져요
    "요", "요", "요", "서요", "서 전화드렸어요", "서 그러는데요", " 가지고요", " 가지고 전화했습니다", "서 죽겠어요", "서 큰일이에요",
    "서 상담 좀 받고 싶어요", "서 문의드립니다", "요 왜 그런 거예요", "요 어떻게 해야 돼요", "요 방법이 없을까요", "요 도와주실 분 있나요",
    "요 원인을 좀 알고 싶어요", "서 납품을 못 하고 있어요", "서 고민입니다", "서 해결 방법을 찾고 있어요", "서 미치겠네요", "유", "예",
    "서 기술 자문을 구하고 싶은데요", "요 이거 해결되나요", "서 어떡하죠", "서 반품이 들어왔어요",
)  # fmt: skip
AFTER_PAST = (
    "어요", "어요", "는데요", "습니다", "는데 방법이 없을까요", "는데 어떻게 해야 되나요", "거든요", "는데 도와주실 수 있나요", "다니까요",
    "는데 원인을 모르겠어요", "어예", "는데 상담 좀 부탁드립니다",
)  # fmt: skip
OTHER_TAILS = ("", "", " 어떻게 해야 되나요", " 도와주실 수 있나요", " 방법이 없을까요", " 상담 좀 부탁드려요", " 좀 알려 주세요")
FRAME_OPENINGS = (
    "", "", "", "", "네 ", "저기 ", "여보세요 ", "안녕하세요 ", "다름이 아니라 ", "저희 회사인데요 ", "{place}인데요 ", "{place}에 있는 업체인데요 ",
    "{place}에서 전화드리는데 ", "혹시 ", "아니 ", "그 ",
)  # fmt: skip
PLACES = ("안산", "창원", "광주", "대전 유성", "부산 사상", "천안", "구미", "전주", "평택", "김해", "청주", "원주", "인천 남동공단", "대구 성서", "경기도 화성")
PERIODS = ("일주일", "한 달", "두 달", "석 달", "삼 개월", "육 개월", "반년", "일 년", "이 주", "보름", "며칠", "한 학기", "이 년")
NOT_OURS = ("카이스트", "기초과학연구원", "산업기술시험원", "전자기술연구원", "국방과학연구소", "테크노파크", "자동차연구원", "포스텍",
            "화학융합시험연구원", "건설생활환경시험연구원", "케이티엘", "KAIST", "KTL", "서울대", "기계전기전자시험연구원", "광기술원",
            "섬유개발연구원", "해양과학기술원", "극지연구소", "세라믹기술원")  # fmt: skip
INSTITUTES = ("생기원", "에트리", "전기연구원", "기계연", "표준연", "화학연구원", "항우연", "재료연구소", "식품연구원", "키스트")
SLOT = re.compile(r"\{(\w+)\}(이|은|으로|하고|에서|에|쪽)?")
PAST = re.compile("(.*[았었했됐렸졌났갔왔봤컸샀섰겼켰쳤폈혔꼈])어요")
STEM = re.compile("(.*[^이에])요")


def sentences(corpus: Corpus) -> Iterator[Labelled]:
    """Return every sentence the phrases and frames make."""
    for trouble in corpus.troubles:
        for number in range(TROUBLE_SAID):
            yield _told(trouble, number, corpus)
    of_things = [frame for frame in corpus.frames if "{thing}" in frame.utterance]
    for number in range(THING_SAID):
        for at, thing in enumerate(corpus.things):
            yield _filled(of_things[(at + number * STRIDE) % len(of_things)], number, thing)
    for frame in corpus.frames:
        if "{thing}" not in frame.utterance:
            for number in range(NAMES_EACH if "{" in frame.utterance else FRAME_SAID):
                yield _filled(frame, number, corpus.things[0])


def _told(trouble: Labelled, number: int, corpus: Corpus) -> Labelled:
    dice = _dice(trouble.utterance, number)
    if past := PAST.fullmatch(trouble.utterance):
        said = past[1] + _pick(AFTER_PAST, dice)
    elif stem := STEM.fullmatch(trouble.utterance):
        said = stem[1] + _pick(AFTER_STEM, dice)
    else:
        said = trouble.utterance + _pick(OTHER_TAILS, dice)
    if number == 0:
        return Labelled(trouble.utterance, trouble.category, "", trouble.institutes)
    own = [words for words, codes in corpus.things if codes[0] == trouble.institutes[0]]
    opening = _pick(OPENINGS, dice // 97).replace("{thing}", _pick(own, dice // 53)).replace("{place}", _pick(PLACES, dice))
    return Labelled(opening + said, trouble.category, "", trouble.institutes)


def _filled(frame: Labelled, number: int, filling: tuple[str, tuple[str, ...]]) -> Labelled:
    dice = _dice(frame.utterance, number)
    institutes: tuple[str, ...] = ()
    thing, codes = filling
    if "{thing}" in frame.utterance:
        institutes = codes
    values = {
        "thing": thing,
        "inst": _pick(INSTITUTES, dice),
        "not_ours": _pick(NOT_OURS, dice // 7),
        "period": _pick(PERIODS, dice // 11),
        "place": _pick(PLACES, dice // 13),
    }
    opening = "" if number == 0 or len(frame.utterance) < 8 else _pick(FRAME_OPENINGS, dice // 17)
    said = SLOT.sub(lambda slot: _with(values[slot[1]], slot[2]), opening + frame.utterance)
    return Labelled(said, frame.category, "", institutes, frame.note)


def _with(value: str, particle: str | None) -> str:
    if particle in {"이", "은", "으로"}:
        return with_particle(value, particle)
    return value + (particle or "")


def _dice(words: str, number: int) -> int:
    return zlib.crc32(f"{number} {words}".encode())


def _pick(among: Sequence[str], dice: int) -> str:
    return among[dice % len(among)]
