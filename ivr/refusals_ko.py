"""What the check refuses, in Korean, for the operators who read the menu lint. What has no line here stays as it is."""

import re

_IN_KOREAN = r"""
case "(.+)" never happens; (\w+) is one of (.+)
    \2의 값이 "\1"일 수는 없습니다. 다음 가운데 하나입니다: \3.
asks (\w+), but its keys are a (\w+); expected asks: (\w+)
    받는 것(\2)과 묻는 것(\1)이 다릅니다. asks: \3으로 적습니다.
desk "(.+)" is not in the directory
    "\1" 창구는 directory에 없습니다.
(\d+) hints; expected at most (\d+)
    hints가 \1개입니다. \2개까지 됩니다.
hint "(.+)" has a comma
    힌트 "\1"에 쉼표가 있습니다. 낱말이나 구 하나만 적습니다.
hint "(.+)\.\.\." has (\d+) characters; expected at most (\d+)
    힌트 "\1..."이 \2자입니다. \3자까지 됩니다.
key "(.)" clashes: a choice numbers
    \1번은 쓸 수 없습니다. choice는 번호를 스스로 매깁니다. 0, #, *만 적습니다.
key "(.)" clashes: an entry takes
    \1번은 쓸 수 없습니다. entry는 모든 숫자를 받습니다. 0, #, *만 적습니다.
a telephone number has no fixed length
    전화번호는 길이가 일정하지 않으므로 ends_with: "#"가 있어야 합니다.
key "(.)" clashes: (.+); expected one of them
    \1번에 뜻이 둘입니다(\2). 하나만 적습니다.
no key answers it; expected one that sets (\w+)
    대답이 되는 번호가 없습니다. \1 값을 정하는 번호가 있어야 합니다.
"(yes|no|ticket)" means keys (.+); expected one
    "\1"에 해당하는 번호가 둘입니다(\2). 하나만 적습니다.
(\S+) leads to "(\w+)", which is not a step
    \1에 적힌 "\2" 단계가 없습니다.
no step leads here
    이 단계로 오는 길이 없습니다. 길을 잇거나 지웁니다.
leads back to itself without a question
    질문 없이 제자리로 돌아옵니다. 전화하신 분은 아무것도 듣지 못합니다.
no answer from here ends at a wait step
    어떻게 대답해도 상담원에게 이르지 못합니다. 나가는 길이 있어야 합니다.
always\.(\w+) is (\w+), which is no wait step
    always.\1에 적힌 \2 단계는 기다리는 단계(wait)가 아닙니다.
prompt "(\w+)" is not in (\S+);
    \1 문구가 \2에 없습니다.
prompt "(\w+)" is missing
    \1 문구가 없습니다. 기다리거나 통화하는 동안 쓰입니다.
name "(\w+)" is missing
    \1의 이름이 names에 없습니다.
prompt "(\w+)" is never spoken
    \1 문구를 쓰는 단계가 없습니다. 쓰거나 지웁니다.
key "(.)" chooses "(\w+)"
    \1번이 고르는 언어의 문구 파일 prompts/\2.yaml이 없습니다.
spoken_in names "(\w+)"
    spoken_in의 \1은 없는 문구입니다.
(\w+) is spoken in "(\w+)"
    \1 문구를 말할 언어 \2의 문구 파일이 없습니다.
(\w+) names \{(\w+)\}, which it is not given; expected (.+)
    \1 문구에서 {\2}는 쓸 수 없습니다. 쓸 수 있는 값: \3.
(\w+) reads \{(\w+)\} as "(.*)";
    \1 문구의 {\2:\3}에서 \3 부분은 읽는 법이 아닙니다.
(\w+) has a brace without a value
    \1 문구에 값 없는 중괄호가 있습니다. {값}이나 {값:읽는 법}으로 적습니다.
"""  # a pattern of the check's words, and under it what is so
_LINES = _IN_KOREAN.strip().splitlines()
REFUSALS = tuple((re.compile(words), korean.strip()) for words, korean in zip(_LINES[::2], _LINES[1::2], strict=True))


def in_korean(problem: str) -> str:
    for words, korean in REFUSALS:
        if found := words.search(problem):
            return found.expand(korean)
    return problem
