"""Which of the services an utterance asks for, by the words that carry the wish."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.intake import Category
from ivr.speech_text import after_correction, squeezed

SURE, LIKELY, HUNCH, GUESS = 0.95, 0.8, 0.6, 0.5  # how well a word tells the service
C = Category

NAMES: Mapping[Category, re.Pattern[str]] = {  # the service's own name, or what only it is called
    C.TECHNICAL_DIFFICULTY: re.compile("애로기술|기술애로|에로기술|애로사항|기술상담(?!회)|기술지원|기술자문|바로해결"),
    C.DATABASE_ACCESS: re.compile(
        "디비|db|데이[타터]베이스|키프리스|실험실|장비예약|연락처명단|장비조회|특허조회|특허목록"
    ),
    C.PERSONNEL_EXCHANGE: re.compile("인력교[류뉴]|연구원교류|파견|은퇴하신|모실수|모시고|보내서.*배우"),
    C.INFORMATION: re.compile("정보제공|로드맵|시장정보|시장조사|시장규모|시장이|설명회|상담회|기획서"),
    C.TECHNOLOGY_TRANSFER: re.compile(
        "기술이전|이전받고|이전받으|이전받을|이전문의|이전상담|이전가능|이전비용|이전해주|로열티|러닝|경상기술료|착수금|기술료|넘겨받"
        "|사용권"
    ),
    C.OPERATOR: re.compile(
        "상담원|상담사|상다[먼면]|접수번호|사람(?:이랑|하고|연결|바꿔|바꿔줘)|직원(?:이랑|바꿔|연결)|담당자(?:요|바꿔|연결)"
        "|잉글리[시쉬]|영어(?:하는|되는|로)|english|한국말잘|말귀|^사람(?:이?요|좀)$|담당자가전화"
    ),
}
SIGNS: tuple[tuple[Category, re.Pattern[str]], ...] = (  # tried in order; the first that is heard decides
    (C.OPERATOR, re.compile(
        "접수했는데|연락이없|통화하다끊|전화좀달|전화달라|전화주세요|메모|바꿔주세|바꿔줘|순서되면|통화하고싶|그냥연결|눈이어두|안도와줘"
        "|잘모르겠는데일단|담당자분연결|연결해주[세시]|연결해줘|연결부탁|연결좀"
    )),
    (C.PERSONNEL_EXCHANGE, re.compile(
        "사람좀보|소개(?:해|받)|나와주실|(?<!도)와주[실시셨]|와서.*봐주실|와계시|계셔주실|지원받을수있다고|박사님이필요|분이?.*모시"
    )),
    (C.TECHNOLOGY_TRANSFER, re.compile(
        "사고싶|특허.{0,2}쓰[고려]|기술이?있으면받|기술을?받고싶|사오고|사올|살데|살수|특허쓰려|공짜|무료로쓸|기술.*사업화하고|기술찾습니다|있으면이전|기술좀사|매출나면"
    )),
    (C.DATABASE_ACCESS, re.compile(
        "장비(?!회사|만드)|시험기|측정기|분석기|빌[리려릴]|예약|열람|검색|명단|목록|시험할(?:데|곳|장소|수)|시험가능|써볼|써보|쓸수있[는습나어을]"
        "|쓰려면|맡기고|찍어야|특허.*(?:찾|보고싶|볼수|받아볼|안나오는)|설비있|설비좀있|시험선.*써|해석돌려|영상데이터|논문|공개된"
    )),
    (C.INFORMATION, re.compile(
        "자료|동향|공고|몇시|어디예|어디에[요]|위치|비용받|알고싶|알아보려|준비해야|얼마나기다|신청은어떻|제도|조사좀|이용할수|개인사업자"
        "|골라주|점심시간|찾아가도|일정|이름이뭐|정확히뭘|어디로가|어느연구소로|어느기관|맞지요|일삼칠구|1379|무슨사업"
    )),
)  # fmt: skip
PROBLEM = re.compile(
    "자꾸|안돼|안되|안나[와오]|안맞|안빠|안자라|안올라|안됩|못[^하]|막혔|막힙|막히|불량|문제|고장|깨|터[져지]|부러|벗겨|떨어져|갈라|휘어|새는"
    "|변색|변해|심해|너무|흔들|크랙|굳어|부풀|마모|틀어|흐려|들쭉날쭉|달라|나와서|죽어|죽겠|발열|때문에|때문에요|개발하|개발해야|공동|같이|자문"
    "|도움|도와|원인|취약|해킹|어려|검증해|시험받|낮추|늘리고|올려야|필요해|필요합|어떻게|방법|상담받|해석해|납품이|얘기해보|잡는|과제|모자라"
    "|줄여야|줄이가|줄이고|물러|끼어|떨려|소리가|소음|냄새|얼룩|반품|클레임|구멍|나빠|오염|남아|경화|싫어해|맛이갔|돌려보|안돌아|내라고|짧아|짧습|커요|닳"
)
BARE_NOUNS = frozenset({C.DATABASE_ACCESS, C.INFORMATION})  # their signs are things; a thing that fails is a trouble
TROUBLE = re.compile(
    "안맞|안나[와오]|안돼|안되|안떠|안뜨|못맞|심해|깨져|깨집|끊겨|끊기|느려|고장|틀어|오차|잡음|값이안|일정하[게지]|에러|오류|멈춰|만드는데|개발하는데"
    "|벗겨|떨어져|터져|갈라|새요|발열|흔들|불량"
)
ASKS = re.compile(
    "빌[리려릴]|쓸수|써볼|써보|쓰고싶|쓰려|예약[하되돼좀은]|받을수|알려|알고싶|알아보|찾[아고는을]|어디|몇시|언제|열람|조회"
)


@dataclass(frozen=True)
class Service:
    """A service and how well the words tell it, from 0 to 1."""

    category: Category | None
    confidence: float


def service_in(utterance: str, *, about_a_field: bool) -> Service:
    """Return the service asked for. After "기술 이전 말고" only what follows counts.

    `about_a_field` says that an institute's field was heard: a field and nothing else is most likely a problem.
    """
    said = squeezed(after_correction(utterance))
    named = [category for category, pattern in NAMES.items() if pattern.search(said)]
    if named:
        return by_name(named, said)
    sign = next((category for category, pattern in SIGNS if pattern.search(said)), None)
    if sign and not (sign in BARE_NOUNS and TROUBLE.search(said) and not ASKS.search(said)):
        return Service(sign, LIKELY)
    if PROBLEM.search(said) or sign:
        return Service(C.TECHNICAL_DIFFICULTY, LIKELY if about_a_field else HUNCH)
    return Service(C.TECHNICAL_DIFFICULTY, GUESS) if about_a_field else Service(None, 0.0)


def by_name(named: Sequence[Category], said: str) -> Service:
    """Return the service among those named; a caller who does not know which is sorted out by a person."""
    if len(named) == 1:
        return Service(named[0], SURE)
    if "모르겠" in said:
        return Service(C.OPERATOR, LIKELY)
    return Service(C.OPERATOR if C.OPERATOR in named else named[0], GUESS)
