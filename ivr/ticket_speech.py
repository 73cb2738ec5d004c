"""Whether a caller asks how an earlier ticket stands: "접수한 거 어떻게 됐나요", and not how to make one."""

import re

from ivr.speech_text import squeezed

ASKS_HOW_IT_STANDS = re.compile(
    "접수(?:번호|내역|결과|상태|건|한|했|하신|된|해놓|해둔).*(?:어떻게|어디까지|진행|확인|알고|알려|조회|상태|결과|언제|소식|연락이?(?:없|안))"
    "|(?:문의|신청|의뢰|상담|부탁|맡긴|말씀드린)(?:한|했던|드린|해둔|받은)?(?:거|것|건|게).*(?:어떻게됐|어떻게되|어디까지|진행|언제(?:돼|되))"
    "|진행(?:상황|상태|사항).*(?:알|확인|어떻|궁금|어디)|(?:답변|연락|회신)(?:은|이)?언제(?:쯤)?(?:오|주|받|와)"
)
WANTS_A_PERSON = re.compile("바꿔|연결|통화|상담원|상담사|사람|직원")
IN_ENGLISH = re.compile(
    r"\b(ticket|case|request|application)\b.*\b(status|progress|happened|going|stand|standing|update)\b"
    r"|\b(status|update|progress)\b.*\b(ticket|case|request|application)\b|\bmy ticket\b"
)


def asks_for_ticket(utterance: str, language: str) -> bool:
    if language == "en":
        return bool(IN_ENGLISH.search(utterance.lower()))
    said = squeezed(utterance)
    return bool(ASKS_HOW_IT_STANDS.search(said)) and not WANTS_A_PERSON.search(said)
