"""Stories of what each service asks: one short question, left out by silence, and nothing that was said already."""

from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.completion import PARTS, completed, wished_days
from ivr.details import DETAILS, DetailError, Kind, details_of, read_detail
from ivr.intake import Category, Intake, KnownBy
from ivr.spoken_details import details_in
from ivr.terms import Term, exchange_terms, research_terms
from ivr.ticket_speech import asks_for_ticket

QUESTION = {"1": "wish", "2": "database", "3": "exchange", "4": "topic", "5": "transfer"}


@pytest.mark.parametrize(("key", "step"), QUESTION.items())
def test_each_service_asks_one_question_which_silence_leaves_out(dials, key, step):
    caller = dials().presses(key, "02")
    assert caller.step == step

    caller.is_silent()

    assert caller.step in {"consent", "done"}
    assert caller.intake.wish is None


@pytest.mark.parametrize(("key", "step"), QUESTION.items())
def test_zero_brings_a_person_instead_of_an_answer(dials, key, step):
    assert dials().presses(key, "02", "0").waits


@pytest.mark.parametrize("words", ["몇 시까지 상담하세요", "상담 시간이 몇 시까지예요", "점심시간에도 통화돼요"])
def test_hours_are_simply_answered_and_the_caller_may_go_on(dials, words):
    caller = dials().says(words)

    assert "평일 오전 아홉 시부터 오후 여섯 시까지" in caller.text
    assert (caller.step, caller.intake.category) == ("category", None)
    assert caller.walk.position.served
    assert caller.presses("1").step == "region"


def test_hours_can_be_asked_by_key_and_in_english(dials):
    assert "hours_told" in dials().presses("4", "02", "4").prompts
    assert (
        "from nine in the morning to six in the evening"
        in dials().presses("9").says("what are your opening hours").text
    )


def test_a_list_of_people_is_never_given_and_becomes_an_exchange(dials):
    caller = dials().says("연구원 연락처 명단 좀 주세요")
    assert caller.step == "personnel_not_public"
    assert "알려 드리지 않습니다" in caller.text

    caller.presses("1", "02")

    assert caller.step == "exchange"
    assert caller.intake.category is Category.PERSONNEL_EXCHANGE
    assert caller.intake.details == {"instead_of": "personnel_list"}


def test_a_list_of_people_asked_for_later_leads_to_a_person(dials):
    caller = dials().presses("2", "02").says("박사님들 연락처 목록이요")

    assert caller.waits
    assert caller.prompts[0] == "list_refused"
    assert caller.intake.details["database"] == "personnel"


def test_what_was_said_at_first_is_not_asked_again(dials):
    caller = dials().says("안산인데 세라믹 박사님을 석 달 동안 저희 회사로 모시고 싶습니다")

    assert caller.step == "consent"
    assert caller.intake.details == {"exchange_days": 90, "direction": "to_company"}
    assert set(caller.intake.details_by.values()) == {"speech"}


def test_another_service_forgets_what_only_the_first_one_needed(dials):
    caller = dials().says("특허도 그렇고 기술 이전도 그렇고 디비 좀").says("아니요 인력 교류요")

    assert set(caller.intake.details) <= set(details_of(Category.PERSONNEL_EXCHANGE))


SAID = [
    (Category.TECHNICAL_DIFFICULTY, "지난달부터 알루미늄 도금이 벗겨져서 라인이 멈췄어요",
     {"process": "도금", "material": "알루미늄", "since": "지난달", "urgency": "urgent"}),
    (Category.TECHNICAL_DIFFICULTY, "육 개월 안에 새 코팅을 개발해야 합니다", {"process": "코팅", "solution": "research", "term_days": 180}),
    (Category.TECHNICAL_DIFFICULTY, "세 달 전에 산 기계가 멈춰요", {"since": "세 달 전"}),
    (Category.DATABASE_ACCESS, "주사전자현미경 쓸 수 있을까요", {"database": "equipment"}),
    (Category.DATABASE_ACCESS, "특허 조회하려고요", {"database": "patent"}),
    (Category.PERSONNEL_EXCHANGE, "저희 직원을 두 주 동안 보내서 배우게 하고 싶어요", {"direction": "to_institute", "exchange_days": 14}),
    (Category.PERSONNEL_EXCHANGE, "반년쯤 와 주실 분", {"direction": "to_company", "exchange_days": 182}),
    (Category.INFORMATION, "기술 로드맵 자료요", {"topic": "roadmap"}),
    (Category.TECHNOLOGY_TRANSFER, "러닝 로열티로 통상실시권만 받고 싶어요", {"licence": "non_exclusive", "royalty": "running"}),
    (Category.OPERATOR, "급해요 사람 바꿔요", {}),
    (None, "특허요", {}),
]  # fmt: skip


