"""What the recognizer is told to expect fits the telephone network, whatever the directory says."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ivr.listening import LONGEST_HINT, MOST_HINTS, hints_for

NAMES = st.lists(st.text(max_size=120), max_size=6).map(tuple)
WORDS = st.lists(st.text(max_size=130), max_size=400).map(tuple)


def questions(flow):
    return [step for step in flow.steps.values() if getattr(step, "hints_from", ())]


@given(data=st.data(), aliases=NAMES, fields=WORDS, spoken=NAMES)
def test_hints_fit_whatever_the_directory_says(flow, directory, data, aliases, fields, spoken):
    question = data.draw(st.sampled_from(questions(flow)))
    strange = replace(
        directory,
        institutes={
            code: replace(institute, spoken_aliases=aliases, fields_ko=fields, fields_en=fields)
            for code, institute in directory.institutes.items()
        },
        places=tuple(replace(place, spoken_forms=spoken) for place in directory.places[:20]),
    )

    for language in ("ko", "en"):
        hints = hints_for(question, strange, flow.prompts, language)

        assert len(hints) <= MOST_HINTS
        assert len(set(hints)) == len(hints)
        assert all(0 < len(hint) <= LONGEST_HINT and "," not in hint and hint.isprintable() for hint in hints)


def test_no_kind_of_word_is_crowded_out_by_another(flow, directory):
    hints = set(hints_for(flow.steps["category"], directory, flow.prompts, "ko"))

    for institute in directory.institutes.values():
        assert institute.spoken_name in hints
        assert set(institute.spoken_aliases) <= hints
        assert set(institute.fields_ko[:5]) & hints
