"""What a caller takes back, and says again: 일 번 아니 이 번."""

from ivr.speech_text import tokens

CORRECTS = frozenset({
    "아니", "말고", "아니고", "아니다", "아이다", "아이라", "아이고", "아냐", "아녀", "아뇨", "아니요", "아니라",
    "아니아니", "아니지", "아니야",
})  # fmt: skip


def clauses(utterance: str) -> list[str]:
    """Return what was said between corrections, without spaces; the last that answers is what is meant."""
    said = [""]
    for word in tokens(utterance):
        if word in CORRECTS:
            said.append("")
        else:
            said[-1] += word
    return said