@pytest.mark.parametrize(("category", "words", "told"), SAID)
def test_plain_words_are_kept_as_details(category, words, told):
    assert details_in(category, words) == told


@given(st.sampled_from([*Category, None]), st.text(max_size=200), st.sampled_from(["ko", "en"]))
def test_whatever_is_said_only_details_of_the_service_are_kept(category, words, language):
    for name, value in details_in(category, words, language).items():
        assert name in details_of(category)
        assert read_detail(category, name, str(value)) == value


@pytest.mark.parametrize(
    "words",
    ["접수한 거 어떻게 됐나요", "지난주에 접수했는데 아직 연락이 없어요", "접수번호로 진행 상황 알고 싶어요", "문의드린 건 언제 되나요",
     "진행 상황 좀 알 수 있을까요"],
)  # fmt: skip
def test_how_an_earlier_ticket_stands_can_be_asked_in_many_ways(dials, words):
    assert dials().says(words).step == "ticket_number"


@pytest.mark.parametrize(
    "words", ["접수는 어떻게 하나요", "접수하려고 하는데요", "접수했는데 담당자 좀 바꿔 주세요", "도금이 벗겨져요"]
)
def test_a_new_request_is_no_question_about_an_earlier_one(words):
    assert not asks_for_ticket(words, "ko")


@given(st.integers(1, 3650))
def test_every_period_is_classed_or_said_to_be_in_a_gap(days):
    terms = exchange_terms(days)

    assert (Term.SHORT in terms.classes) == (days <= 7)
    assert (Term.MIDDLE in terms.classes) == (30 <= days <= 184)
    assert (Term.LONG in terms.classes) == (days >= 180)
    assert (not terms.classes) == (8 <= days <= 29)
    assert terms.is_certain == (not 180 <= days <= 184 and not 8 <= days <= 29)
    assert "상담원이 정합니다" in terms.text_ko or terms.is_certain


@given(st.integers(1, 3650))
def test_a_development_between_three_months_and_a_year_has_no_class(days):
    assert (research_terms(days).classes == ()) == (90 < days < 365)


@given(st.sampled_from(sorted(DETAILS)), st.text(max_size=30))
def test_a_detail_is_taken_as_it_should_be_or_refused_in_one_line(name, given_):
    category = min(DETAILS[name].services)
    refused = f"{name}: .*expected"

    with nullcontext() if is_taken(name, given_) else pytest.raises(DetailError, match=refused):
        assert isinstance(read_detail(category, name, given_), int) == (DETAILS[name].kind is Kind.DAYS)


def is_taken(name, given_):
    text = given_.strip()
    match DETAILS[name].kind:
        case Kind.CHOICE:
            return text in DETAILS[name].choices
        case Kind.DAYS:
            return text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= 3650
    return bool(text)


def test_a_counselor_completes_and_corrects(directory):
    intake = Intake(category=Category.INFORMATION, details={"topic": "market"})

    after = completed(intake, directory, {"exchange_days": "90", "category": "personnel_exchange", "institutes": "KIMS, KERI",
                                          "consent": "yes"})  # fmt: skip

    assert (after.category, after.category_by) == (Category.PERSONNEL_EXCHANGE, KnownBy.COUNSELOR)
    assert (after.details, after.details_by) == ({"exchange_days": 90}, {"exchange_days": "counselor"})
    assert after.institutes == ("KIMS", "KERI")
    assert after.consent is True
    assert wished_days(after) == 90
    assert completed(after, directory, {"exchange_days": ""}).details == {}


@pytest.mark.parametrize(
    ("part", "value"),
    [("category", "other"), ("region", "KR-99"), ("institutes", "KAIST"), ("consent", "maybe"), ("urgency", "urgent"),
     ("exchange_days", "-1"), ("direction", "up"), ("nothing", "x")],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_by_its_name(directory, part, value):
    intake = Intake(category=Category.PERSONNEL_EXCHANGE)

    with pytest.raises(DetailError, match=f"^{part}: .*expected"):
        completed(intake, directory, {part: value})


def test_no_part_of_the_intake_is_called_like_a_detail():
    assert not set(PARTS) & set(DETAILS)
