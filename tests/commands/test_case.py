"""A ticket is played the whole way by a call's script and the commands; what cannot be done is one clear line."""

import json

import pytest

from commands import building
from commands.main import run
from commands.script import ScriptError, read_script
from directory.reading import files_in, read_directory
from tickets.number import make_number

SCRIPT = """
say 안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요
keys 1
agent icg_1 accepts
wait 30
hangup

case start --by icg_1
case refer KITECH "전처리가 있습니까?" --by icg_1
case refer KIMS "도금층 분석이 됩니까?" --by icg_1
case reply KITECH "알칼리 탈지 뒤 산세를 두 번 하십시오." --by kitech_1
days 1
case note "KIMS의 답을 기다립니다." --by icg_1
days 1
case resolve held_technology "KITECH 연구자와 기술 이전을 협의합니다." --by icg_1
case close --by icg_1
days 40
case follow-up 30 solved --by icg_1
"""
NUMBER, OTHER = make_number(2026, 1), make_number(2026, 2)


@pytest.fixture(scope="module")
def flow():
    return building.read_main_flow(read_directory(files_in(building.DIRECTORY_FOLDER)))


@pytest.fixture
def app(copied_sqlite, tmp_path, monkeypatch, capsys, flow):
    """Run a command in this process; return its exit code, what it printed and what it complained of."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(building, "read_main_flow", lambda _directory: flow)

    def app(*words) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            run([*words])
        told = capsys.readouterr()
        return left.value.code, told.out, told.err

    return app


@pytest.fixture
def played(app, tmp_path):
    def played(script: str) -> dict:
        (tmp_path / "call.txt").write_text(script, encoding="utf-8")
        told = (
            app("agent", "icg_1", "available"),
            app(
                "call",
                "--from",
                "0317801234",
                "--at",
                "2026-11-24T10:00",
                "--script",
                str(tmp_path / "call.txt"),
                "--json",
            ),
        )
        assert told[1][0] == 0, told[1][2]
        return json.loads(told[1][1])

    return played


def test_a_ticket_goes_from_the_call_to_its_follow_up(app, played, tmp_path):
    call = played(SCRIPT)
    assert (call["outcome"], call["ticket"]["number"], call["ticket"]["state"]) == ("answered", NUMBER, "closed")

    code, out, _ = app("ticket", NUMBER, "--json")

    ticket = json.loads(out)
    assert code == 0
    assert (ticket["desk"], ticket["agent"], ticket["outcome"]) == ("center:ICG", "icg_1", "held_technology")
    assert [(one["institute"], one["state"], one["answer"]) for one in ticket["referrals"]] == [
        ("KITECH", "answered", "알칼리 탈지 뒤 산세를 두 번 하십시오."),
        ("KIMS", "withdrawn", "resolved"),
    ]
    assert [(one["days"], one["state"], one["result"]) for one in ticket["follow_ups"]] == [
        (30, "done", "solved"),
        (90, "planned", None),
    ]
    assert (ticket["late"], ticket["answered_at"]) == (False, ticket["resolved_at"])
    what = [one["what"] for one in ticket["history"]]
    assert what.count("ticket.warned") == 2
    assert what.index("referral.answered") < what.index("ticket.warned") < what.index("ticket.resolved")
    messages = (tmp_path / "messages.log").read_text(encoding="utf-8")
    assert [line.split()[1] for line in messages.splitlines()] == [
        "d***@kitech.example",
        "d***@kims.example",
        "i***@icg.example",
        "d***@kims.example",  # its answer is late
        "i***@icg.example",
        "l***@icg.example",
    ]
    assert "0317801234" not in messages.replace("-", "")
    assert "icg_1@" not in messages


def test_each_step_is_a_command_of_its_own(app, played):
    played("keys 0\nagent icg_1 accepts\nwait 5\nhangup\n")
    steps = [
        ("start",),
        ("consent", "yes"),
        ("refer", "KITECH", "전처리?"),
        ("reply", "KITECH", "탈지"),
        ("refer", "KIMS", "분석?"),
        ("withdraw", "KIMS", "필요 없음"),
        ("pause", "시료 대기"),
        ("resume",),
        ("assign", "--to", "icg_2"),
        ("answer", "탈지를 안내했습니다."),
        ("resolve", "information_given", "안내"),
        ("close",),
        ("reopen", "다시 벗겨집니다."),
    ]

    for act, *words in steps:
        code, out, err = app("case", act, NUMBER, *words, "--by", "icg_1")
        assert (code, err) == (0, ""), act
        assert out.startswith(f"{NUMBER}: ")

    assert out.startswith(f"{NUMBER}: reopened, icg_2 at center:ICG, due ")


REFUSED = [
    (("case", "start", "26-000001-8", "--by", "icg_1"), "not a ticket number"),
    (("case", "start", OTHER, "--by", "icg_1"), f"there is no ticket {OTHER}"),
    (("case", "start", NUMBER, "--by", "nobody"), '"nobody" is not on the staff'),
    (("case", "start", NUMBER), "Missing option '--by'"),
    (("case", "start", NUMBER, "--by", "kitech_1"), "of their own or of institute:KITECH alone: this is that of icg_1"),
    (("case", "start", NUMBER, "--by", "ministry_reader"), "is of role ministry and may not work on a case (expected"),
    (("case", "assign", NUMBER, "--to", "icg_2", "--supervisor", "--by", "icg_1"), "(expected supervisor)"),
    (("company", "add", "한빛", "--by", "kitech_1"), "may not change a company's record (expected counselor, superv"),
    (("announcement", "clear", "--by", "icg_1"), "may not tell every caller something (expected supervisor, operator)"),
    (("case", "listen", NUMBER, "--by", "icg_1"), "Missing option '--reason'"),
    (("case", "listen", NUMBER, "--by", "icg_1", "--reason", " "), "reason: nothing is written"),
    (("case", "listen", NUMBER, "--by", "icg_1", "--reason", "x"), "no message can be heard (there is none)"),
    (("case", "listen", NUMBER, "--by", "sel_1", "--reason", "x"), "may hear a recording of their own or of"),
    (("announcement", "clear"), "Missing option '--by'"),
    (("callbacks", "cancel", "1", "--reason", "x", "--by", "kitech_1"), "may give up a callback of their own"),
    (("case", "close", NUMBER, "--by", "icg_1"), "it cannot be closed (expected one that is resolved)"),
    (("case", "refer", NUMBER, "KITECH", "?", "--by", "icg_1"), "was not asked whether its case may be passed on"),
    (("case", "resolve", NUMBER, "solved", "x", "--by", "icg_1"), "is not one of"),
    (("case", "resolve", NUMBER, "research_long", "x", "--by", "icg_1"), "needs the days"),
    (("case", "resolve", NUMBER, "research_long", "x", "--days", "9", "--by", "icg_1"), "expected research_short"),
    (("case", "link", NUMBER, "7", "--by", "icg_1"), "there is no company 7"),
    (("case", "link", NUMBER, "x", "--by", "icg_1"), "not a company's record"),
    (("case", "follow-up", NUMBER, "30", "solved", "--by", "icg_1"), "none is planned"),
    (("company", "add", "한빛", "--business-number", "1", "--by", "icg_1"), "expected ten digits"),
    (("company", "show", "7"), "there is no company 7"),
]


def test_what_cannot_be_done_is_one_clear_line_and_exit_code_2(app, played):
    played("keys 0\nagent icg_1 accepts\nwait 5\nhangup\n")

    for words, complaint in REFUSED:
        code, out, err = app(*words)
        assert (code, out) == (2, ""), words
        assert len(err.strip().splitlines()) == 1, err
        assert complaint in err


def test_the_talk_of_a_case_is_heard_by_its_owner_and_stands_in_its_history(app, played):
    played("keys 0\nagent icg_1 accepts\nwait 30\nhangup\nwait 5\n")

    heard = json.loads(
        app("case", "listen", NUMBER, "--what", "talk", "--by", "icg_1", "--reason", "녹취 확인", "--json")[1]
    )

    assert (heard["ticket"], heard["what"], len(heard["recordings"])) == (NUMBER, "talk", 1)
    assert heard["recordings"][0]["recording"].startswith("RE")
    shown = app("ticket", NUMBER, "--json")[1]
    assert heard["recordings"][0]["recording"] not in shown
    told = [one for one in json.loads(shown)["history"] if one["what"] == "recording.heard"]
    assert [(one["by"], one["fields"]["reason"]) for one in told] == [("icg_1", "녹취 확인")]


def test_the_next_call_of_a_known_number_shows_the_earlier_ticket_and_its_company(app, played):
    played("keys 0\nagent icg_1 accepts\nwait 5\nhangup\n")
    app("company", "add", "(주)한빛정밀", "--business-number", "220-81-62517", "--by", "icg_1")
    app("case", "link", NUMBER, "1", "--by", "icg_1")
    app("company", "bar", "1", "KIMS", "경쟁사 공동 과제", "--by", "icg_1")
    second = played("keys 0\nagent icg_1 accepts\nwait 5\nhangup\n")["ticket"]["number"]

    ticket = json.loads(app("ticket", second, "--json")[1])
    assert [one["number"] for one in ticket["earlier"]] == [NUMBER]
    assert [one["name"] for one in ticket["maybe_companies"]] == ["(주)한빛정밀"]
    assert (ticket["company"], ticket["company_record"]) == (None, None), "only a person says whose case it is"
    app("case", "consent", second, "yes", "--by", "icg_1")
    assert "do-not-route" in app("case", "refer", second, "KIMS", "?", "--by", "icg_1")[2]


def test_records_that_look_alike_are_shown_and_merged_on_word(app):
    for name in ("(주)한빛정밀", "한빛정밀 주식회사"):
        app("company", "add", name, "--by", "icg_1")
    app("company", "number", "2", "02-2110-1234", "--by", "icg_1")

    shown = json.loads(app("company", "show", "1", "--json")[1])
    assert [(one["company"], one["why"]) for one in shown["maybe_same"]] == [(2, ["similar_name"])]
    merged = json.loads(app("company", "merge", "2", "--into", "1", "--by", "icg_1", "--json")[1])

    assert (merged["numbers"], merged["maybe_same"]) == (["02-2110-1234"], [])
    assert json.loads(app("company", "show", "2", "--json")[1])["merged_into"] == 1


def test_calls_to_make_are_listed_with_their_company(app, played):
    played("keys 0\nagent icg_1 accepts\nwait 5\nhangup\ncase resolve information_given 안내 --by icg_1\ndays 31\n")
    app("company", "add", "한빛정밀", "--by", "icg_1")
    app("case", "link", NUMBER, "1", "--by", "icg_1")

    due = json.loads(app("followups", "--json")[1])["follow_ups"]
    planned = json.loads(app("followups", "--planned", "--json")[1])["follow_ups"]

    assert [(one["ticket"], one["days"], one["company"], one["owner"]) for one in due] == [
        (NUMBER, 30, "한빛정밀", "icg_1")
    ]
    assert [one["days"] for one in planned] == [30, 90]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("case", "expected one of assign, start"),
        ("case dance", "expected one of assign, start"),
        ("case start", "Missing option '--by'"),
        ("case refer KITECH --by icg_1", "Missing argument 'WORDS'"),
        ('case note "x --by icg_1', "No closing quotation"),
        ("case start now --by icg_1", "unexpected extra argument"),
        ("days", "whole days"),
        ("days 0", "whole days"),
        ("days 401", "1 to 400"),
        ("days ٣", "whole days"),
    ],
)
def test_a_line_about_the_ticket_is_checked_before_anything_is_dialed(line, expected):
    with pytest.raises(ScriptError) as refused:
        read_script("a.txt", f"keys 1\n{line}\n")

    assert str(refused.value).startswith(f'a.txt:2: "{line}"')
    assert expected in str(refused.value)


def test_an_act_that_the_ticket_cannot_take_is_told_with_its_line(app, tmp_path):
    (tmp_path / "call.txt").write_text("hangup\ncase start --by icg_1\n", encoding="utf-8")
    without = app("call", "--from", "0317801234", "--at", "2026-11-24T10:00", "--script", str(tmp_path / "call.txt"))
    (tmp_path / "call.txt").write_text("keys 0\nhangup\ncase close --by icg_1\n", encoding="utf-8")
    early = app("call", "--from", "0317801234", "--at", "2026-11-24T10:00", "--script", str(tmp_path / "call.txt"))

    assert (without[0], without[2]) == (2, "app.py: call.txt:2: the call has no ticket yet\n")
    assert early[0] == 2
    assert "call.txt:3: " in early[2]
    assert "cannot be closed" in early[2]
