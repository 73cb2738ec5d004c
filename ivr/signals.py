"""What an utterance asks of the line itself: a person, the question again, help in danger, another public line."""

import re
from collections.abc import Mapping

from ivr.speech_text import after_correction, squeezed, tokens

EMERGENCY = re.compile(
    "불났|불이야|화재신고|쓰러졌|의식이없|숨을안쉬|심장이멈|살려주|구급차|119불러|(?:사람|직원|손|팔|다리|손가락)[이가을]?[^.]{0,8}(?:끼었|끼였|잘렸|잘려|절단)"
    "|화상을입|연기가나고있"
)
PERHAPS_EMERGENCY = re.compile(
    "불이났|화재가?났|폭발했|폭발이났|불이붙|감전됐|감전되|깔렸|끼였|다쳤|피가나|가스가?(?:새|샌)|가스냄새"
)
AT_WORK = re.compile(
    "개발|만드|만들|시험|센서|장치|제품|납품|방지|기술|설계|원인|분석|지난|시제품|연구|작년|얼마전"
)  # the same words in a trade
ABUSE = re.compile(
    "씨발|시발(?!점|역)|씨팔|개새끼|새끼야|새끼들|병신|지랄|좆|미친놈|미친년|죽여버|죽여버린|죽여줄|죽고싶냐|닥쳐|^꺼져|꺼져(?:라|이|버려라)"
    "|목소리예쁘|몇살이야|사귀|한번만나줄|섹스|야한"
)
REPEAT = re.compile(
    "다시(한번)?(말|들|불러|안내|해|요)|다시듣|못들었|못들엇|^.{0,4}뭐라고|뭐라카|한번더|한번만더|들려줘|들려주|몇번이라고|안들려요|안들립"
    "|천천히|메뉴다시|반복"
)
WHOLE_REPEAT = frozenset({"다시", "별표", "별", "네뭐라고요", "뭐라고요", "반복", "처음부터다시", "다시요"})
BACK = re.compile("(?<!기술)(?<!특허)이전(?:으로|단계|메뉴)|뒤로(?=가|돌|요|$)|되돌아|우물정|전단계")
REFERRALS: Mapping[str, re.Pattern[str]] = {  # sister line -> words only it can help with
    "1357": re.compile("정책자금|대출|지원금|융자|창업자금|소상공인|운전자금"),
    "1350": re.compile("실업급여|퇴직금|임금|월급|급여|채용|최저임금|고용보험|산재"),
    "1544-8080": re.compile("특허.*출원|출원.*수수료|상표등록|상표출원"),
    "1380": re.compile("원산지|fta|에프티에이"),
    "1381": re.compile("ks인증|케이에스인증|kc인증|케이씨인증"),
    "1588-0800": re.compile("나라장터|조달청|입찰"),
    "1397": re.compile("햇살론|미소금융|서민금융"),
}
NOISE = re.compile("(?:여보세요|잠깐만|[음어아저기그게네예하요])*+")
LONGEST_REQUEST = 24  # syllables; a longer utterance that says 다시 tells a story
TROUBLE = re.compile(  # "고장이 반복돼요", "소리가 안 들려요": the same words told of a thing are a trouble, no request
    "고장|균열|불량|문제|제품|기계|도금|용접|센서|소리가|속도|온도|압력|벗겨|깨져|갈라|터져|새요|샙니다|밀려|떨어|끊겨|멈춰|흔들|생겨|나요$|납니다"
)


def signals_in(utterance: str) -> tuple[str, ...]:
    """Return the signals of an utterance: emergency, abuse, back, repeat, refer:<number>, noise."""
    said = squeezed(utterance)
    found = ["emergency"] if is_emergency(said) else []
    found += ["abuse"] if ABUSE.search(said) else []
    short = len(said) <= LONGEST_REQUEST and not TROUBLE.search(said)
    if short and BACK.search(said):
        found.append("back")
    elif short and (REPEAT.search(said) or said in WHOLE_REPEAT):
        found.append("repeat")
    kept = squeezed(after_correction(utterance))
    found += [f"refer:{number}" for number, pattern in REFERRALS.items() if pattern.search(kept)]
    if NOISE.fullmatch(said) or not tokens(utterance):
        found.append("noise")
    return tuple(found)


def is_emergency(said: str) -> bool:
    """Tell danger from trade: 가스가 새요 is danger, a firm that makes sensors for 가스가 새는 걸 is a caller."""
    return bool(EMERGENCY.search(said) or (PERHAPS_EMERGENCY.search(said) and not AT_WORK.search(said)))
