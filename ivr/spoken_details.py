"""What a caller's own words tell of their service, so that nothing said once is asked again.

Only plain words count: a counselor completes the rest, and a wrong detail costs more than a missing one.
"""

import re
from collections.abc import Mapping

from ivr.category import Category
from ivr.english_periods import english_days
from ivr.speech_text import squeezed
from ivr.spoken_periods import spoken_days

PERSONNEL_LIST = re.compile(
    "(?:연구[원자]|박사|전문가|교수|사람|인력)(?:님|들|분)?(?:의)?.{0,6}(?:명단|목록|연락처|전화번호|이메일|메일주소|디비|db)"
    "|연락처명단|인력(?:정보|명부|디비|db)"
)
CHOICES: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "database": (
        ("personnel", PERSONNEL_LIST),
        ("patent", re.compile("특허|키프리스")),
        ("laboratory", re.compile("실험실|연구실")),
        ("equipment", re.compile("장비|시험기|측정기|분석기|현미경|설비|기기")),
    ),
    "direction": (
        ("to_institute", re.compile("(?:저희|우리).{0,12}(?:보내|파견)|보내서|직원(?:을|이).{0,10}(?:배우|보내|파견)")),
        ("to_company", re.compile("와주|와서|모시|모실|오셔서|나와|저희(?:회사|공장)(?:로|에)|파견받")),
    ),
    "topic": (
        ("hours", re.compile("몇시|상담시간|운영시간|근무시간|점심시간|주말에도|토요일에도|언제까지(?:해|하|열)")),
        ("roadmap", re.compile("로드맵")),
        ("market", re.compile("시장|경쟁사|동향")),
        ("planning", re.compile("기획|과제|공고|사업계획")),
    ),
    "urgency": (
        ("urgent", re.compile("급해|급합|급히|긴급|당장|라인.{0,3}(?:멈|섰|서버)|생산(?:이|을)?.{0,3}(?:멈|중단)")),
    ),
    "solution": (("research", re.compile("개발(?:해야|하려|하고싶|하고자|이필요)|같이연구|공동연구")),),
    "royalty": (
        ("running", re.compile("경상기술료|러닝|로열티|매출나면|벌어서")),
        ("lump_sum", re.compile("정액|일시불")),
    ),
    "licence": (
        ("non_exclusive", re.compile("통상실시")),
        ("exclusive", re.compile("전용실시|독점")),
        ("purchase", re.compile("양도|매입|사고싶|사오고|넘겨받")),
    ),
}
WORDS: Mapping[str, re.Pattern[str]] = {
    "process": re.compile(
        "도금|용접|사출|주조|주물|절삭|열처리|도장|프레스|단조|코팅|건조|살균|압출|조립|연마|염색|소결"
    ),
    "material": re.compile(
        "알루미늄|스테인리스|스텐|플라스틱|고무|마그네슘|유리|세라믹|구리|황동|철강|티타늄|실리콘|탄소섬유"
    ),
}
SINCE = re.compile(
    r"((?:어제|그저께|그제|이번\s?주|지난\s?주|지난\s?달|이번\s?달|올해|올\s?초|작년|재작년|\d{1,2}월|(?:\d{1,2}|한|두|세|몇)\s?(?:일|주|달|개월|년)\s?전))"
    r"\s?(?:부터|에)"
)
DAYS: Mapping[Category, str] = {
    Category.TECHNICAL_DIFFICULTY: "term_days",
    Category.PERSONNEL_EXCHANGE: "exchange_days",
}
OF_SERVICE: Mapping[Category, tuple[str, ...]] = {
    Category.TECHNICAL_DIFFICULTY: ("urgency", "solution"),
    Category.DATABASE_ACCESS: ("database",),
    Category.PERSONNEL_EXCHANGE: ("direction",),
    Category.INFORMATION: ("topic",),
    Category.TECHNOLOGY_TRANSFER: ("licence", "royalty"),
}
TERM = re.compile("안에|이내|까지|걸려도|동안")  # a period of a trouble is a term only with such a word
ENGLISH: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "database": (
        (
            "personnel",
            re.compile(r"\b(list|contacts?|phone numbers?|e-?mails?)\b.{0,20}\b(researchers?|experts?|people)\b"),
        ),
        ("patent", re.compile(r"\bpatents?\b")),
        ("laboratory", re.compile(r"\blaborator(y|ies)\b|\blabs?\b")),
        ("equipment", re.compile(r"\bequipment\b|\binstruments?\b|\bmicroscope\b")),
    ),
    "topic": (
        ("hours", re.compile(r"\b(opening|office|business) hours\b|\bwhat time\b|\bare you open\b")),
        ("roadmap", re.compile(r"\broad ?map\b")),
        ("market", re.compile(r"\bmarket\b")),
        ("planning", re.compile(r"\bplanning\b|\bresearch plan\b")),
    ),
    "urgency": (("urgent", re.compile(r"\burgent(ly)?\b|\bright away\b|\bline (is )?(down|stopped)\b")),),
}


def details_in(category: Category | None, utterance: str, language: str = "ko") -> Mapping[str, str | int]:
    """Return what the words tell of this service; without a service they tell nothing."""
    if category is None or category is Category.OPERATOR:
        return {}
    said, patterns = (squeezed(utterance), CHOICES) if language == "ko" else (utterance.lower(), ENGLISH)
    found: dict[str, str | int] = {}
    for name in OF_SERVICE[category]:
        value = next((value for value, pattern in patterns.get(name, ()) if pattern.search(said)), None)
        if value is not None:
            found[name] = value
    if category is Category.TECHNICAL_DIFFICULTY and language == "ko":
        found |= {name: heard[0] for name, pattern in WORDS.items() if (heard := pattern.search(said))}
        if since := SINCE.search(utterance):
            found["since"] = since[1]
    days = _days(utterance, language) if category in DAYS else None
    if days and (category is Category.PERSONNEL_EXCHANGE or TERM.search(said)):
        found[DAYS[category]] = days
    return found


def _days(utterance: str, language: str) -> int | None:
    return spoken_days(utterance) if language == "ko" else english_days(utterance)
