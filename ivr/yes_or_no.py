"""Whether an answer means yes or no; both words often open an answer that means the opposite."""

import re

from ivr.speech_text import squeezed, tokens

MEANS_NO = re.compile(
    "틀렸|틀린|틀려|틀립|거절|아이라|아이다|아입니|아이고요|아녀|싫|안해|안할|안돼|안되|않|하지마|말아|됐어|됐습니다|거부|반대|안맞|그게아니|그건아니|아닌데|아닌데요"
    "|아닙니다|아니에요|아니예요|못합니다|곤란|필요없|아닌것"
)
MEANS_YES = re.compile(
    "맞(?:습|아|어|다|는데|는것같|네|지|고요)|동의합니다|동의해(?:요|드|줄)|동의할[게께]|그러세요|그러시죠|그렇습|그렇죠|그렇게(?:하|해)"
    "|좋아요|좋습니다|전달하세요|전달해(?:주|도)|물론|당연하|(?:해도|하셔도)(?:돼|되|됩|괜찮|좋)|으니까하세요|^해주세요|그런것같|그렇다니까"
)
TELLS_OF_A_THING = re.compile(
    "(?:기계|장비|제품|도금|용접|센서|모터|설비|프로그램|수율|온도)[이가는은]?.{0,6}안(?:돼|되|맞)"
)
ASKS = re.compile("뭐|왜|어떻|어떤|어느|어디|누구|무슨|나요|인가요|까요|설명|모르")  # a question is no answer
NO_WORD = re.compile("아니|아뇨|노")
YES_WORDS = frozenset({
    "네", "예", "응", "넵", "넹", "옙", "네네", "네네네", "예예", "네에", "예에",
    "그래요", "그래", "그럼요", "오케이", "예스",
    "하모", "하모예", "그라제", "그라지요", "오냐", "그려", "그려요",
})  # fmt: skip


def yes_or_no(utterance: str) -> bool | None:
    """Return the answer, or None when it could be either: 어, 글쎄요, 괜찮아요, or a question.

    A consent hangs on this, so yes must be plain; what only sounds like yes is asked again.
    """
    said = squeezed(utterance)
    words = tokens(utterance)
    if MEANS_NO.search(said) and not (TELLS_OF_A_THING.search(said) and not NO_WORD.match(said)):
        return False
    if ASKS.search(said):
        return None
    if MEANS_YES.search(said):
        return True
    if words and (NO_WORD.match(words[0]) or any(word.startswith(("아니", "아뇨")) for word in words)):
        return False
    return True if YES_WORDS & {*words[:2], *words[-1:]} else None
