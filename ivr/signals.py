"""What an utterance asks of the line itself: a person, the question again, help in danger, another public line."""

import re
from collections.abc import Sequence

from ivr.institute_names import Named
from ivr.learning.lessons import Learned
from ivr.services import OUT_OF_SCOPE, REPEAT
from ivr.speech_text import squeezed

PERSON = (
    "(?:사람|직원|작업자|동료|(?<!전)기사님?|사장님?)(?:들|분들?|(?:한|두|세|네|몇|여러)(?:명|분|사람))*[이가은는도]*"
)
HOW = "갑자기|방금|지금|그만|또|막"
WAY = f"(?:[^이가은는]{{0,6}}(?:에서?|고|다가?|서)|{HOW}){{0,2}}"  # a place or what was done: never another subject
EXAMINED = "(?<!시험|면접|심사|평가|조사|대회|입찰|공모|경쟁|검증|인증|기준|승인|검사)"
HEIGHT = f"(?:{HOW})?(?:이층|높은|이동식|[^이가은는]){{1,7}}{EXAMINED}(?:에서|(?<!에)서|밑으로|아래로)"
DEPTH = "(?:물|탱크|통|조|맨홀|구덩이|웅덩이|기름|약품|용액|폐수|사일로|호퍼|바다|강|우물|기계)(?:속|안)?(?:에|으로)"
EMERGENCY = re.compile(
    f"불났|불이야|화재신고|^쓰러졌|{PERSON}{WAY}쓰러졌|의식이없|숨을안쉬|심장이멈|살려주|구급차|119불러"
    "|(?:사람|직원|손|팔|다리|손가락)[이가을]?[^.]{0,8}(?:끼었|끼였|잘렸|잘려|절단)|화상을입|연기가나고있"
)
PERHAPS_EMERGENCY = re.compile(
    "불이났|화재가?났|폭발했|폭발이났|불이붙|감전됐|감전되|깔렸|끼였|다쳤|피가나|가스가?(?:새|샌)|가스냄새|(?:정신|의식)을잃|질식했"
    f"|{PERSON}(?:{WAY}(?:갇혔|말려들|기절|추락(?:했|해|하셨|사고))|[^이가은는]{{0,6}}[을를]?뒤집어[썼쓴])"
    f"|{PERSON}(?:(?:{HOW})?[^이가은는]{{0,5}}{DEPTH}빠졌|{HEIGHT}(?:[^이가은는]{{1,5}}로)?떨어졌)"
    f"|{DEPTH}{PERSON}(?:{HOW})?빠졌|{HEIGHT}{PERSON}(?:{HOW})?떨어졌"
)
OF_STAFF = re.compile(f"{PERSON}.{{0,20}}(?:빠졌|떨어졌)")  # no danger without a place: somebody left, a skill is less
AT_WORK = re.compile(
    "개발|만드|만들|시험|센서|장치|제품|납품|방지|기술|설계|원인|분석|지난|시제품|연구|작년|얼마전"
)  # the same words in a trade
ABUSE = re.compile(
    "씨발|시발(?!점|역)|씨팔|개새끼|새끼야|새끼들|병신|지랄|좆|미친놈|미친년|죽여버|죽여버린|죽여줄|죽고싶냐|닥쳐|^꺼져|꺼져(?:라|이|버려라)"
    "|목소리예쁘|몇살이야|사귀|한번만나줄|섹스|야한"
)
BACK = re.compile("(?<!기술)(?<!특허)이전(?:으로|단계|메뉴)|뒤로(?=가|돌|요|$)|되돌아|우물정|전단계")
NOISE = re.compile("(?:여보세요|잠깐만|[음어아저기그게네예하요])*+")
PLAIN = 0.5  # share of belief from which a kind of outside wish is acted on


def heard_signals(
    utterance: str, features: tuple[str, ...], heard_as: str, named: Sequence[Named], taught: Learned
) -> tuple[str, ...]:
    """Return emergency, abuse, repeat or back, refer:<number>, not_ours:<body>, noise, silence."""
    said = squeezed(utterance)
    if not said:
        return ("silence",)
    outside = _outside(features, taught) if heard_as == OUT_OF_SCOPE else ""
    is_danger = outside == "emergency" and not OF_STAFF.search(said)
    found = ["emergency"] if is_danger or is_emergency(said) else []
    found += ["abuse"] if ABUSE.search(said) or outside == "abuse" else []
    if heard_as == REPEAT:
        found.append("back" if BACK.search(said) else "repeat")
    found += [outside] if outside.startswith("refer:") else []
    found += dict.fromkeys(f"not_ours:{one.code}" for one in named if not one.is_ours)
    if heard_as == OUT_OF_SCOPE and NOISE.fullmatch(said):
        found.append("noise")
    return tuple(found)


def _outside(features: tuple[str, ...], taught: Learned) -> str:
    """Return the signal of what is none of the services, or "" when it is not plain which."""
    shares = taught.outside.shares(features)
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= PLAIN else ""


def is_emergency(said: str) -> bool:
    """Tell danger from trade: 가스가 새요 is danger, a firm that makes sensors for 가스가 새는 걸 is a caller."""
    return bool(EMERGENCY.search(said) or (PERHAPS_EMERGENCY.search(said) and not AT_WORK.search(said)))
