"""The words of a route's reasons, in Korean and English, as a counselor and a supervisor read them."""

from dataclasses import replace

from directory.model import DeskId, Directory, Institute
from routing.reason import Reason, Verdict

Words = tuple[str, str]  # Korean, English
_HOURS: dict[str, Words] = {
    "outside weekly hours": ("상담 시간이 아님", "outside weekly hours"),
    "lunch": ("점심시간", "lunch"),
    "outside ring window": ("전화 받는 시간이 아님", "outside the times at which it is rung"),
}


def candidate(desk: DeskId, rule: str, words: Words) -> Reason:
    return Reason(None, desk, rule, Verdict.CANDIDATE, *words)


def opens(reason: Reason, tier: int, after_seconds: int) -> Reason:
    """Return a desk's reason with its place in the route and when it opens."""
    when = "바로" if after_seconds == 0 else f"{after_seconds}초 뒤"
    when_en = "at once" if after_seconds == 0 else f"after {after_seconds} s"
    text, text_en = f"{reason.text} {when} 엽니다.", f"{reason.text_en} Opens {when_en}."
    return replace(reason, tier=tier, text=text, text_en=text_en)


def skipped(tier: int, desk: DeskId, rule: str, names: Words, why: Words) -> Reason:
    return Reason(tier, desk, rule, Verdict.SKIPPED, f"{names[0]}: {why[0]}", f"{names[1]}: {why[1]}")


def closed_by(rule: str) -> Words:
    """Say which rule of the opening hours closes a desk; a holiday's and an override's own words are kept."""
    own = rule.removeprefix("holiday ").removeprefix("override ")
    text, text_en = _HOURS.get(rule, (own, own))
    return f"지금은 열지 않습니다: {text}.", f"closed now: {text_en}."


UNSTAFFED_WORDS: Words = ("근무 중인 상담원이 없습니다.", "nobody is signed in.")
FIELD_UNKNOWN = Reason(
    None,
    "institute",
    "field_unknown",
    Verdict.SKIPPED,
    "맞는 연구기관을 알 수 없어 센터가 먼저 받습니다.",
    "No institute's field is known to fit, so the center answers first.",
)
POOL_WORDS: Words = ("전국 모든 센터의 상담원입니다.", "The agents of all centers.")


def no_consent(desk: DeskId, institute: Institute, consent: bool | None) -> Reason:
    told = "동의하지 않아" if consent is False else "동의를 받지 못해"
    text = f"문의 내용 전달에 {told} {institute.spoken_name}에 연결하지 않습니다."
    answer = "said no to" if consent is False else "never said yes to"
    text_en = f"The caller {answer} passing the case on, so it does not reach {institute.name_en}."
    return Reason(None, desk, "no_consent", Verdict.REFUSED, text, text_en)


def barred(desk: DeskId, names: Words) -> Reason:
    text = f"이 회사는 {names[0]}에 연결하지 않기로 했습니다."
    return Reason(
        None, desk, "do_not_route", Verdict.REFUSED, text, f"This company is on the list never routed to {names[1]}."
    )


def left_the_staff(desk: DeskId, agent: str) -> Reason:
    text = f"전에 상담한 {agent} 상담원은 이제 명단에 없습니다."
    return Reason(
        None, desk, "left_the_staff", Verdict.SKIPPED, text, f"{agent}, who had the case, is not on the staff."
    )


def counselor(names: Words, *, asked_for: bool, is_free: bool) -> Words:
    told, told_en = ("고객이 찾은", "asked for") if asked_for else ("이 건을 맡고 있는", "who has the case")
    text, text_en = f"{told} {names[0]}입니다.", f"The counselor {told_en}: {names[1]}."
    if is_free:
        return text, text_en
    return (
        f"{text} 지금은 다른 일을 하고 있어 다음 창구도 함께 엽니다.",
        f"{text_en} Busy now, so the next desk opens too.",
    )


def field_fits(institute: Institute, rank: int) -> Words:
    fits = "문의 분야가" if rank == 1 else f"문의 분야가 {rank}순위로"
    return f"{fits} {institute.spoken_name}에 맞습니다.", f"Its fields fit the wish (rank {rank}): {institute.name_en}."


def deputy(institute: Institute, names: Words) -> Words:
    return f"{institute.spoken_name}의 대리 창구 {names[0]}입니다.", f"{names[1]} stands in for {institute.name_en}."


def main_center(names: Words) -> Words:
    text = f"지역을 알 수 없어 중앙 센터인 {names[0]}로 정했습니다."
    return text, f"The region is unknown, so {names[1]}, the main center."


def region(region_names: Words, names: Words) -> Words:
    return f"{region_names[0]}를 맡는 {names[0]}입니다.", f"{names[1]} serves {region_names[1]}."


def not_open_yet(region_names: Words, names: Words) -> Words:
    text = f"{region_names[0]}의 센터가 문을 열기 전이라 {names[0]}가 맡습니다."
    return text, f"The center of {region_names[1]} has yet to open; {names[1]} serves it."


def backup(center: Words, names: Words) -> Words:
    return f"{center[0]}의 예비 센터 {names[0]}입니다.", f"{names[1]}, the backup of {center[1]}."


def names_of(directory: Directory, desk: DeskId) -> Words:
    found = directory.desk(desk)
    return found.name_ko, found.name_en
