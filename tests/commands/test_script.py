"""Reading a call's script: all of it is checked before anything is dialed."""

import pytest

from commands.script import Act, Line, ScriptError, read_script


def test_every_act_is_read_and_remarks_are_passed_over():
    text = """
    # a caller who cannot decide
    keys 1#
    SAY  안산이요
    silence
    wait 30

    agent icg_1 hangs-up
    hangup
    """

    assert read_script("a.txt", text) == [
        Line(3, Act.KEYS, "1#"),
        Line(4, Act.SAY, "안산이요"),
        Line(5, Act.SILENCE),
        Line(6, Act.WAIT, "30"),
        Line(8, Act.AGENT, agent="icg_1", agent_act="hangs-up"),
        Line(9, Act.HANGUP),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("keys", "after keys"),
        ("keys 1a", "after keys"),
        ("keys 1 2", "after keys"),
        ("keys １", "after keys"),
        ("say", "words after say"),
        ("wait", "whole seconds"),
        ("wait -1", "whole seconds"),
        ("wait 1.5", "whole seconds"),
        ("wait ٣", "whole seconds"),
        ("wait 86401", "at most 86400"),
        ("hangup now", "expected keys"),
        ("silence 3", "expected keys"),
        ("agent", "agent ID"),
        ("agent icg_1", "agent ID"),
        ("agent icg_1 sleeps", "agent ID"),
        ("agent accepts", "agent ID"),
        ("called", "after called"),
        ("called sings", "expected answers|busy|no-answer|voicemail after called"),
        ("dance", "expected keys"),
    ],
)
def test_a_line_that_says_nothing_is_refused_with_its_place_and_what_was_expected(line, expected):
    with pytest.raises(ScriptError) as refused:
        read_script("a.txt", f"keys 1\n{line}\n")

    assert str(refused.value).startswith(f'a.txt:2: "{line}"')
    assert expected in str(refused.value)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(ScriptError) as refused:
        read_script("a.txt", "keys x\nkeys 1\nwait x\n")

    assert [line.split(":")[1] for line in str(refused.value).splitlines()] == ["1", "3"]


def test_an_empty_script_is_a_caller_who_only_listens():
    assert read_script("a.txt", "\n# nothing\n") == []
