"""`demo`: the whole line on one machine, called from this terminal. Its day starts at ten on a working morning."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import click
from werkzeug.serving import BaseWSGIServer, make_server

from agents.agent import Presence
from calls.call import CallId, CallState
from commands.building import StartError, front_desk
from commands.caller import PATIENCE_SECONDS, act, finish, is_asked, play, state_of
from commands.environment import settings_now
from commands.players import Habit, Player
from commands.reading_aloud import print_call, print_heard, print_result
from commands.reports import call_report, heard_report
from commands.script import Act, Line, read_script
from commands.settings import Settings
from commands.stage import Stage, opened_stage
from records.korean_time import KOREA
from routing.opening_hours import working_day
from simulator import Phone
from switchboard.change_presence import change_presence
from web.app import create_app

MORNING, EVENING = time(10), time(19, 30)
SECONDS_TO_ANSWER = 4  # a counselor reads the card before picking up
KEYS = set("0123456789*#")
HELP = """
Type keys (1, 0, #, *) or words, as a caller would. Enter alone is silence; Ctrl-D hangs up.
번호나 하실 말씀을 입력하십시오. Enter만 누르면 침묵이고, Ctrl-D를 누르면 전화를 끊습니다.
"""


@dataclass(frozen=True)
class Scene:
    """A scripted call, and how it should end."""

    title: str
    caller: str
    at: time
    script: tuple[str, ...]
    outcome: str
    desk: str


ONCE = (
    Scene(
        "A mobile that speaks",
        "01012345678",
        MORNING,
        ("say 안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요", "keys 1", "wait 30", "hangup"),
        "answered",
        "institute:KITECH",
    ),
    Scene(
        "A Daegu landline that keys",
        "0537771234",
        MORNING,
        ("keys 4", "keys 1", "wait 30", "hangup"),
        "answered",
        "center:DGB",
    ),
    Scene(
        "A call out of hours",
        "01087654321",
        EVENING,
        ("say 여기 창원인데 용접 부위가 자꾸 갈라집니다", "keys 1", "wait 60"),
        "out_of_hours",
        "institute:KITECH",
    ),
)


@click.command()
@click.option(
    "--once", is_flag=True, help="Play three scripted calls without a keyboard, and say whether all went well."
)
@click.option("--from", "caller", default="01012345678", show_default=True, help="The number you call from.")
def demo(once: bool, caller: str) -> int:
    """Start the whole line at http://127.0.0.1:1379 and call it from this terminal.

    The telephone network, the counselors and the time are simulated, so it works at night and needs no account.
    """
    settings = settings_now()
    start = next_morning(datetime.now(UTC))
    with opened_stage(settings, start) as stage, _page(stage, settings), _everyone_at_work(stage):
        click.echo(
            f"The line is open at {settings.public_base_url}; it is {start.astimezone(KOREA):%Y-%m-%d %H:%M} in Korea."
        )
        if once:
            return _play_once(stage)
        _talk(stage, caller)
    return 0


def next_morning(now: datetime) -> datetime:
    """Return ten o'clock of today in Korea, or of the next working day."""
    day = now.astimezone(KOREA).date()
    while not working_day(day, ()):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, KOREA).astimezone(UTC)


@contextmanager
def _page(stage: Stage, settings: Settings) -> Iterator[BaseWSGIServer]:
    """Serve the line over HTTP beside the terminal, on the same rows and the same clock."""
    try:
        listening = socket.create_server((settings.host, settings.port))
    except OSError as error:
        raise StartError(f'PORT: "{settings.port}" cannot be served on {settings.host} ({error.strerror})') from None
    app = create_app(front_desk(stage.house, settings))
    server = make_server(settings.host, settings.port, app, threaded=True, fd=listening.fileno())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        listening.close()


