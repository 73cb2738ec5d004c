"""What is learned, how it is kept, and that nothing is tested by what it was learned from."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.institute_names import NOT_OURS
from ivr.intake import Category
from ivr.learning.corpus import Labelled, files_in, fingerprint, labelled, read_corpus, rows_of
from ivr.learning.folds import FOLDS, folds, groups
from ivr.learning.judging import Judged, figures
from ivr.learning.lessons import NO_FIELD, basics, learn, learned, own_sentences
from ivr.learning.mishearing import misheard, ways_heard
from ivr.learning.softmax import shares
from ivr.learning.weights import WEIGHTS, packed, unpacked
from ivr.services import OUT_OF_SCOPE, REPEAT
from ivr.speech_text import squeezed
from ivr.understanding import understand

FILES = files_in()
CORPUS = read_corpus(FILES)
OWN = own_sentences(CORPUS)


@pytest.fixture(scope="module")
def few():
    """A corpus of a few of the words, quick to learn."""
    return replace(
        CORPUS, sentences=CORPUS.sentences[::12], frames=CORPUS.frames[::6], troubles=(), things=CORPUS.things[::60]
    )


def test_the_weights_were_learned_from_the_words_that_are_kept():
    _, taught_by = unpacked(WEIGHTS.read_bytes())

    assert taught_by == fingerprint(FILES), "learn again: python3 app.py understand --learn"


@pytest.mark.long
def test_the_same_words_give_the_same_weights(directory, few):
    own = own_sentences(few)

    assert learn(directory, basics(directory, own), CORPUS.shipped[:20]) == learn(
        directory, basics(directory, own), CORPUS.shipped[:20]
    )


@pytest.mark.long
def test_learning_more_leaves_what_was_known_as_it_was(directory, few):
    known = basics(directory, own_sentences(few))
    before = learn(directory, known, ())

    learn(directory, known, CORPUS.shipped[:40])

    assert learn(directory, known, ()) == before


@pytest.mark.long
def test_weights_come_back_as_they_were_kept():
    models = {"service": learned().service, "outside": learned().outside}

    back, taught_by = unpacked(packed(models, "words"))

    assert taught_by == "words"
    for name, model in models.items():
        assert back[name].classes == model.classes
        assert {feature: list(row) for feature, row in back[name].rows.items()} == {
            feature: list(row) for feature, row in model.rows.items()
        }


def test_every_word_to_learn_from_is_about_something_the_line_knows(directory):
    sentences = [*OWN, *CORPUS.shipped]

    assert len({squeezed(one.utterance) for one in OWN}) >= 1500
    assert {one.category for one in sentences} == {*Category, REPEAT, OUT_OF_SCOPE}
    assert {code for one in sentences for code in one.institutes} == {*directory.institutes}
    assert {*learned().institute.classes} == {*directory.institutes, NO_FIELD}
    for one in sentences:
        assert "{" not in one.utterance, one


def test_each_call_is_tested_once_and_never_by_its_double():
    tested = []
    for kept, held in folds(CORPUS.shipped):
        tested += held
        assert not {squeezed(one.utterance) for one in kept} & {squeezed(one.utterance) for one in held}

    assert sorted(map(str, tested)) == sorted(map(str, CORPUS.shipped))
    assert len(list(folds(CORPUS.shipped))) == FOLDS


def test_the_same_call_said_twice_is_one():
    calls = [
        Labelled("인력 교류 신청하려고요", "personnel_exchange"),
        Labelled("도금이 자꾸 벗겨져요", "technical_difficulty"),
        Labelled("인력교류 신청 하려고요", "personnel_exchange"),
    ]

    assert [len(group) for group in groups(calls)] == [2, 1]


def test_what_is_tested_on_its_own_is_not_learned_from():
    known = {squeezed(one.utterance) for one in (*OWN, *CORPUS.shipped)}
    unseen = labelled(rows_of((WEIGHTS.parents[3] / "tests/data/unseen.ko.csv").read_text(encoding="utf-8")))

    assert not known & {squeezed(one.utterance) for one in unseen}


def test_a_question_counts_neither_for_nor_against_what_was_right(directory):
    call = Labelled("도금이 자꾸 벗겨져요", "technical_difficulty", "", ("KITECH",))
    found = understand(directory, call.utterance)
    right, wrong = (
        Judged(call, replace(found, ask=None)),
        Judged(replace(call, region="KR-41"), replace(found, ask="region")),
    )

    told = figures([right, wrong])

    assert (told["all_right"], told["asked"], told["wrong_ones_asked"], told["right_when_not_asked"]) == (
        0.5,
        0.5,
        1,
        1,
    )


@pytest.mark.parametrize(
    ("said", "following", "heard"),
    [
        ("력", "교", "럭"),
        ("인", "력", "일"),
        ("착", "이", "차"),
        ("국", "물", "궁"),
        ("개", " ", "게"),
        ("반", " ", "방"),
    ],
)
def test_a_syllable_is_misheard_as_it_sounds(said, following, heard):
    assert heard in {first for first, _ in ways_heard(said, following)}


@given(st.text("가나다라마바사 접착제인력교류123abc", max_size=40), st.integers(0, 3))
def test_the_same_words_are_misheard_the_same_way(said, way):
    heard = misheard(said, way)

    assert heard == misheard(said, way)
    assert len(heard) == len(said)
    assert heard.count(" ") == said.count(" ")


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=30))
def test_belief_is_shared_out_whole(scores):
    assert sum(shares(scores)) == pytest.approx(1)


@pytest.mark.parametrize("name", sorted(NOT_OURS))
def test_a_body_that_is_not_ours_is_named_as_such(directory, name):
    found = understand(directory, f"{name} 연결해 주세요")

    assert f"not_ours:{NOT_OURS[name]}" in found.signals
    assert found.institutes == ()


def test_the_institutes_offered_are_those_of_the_directory(directory):
    smaller = replace(
        directory, institutes={code: one for code, one in directory.institutes.items() if code != "KITECH"}
    )

    assert "KITECH" not in understand(smaller, "주물에 기포가 자꾸 생겨요").institutes
