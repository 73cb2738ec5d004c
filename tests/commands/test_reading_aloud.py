from commands.reading_aloud import print_heard


def test_words_keys_and_sounds_are_each_shown_as_what_they_are(capsys):
    heard = {"at": "2026-11-24T10:00:00+09:00", "who": "line"}

    print_heard(heard | {"text": "접수되었습니다."})
    print_heard(heard | {"who": "caller", "keys": "1#"})
    print_heard(heard | {"sound": "beep"})
    print_heard(heard | {"sound": "http://line.example/sounds/wait.wav?v=1"})

    assert [shown.split(maxsplit=2)[2] for shown in capsys.readouterr().out.splitlines()] == [
        "접수되었습니다.",
        "[1#]",
        "(beep)",
        "(wait)",
    ]
