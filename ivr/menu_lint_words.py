"""The findings of the menu lint in the operator's language: what is so, and what to do about it."""

from collections.abc import Mapping

SEVERITIES: Mapping[str, Mapping[str, str]] = {
    "ko": {"error": "오류", "warning": "주의", "note": "참고"},
    "en": {"error": "error", "warning": "warning", "note": "note"},
}

KOREAN: Mapping[str, tuple[str, str]] = {  # rule -> what is so, what to do
    "refused": ("{problem}", "고치기 전에는 적용되지 않습니다."),
    "no_person": ("0번(상담원 연결)이 없습니다.", 'keys에 "0": {{step: person}}을 넣으십시오.'),
    "no_back": ("우물정자(이전 단계)가 없습니다.", 'keys에 "#": {{back: true}}를 넣으십시오.'),
    "no_repeat": ("별표(다시 듣기)가 없습니다.", 'keys에 "*": {{repeat: true}}를 넣으십시오.'),
    "other_person": ("0번이 상담원 연결이 아닙니다.", "0번은 어디에서나 상담원 연결로 두십시오."),
    "other_back": ("우물정자가 이전 단계가 아닙니다.", "우물정자는 어디에서나 이전 단계로 두십시오."),
    "other_repeat": ("별표가 다시 듣기가 아닙니다.", "별표는 어디에서나 다시 듣기로 두십시오."),
    "unstaffed_step": (
        "받을 상담원이 없는 창구({desk})로 끝납니다.",
        "directory/data/staff.csv에 상담원을 넣거나 다른 창구로 바꾸십시오.",
    ),
    "unstaffed_pool": (
        "전국 공동 창구에 상담원이 없어 마지막에 받을 사람이 없습니다.",
        "directory/data/staff.csv에 센터 상담원을 넣으십시오.",
    ),
    "unstaffed_desk": ("{desk}에 상담원이 없습니다.", "상담원을 넣으십시오. 없으면 다음 순서의 창구가 받습니다."),
    "deep": (
        "메뉴가 {depth}단계입니다({levels}).",
        "{good}단계 이하가 좋고 {most}단계를 넘길 수 없습니다. 묻지 않아도 될 것을 빼십시오.",
    ),
    "many_questions": ("상담원까지 질문이 최대 {count}개입니다.", "{good}개 이하로 줄이십시오."),
    "many_choices": ("고를 번호가 {count}개입니다.", "{good}개 이하로 줄이거나 자주 찾는 것을 앞에 두십시오."),
    "long_prompt": ("{prompt} 안내가 {seconds}초입니다.", "{good}초 이하로 줄이십시오."),
    "long_question": ("질문 전체가 {seconds}초입니다({language}).", "{good}초 이하로 줄이십시오."),
    "long_opening": ("첫 질문까지 {seconds}초입니다.", "법으로 알려야 할 것만 남기고 {good}초 이하로 줄이십시오."),
    "long_way": ("가장 긴 길의 안내가 {seconds}초입니다.", "{good}초 이하로 줄이십시오."),
    "unread": ('{prompt}에 읽는 법이 정해지지 않은 글자 "{text}"가 있습니다.', "읽는 대로 한글로 적으십시오."),
}  # fmt: skip

ENGLISH: Mapping[str, tuple[str, str]] = {
    "refused": ("{problem}.", "Until then it is not published."),
    "no_person": ("Key 0 (a person) is missing.", 'Add "0": {{step: person}} to its keys.'),
    "no_back": ("Key # (the previous question) is missing.", 'Add "#": {{back: true}} to its keys.'),
    "no_repeat": ("Key * (hear again) is missing.", 'Add "*": {{repeat: true}} to its keys.'),
    "other_person": ("Key 0 is something other than a person.", "Keep 0 for a person everywhere."),
    "other_back": ("Key # is something other than the previous question.", "Keep # for going back everywhere."),
    "other_repeat": ("Key * is something other than hearing again.", "Keep * for hearing again everywhere."),
    "unstaffed_step": (
        "It ends at desk {desk}, where nobody answers.",
        "Add people to directory/data/staff.csv, or choose another desk.",
    ),
    "unstaffed_pool": (
        "No center has anybody: at the very end nobody answers.",
        "Add people to directory/data/staff.csv.",
    ),
    "unstaffed_desk": ("{desk} has nobody.", "Add people; until then the next desk of the route answers."),
    "deep": (
        "The menu is {depth} levels deep ({levels}).",
        "{good} are good, {most} are the limit: leave out what need not be asked.",
    ),
    "many_questions": ("Up to {count} questions stand before a person.", "Ask at most {good}."),
    "many_choices": ("It offers {count} numbers.", "Offer at most {good}, the most wanted first."),
    "long_prompt": ("{prompt} takes {seconds} seconds.", "Keep it within {good}."),
    "long_question": ("The whole question takes {seconds} seconds ({language}).", "Keep it within {good}."),
    "long_opening": ("The first question comes after {seconds} seconds.", "Keep what the law asks for, within {good}."),
    "long_way": ("The longest way takes {seconds} seconds to hear.", "Keep it within {good}."),
    "unread": ('{prompt} has "{text}", which is read as the machine likes.', "Write it in Hangul as it is said."),
}  # fmt: skip

FINDINGS: Mapping[str, Mapping[str, tuple[str, str]]] = {"ko": KOREAN, "en": ENGLISH}

FRAME: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "title": "메뉴 점검: {flow}",
        "pace": "기준: 한국어는 1초에 {syllables}음절, 영어는 1초에 {words}단어. 답하는 시간은 넣지 않았습니다.",
        "depth": "깊이: {depth}단계 ({levels})",
        "opening": "첫 질문까지: {seconds}초",
        "longest": "가장 긴 길: {seconds}초, 질문은 최대 {questions}개",
        "way": "  {way}",
        "steps": "단계마다 하는 말 ({language})",
        "step": "  {name}: {seconds}초{choices}",
        "choices": ", 고를 번호 {count}개",
        "prompt": "      {seconds:>5}초 {words:>3}단어 {units:>3}{unit}  {text}",
        "unit": "음절",
        "findings": "지적: 오류 {errors}, 주의 {warnings}, 참고 {notes}",
        "finding": "  [{severity}] {place}: {what} {do}",
        "whole": "메뉴 전체",
        "none": "  지적할 것이 없습니다.",
    },
    "en": {
        "title": "Menu lint: {flow}",
        "pace": "Pace: {syllables} Korean syllables a second, {words} English words a second, answers not counted.",
        "depth": "Depth: {depth} levels ({levels})",
        "opening": "Before the first question: {seconds} s",
        "longest": "Longest way: {seconds} s, at most {questions} questions",
        "way": "  {way}",
        "steps": "What each step says ({language})",
        "step": "  {name}: {seconds} s{choices}",
        "choices": ", {count} numbers to choose from",
        "prompt": "      {seconds:>5} s {words:>3} words {units:>3} {unit}  {text}",
        "unit": "units",
        "findings": "Findings: {errors} errors, {warnings} warnings, {notes} notes",
        "finding": "  [{severity}] {place}: {what} {do}",
        "whole": "the whole menu",
        "none": "  Nothing to mend.",
    },
}  # fmt: skip
LEVEL_NAMES: Mapping[str, str] = {  # what a level finds out, as an operator reads it
    "category": "서비스", "region": "지역", "wish": "내용", "consent": "전달 동의", "callback_number": "전화번호",
    "asked_ticket": "접수 번호", "ticket_code": "번호 끝자리", "ticket": "접수 건",
}  # fmt: skip