@contextmanager
def _everyone_at_work(stage: Stage) -> Iterator[None]:
    """Let the whole staff sign in at simulated stations, and go home in the end."""
    for agent_id in stage.house.directory.staff:
        change_presence(stage.house, agent_id, Presence.AVAILABLE)
        stage.people.append(Player(stage, agent_id, Habit.ACCEPTS, SECONDS_TO_ANSWER))
    try:
        yield
    finally:
        for agent_id in stage.house.directory.staff:
            change_presence(stage.house, agent_id, Presence.OFFLINE)


def _play_once(stage: Stage) -> int:
    good = [_play_one(stage, scene) for scene in ONCE]
    click.echo(f"\n{sum(good)} of {len(good)} calls ended as they should.")
    return 0 if all(good) else 1


def _play_one(stage: Stage, scene: Scene) -> bool:
    moment = datetime.combine(stage.now().astimezone(KOREA).date(), scene.at, KOREA)
    stage.run((moment - stage.now()).total_seconds())
    click.echo(f"\n{scene.title} ({scene.caller})")
    phone = stage.network.dial(scene.caller, "1379")
    stage.settle()
    play(stage, phone, read_script(scene.title, "\n".join(scene.script)), scene.title)
    report = call_report(stage.house, CallId(phone.sid), phone.transcript)
    if report is None or report["ticket"] is None:
        click.echo("  no ticket was left")
        return False
    print_call(report)
    if (report["outcome"], report["desk"]) != (scene.outcome, scene.desk):
        click.echo(f"  expected {scene.outcome} at {scene.desk}")
        return False
    return True


def _talk(stage: Stage, caller: str) -> None:
    click.echo(HELP)
    while True:
        phone = stage.network.dial(caller, "1379")
        _one_call(stage, phone)
        report = call_report(stage.house, CallId(phone.sid), phone.transcript)
        if report:
            print_result(report)
        try:
            if input("\nEnter calls again, q ends / Enter 다시 걸기, q 끝내기> ").strip().lower().startswith("q"):
                return
        except EOFError:
            return


def _one_call(stage: Stage, phone: Phone) -> None:
    """Let the person at the keyboard be the caller of one call, until either side hangs up."""
    told = 0
    greeted: set[str] = set()
    while True:
        _listen(stage, phone)
        for heard in phone.transcript[told:]:
            if heard.who == "line":
                print_heard(heard_report(heard))
        told = len(phone.transcript)
        if phone.ended:
            break
        if phone.connected_to - greeted:
            greeted |= phone.connected_to
            _greet(stage, phone)
        try:
            _answer(stage, phone, input("> ").strip())
        except EOFError:
            click.echo()
            phone.hang_up()
    finish(stage)


def _listen(stage: Stage, phone: Phone) -> None:
    """Let the line speak until it wants an answer; waiting for a counselor needs none."""
    stage.run(PATIENCE_SECONDS, unless=lambda: phone.ended or is_asked(phone) or bool(phone.connected_to))
    if state_of(stage, phone) is CallState.WAITING:
        stage.run(PATIENCE_SECONDS, unless=lambda: phone.ended or bool(phone.connected_to))


def _greet(stage: Stage, phone: Phone) -> None:
    report = call_report(stage.house, CallId(phone.sid), ())
    name = stage.house.directory.staff[report["agent"]].name_ko if report else ""
    click.echo(
        f"  {stage.now().astimezone(KOREA):%H:%M:%S}  {name}: 네, 말씀하신 내용 보고 있습니다. 무엇을 도와드릴까요?"
    )
    click.echo("  (You are talking to a simulated counselor. Ctrl-D hangs up. / 모의 상담원과 통화 중입니다.)")


def _answer(stage: Stage, phone: Phone, typed: str) -> None:
    if phone.in_conference:
        stage.run(10)
    elif not typed:
        act(stage, phone, Line(0, Act.SILENCE))
    elif set(typed) <= KEYS:
        act(stage, phone, Line(0, Act.KEYS, typed))
    else:
        act(stage, phone, Line(0, Act.SAY, typed))
