"""Whether an answer means yes or no; both words often open an answer that means the opposite."""

import re

from ivr.speech_text import squeezed, tokens

MEANS_NO = re.compile(
    "틀렸|틀린|싫|안해|안할|안돼|안되|않|하지마|말아|됐어|됐습니다|거부|반대|안맞|그게아니|그건아니|아닌데|아닌데요"
    "|아닙니다|아니에요|아니예요|못합니다|곤란|필요없|아닌것"
)
MEANS_YES = re.compile("맞|동의(합|해|할)|그러세요|그러시|그렇|좋아|좋습|해주세요|전달하세요|알겠|물론|당연")
NO_WORD = re.compile("아니|아뇨|노")
YES_WORDS = frozenset({
    "네", "예", "응", "넵", "넹", "옙", "네네", "네네네", "예예", "그래요", "그래", "그럼요", "오케이", "예스",
})  # fmt: skip


def yes_or_no(utterance: str) -> bool | None:
    """Return the answer, or None when it could be either: 어, 글쎄요, 괜찮아요."""
    said = squeezed(utterance)
    words = tokens(utterance)
    if MEANS_NO.search(said):
        return False
    if MEANS_YES.search(said):
        return True
    if words and (NO_WORD.match(words[0]) or any(word.startswith(("아니", "아뇨")) for word in words)):
        return False
    return True if YES_WORDS & set(words) else None
