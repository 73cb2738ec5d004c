"""Whatever a caller does, the line listens or connects them, and never gives up on them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.facts import NUMBER_KINDS
from ivr.walk import MOST_TURNS, CallerFacts, End, Keys, Position, Recorded, Silence, Speech, begin, looked_up, walk

WORDS = st.sampled_from(
    ["네", "아니요", "다시", "뒤로", "광주요", "중구", "경상도", "안산", "기술 이전", "도금이 벗겨져요", "마지막 거", "이 번", "음",
     "접수한 거 어떻게 됐나요", "연구원 명단 좀 주세요", "몇 시까지 해요", "석 달 동안 와 주실 분",
     "특허도 보고 싶고 사람도 필요하고", "정책자금 대출", "공삼일", "괜찮아요", "전기연구원"]
)  # fmt: skip
KEYS = st.one_of(
    st.sampled_from(
        ["1", "2", "3", "4", "6", "9", "0", "260001233", "5678", "#", "*", "", "02", "031", "01012345678", "11"]
    ),
    st.text(max_size=15),
)
FOUND = st.sampled_from(["proven", "unproven", "refused", "limited"])
HEARD = st.one_of(
    st.builds(Recorded, st.integers(0, 90), st.sampled_from(["", "#", "0"])),
    KEYS.map(Keys),
    st.builds(Speech, st.one_of(WORDS, st.text(max_size=60)), st.none()),
    st.just(Silence()),
)
MAY_BE_LEFT_OUT = ("note", "wish", "callback_number")  # at most one silence each, before those that count
NOT_A_PERSON = st.one_of(
    st.sampled_from(["#", "*", "99", "", "x"]).map(Keys), st.just(Silence()), st.just(Speech("음"))
)


def facts(directory):
    return st.builds(
        CallerFacts,
        number_kind=st.sampled_from(NUMBER_KINDS),
        suggested_region=st.one_of(st.none(), st.sampled_from(sorted(directory.regions))),
        can_call_back=st.booleans(),
        is_open=st.booleans(),
    )


def next_of(flow, directory, caller, at, heard, data):
    """Return the walk after an answer, whatever the house finds when it is asked."""
    at = walk(flow, directory, caller, at.position, at.intake, heard)
    while at.end is End.LOOK_UP:
        at = looked_up(flow, directory, caller, at, data.draw(FOUND), at.intake)
        assert at.intake.ticket_code is None, "the proof is forgotten once it was looked at"
    return at


@settings(max_examples=150, deadline=None)
@given(data=st.data(), answers=st.lists(HEARD, max_size=25))
def test_every_answer_leads_to_a_question_or_to_a_person(flow, directory, data, answers):
    caller = data.draw(facts(directory))
    at = begin(flow, directory, caller)
    for heard in answers:
        assert (at.listening is None) == (at.end is not None or at.records)
        assert all(spoken.text for spoken in (*at.notices, *at.prompts))
        if at.end:
            assert at.intake.category is not None
            assert at.prompts == ()
            break
        assert at.records or at.prompts, "a question is always spoken"
        assert at.position.step in flow.steps
        assert at.records or (len(at.listening.hints) <= 500 and at.listening.timeout_seconds > 0)
        assert Position.from_data(at.position.to_data(), flow) == at.position
        assert at.intake.region is None or not at.intake.region_candidates
        at = next_of(flow, directory, caller, at, heard, data)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), before=st.lists(HEARD, max_size=8))
def test_a_caller_who_falls_silent_gets_a_person(flow, directory, data, before):
    caller = data.draw(facts(directory))
    at = begin(flow, directory, caller)
    for heard in before:
        at = at if at.end else next_of(flow, directory, caller, at, heard, data)
    known = at.intake
    for _ in range(flow.always.tries + len(MAY_BE_LEFT_OUT)):
        at = at if at.end else next_of(flow, directory, caller, at, Silence(), data)

    assert at.end
    assert at.intake.wish == known.wish
    assert known.category is None or at.intake.category == known.category


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_nobody_goes_round_for_ever(flow, directory, data):
    caller = data.draw(facts(directory))
    at = begin(flow, directory, caller)
    turns = 0
    while not at.end:
        at = next_of(flow, directory, caller, at, data.draw(NOT_A_PERSON), data)
        turns += 1

        assert turns <= MOST_TURNS + 1


@settings(max_examples=100, deadline=None)
@given(data=st.data(), answers=st.lists(HEARD.filter(lambda heard: heard != Keys("#")), max_size=6))
def test_back_forgets_what_the_last_answer_told(flow, directory, data, answers):
    caller = data.draw(facts(directory))
    at = begin(flow, directory, caller)
    for heard in answers:
        at = at if at.end else next_of(flow, directory, caller, at, heard, data)
    if at.end or not at.position.visits:
        return

    back = walk(flow, directory, caller, at.position, at.intake, Keys("#"))

    assert back.position.step == at.position.visits[-1].step
    assert all(getattr(back.intake, name) == value for name, value in at.position.visits[-1].before.items())
