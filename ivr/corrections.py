"""What a caller takes back, and says again: 일 번 아니 이 번."""

import re

from ivr.speech_text import tokens

SETS_ASIDE = frozenset({"말고", "말고요", "말구", "아니고", "아니고요", "아니구", "아니라"})  # what stands before them
CORRECTS = SETS_ASIDE | {
    "아니", "아니다", "아이다", "아이라", "아이고", "아냐", "아녀", "아뇨", "아니요", "아니아니", "아니지", "아니야",
    "아니에요", "아니예요", "아닙니다", "아닌데", "아닌데요",
}  # fmt: skip
RUN_ON = re.compile("(.+?)(말고요?|말구|아니고요?|아니구|아니라)")  # 오번말고


def words_of(utterance: str) -> list[str]:
    """Return the words, with what takes back as a word of its own."""
    found: list[str] = []
    for word in tokens(utterance):
        run_on = RUN_ON.fullmatch(word)
        found += run_on.groups() if run_on else [word]
    return found


def clauses(utterance: str) -> list[str]:
    """Return what was said between corrections, without spaces; the last that answers is what is meant."""
    said = [""]
    for word in words_of(utterance):
        if word in CORRECTS:
            said.append("")
        else:
            said[-1] += word
    return said
