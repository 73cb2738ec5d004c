"""What an utterance asks of the line itself: a person, the question again, help in danger, another public line."""

import re
from collections.abc import Sequence

from ivr.institute_names import Named
from ivr.learning.lessons import Learned
from ivr.services import OUT_OF_SCOPE, REPEAT
from ivr.speech_text import squeezed

EMERGENCY = re.compile(
    "불났|불이야|화재신고|^쓰러졌|(?:사람|직원|작업자|동료|기사님?|사장님?)[이가들은도]*.{0,8}쓰러졌|의식이없|숨을안쉬|심장이멈|살려주|구급차|119불러|(?:사람|직원|손|팔|다리|손가락)[이가을]?[^.]{0,8}(?:끼었|끼였|잘렸|잘려|절단)"
    "|화상을입|연기가나고있"
)
PERHAPS_EMERGENCY = re.compile(
    "불이났|화재가?났|폭발했|폭발이났|불이붙|감전됐|감전되|깔렸|끼였|다쳤|피가나|가스가?(?:새|샌)|가스냄새"
    "|(?:사람|직원|작업자|동료|기사님?)[이가들은도]*.{0,6}(?:뒤집어[썼쓴]|갇혔|빠졌|말려들|추락|떨어졌|기절)|(?:정신|의식)을잃|질식했"
)
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
    found = ["emergency"] if is_emergency(said) or outside == "emergency" else []
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
