"""Whatever a caller does, the line listens or connects them, and never gives up on them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.facts import NUMBER_KINDS
from ivr.walk import MOST_TURNS, CallerFacts, Keys, Position, Silence, Speech, begin, walk

WORDS = st.sampled_from(
    ["네", "아니요", "다시", "뒤로", "광주요", "중구", "경상도", "안산", "기술 이전", "도금이 벗겨져요", "마지막 거", "이 번", "음",
     "특허도 보고 싶고 사람도 필요하고", "정책자금 대출", "공삼일", "괜찮아요", "전기연구원"]
)  # fmt: skip
KEYS = st.one_of(
    st.sampled_from(["1", "2", "3", "9", "0", "#", "*", "", "02", "031", "01012345678", "11"]), st.text(max_size=15)
)
HEARD = st.one_of(
    KEYS.map(Keys), st.builds(Speech, st.one_of(WORDS, st.text(max_size=60)), st.none()), st.just(Silence())
)
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


@settings(max_examples=150, deadline=None)
@given(data=st.data(), answers=st.lists(HEARD, max_size=25))
def test_every_answer_leads_to_a_question_or_to_a_person(flow, directory, data, answers):
    caller = data.draw(facts(directory))
    at = begin(flow, directory, caller)
    for heard in answers:
        assert (at.listening is None) == (at.end is not None)
        assert all(spoken.text for spoken in (*at.notices, *at.prompts))
        if at.end:
            assert at.intake.category is not None
            assert at.prompts == ()
            break
        assert at.prompts, "a question is always spoken"
        assert at.position.step in flow.steps
        assert len(at.listening.hints) <= 500
        assert at.listening.timeout_seconds > 0
        assert Position.from_data(at.position.to_data(), flow) == at.position
        assert at.intake.region is None or not at.intake.region_candidates
        at = walk(flow, directory, caller, at.position, at.intake, heard)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), before=st.lists(HEARD, max_size=8))
def test_a_caller_who_is_not_understood_three_times_gets_a_person(flow, directory, data, before):
    caller = data.draw(facts(directory))
    at = begin(flow, directory, caller)
    for heard in before:
        at = at if at.end else walk(flow, directory, caller, at.position, at.intake, heard)
    known = at.intake
    for _ in range(flow.always.tries):
        at = at if at.end else walk(flow, directory, caller, at.position, at.intake, Silence())

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
        at = walk(flow, directory, caller, at.position, at.intake, data.draw(NOT_A_PERSON))
        turns += 1

        assert turns <= MOST_TURNS + 1


@settings(max_examples=100, deadline=None)
@given(data=st.data(), answers=st.lists(HEARD.filter(lambda heard: heard != Keys("#")), max_size=6))
def test_back_forgets_what_the_last_answer_told(flow, directory, data, answers):
    caller = data.draw(facts(directory))
    at = begin(flow, directory, caller)
    for heard in answers:
        at = at if at.end else walk(flow, directory, caller, at.position, at.intake, heard)
    if at.end or not at.position.visits:
        return

    back = walk(flow, directory, caller, at.position, at.intake, Keys("#"))

    assert back.position.step == at.position.visits[-1].step
    assert all(getattr(back.intake, name) == value for name, value in at.position.visits[-1].before.items())
