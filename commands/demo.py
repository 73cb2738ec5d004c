"""`demo`: the whole line on one machine, called from this terminal. Its day starts at ten on a working morning."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import click

from commands.building import require_folder
from commands.counselors import everyone_at_work, offers_taken
from commands.environment import settings_now
from commands.house_only import opened_house
from commands.keyboard import CallerAtHand, Day, talk
from commands.listening import listen
from commands.processes import running_line, starting_network
from commands.reading_aloud import print_result
from commands.script import read_script
from commands.stage import alone
from records.korean_time import KOREA
from routing.opening_hours import working_day
from simulator.remote import RemoteNetwork
from switchboard.end_call import end_lost_calls
from switchboard.house import House

MORNING, EVENING = time(10), time(19, 30)
TALKING_SPEED, SCRIPT_SPEED = 6.0, 20.0  # how fast the day goes: prompts are read, not listened to
HELP = """
Type keys (1, 0, #, *) or words, as a caller would. Enter alone is silence; Ctrl-D hangs up, Ctrl-C while you wait.
번호나 하실 말씀을 입력하십시오. Enter만 누르면 침묵입니다. Ctrl-D로, 기다리는 동안에는 Ctrl-C로 전화를 끊습니다.
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
        ("say 안산에서 도금하는 업체인데 도금이 자꾸 벗겨져요", "keys 1", "wait 10", "hangup"),
        "answered",
        "institute:KITECH",
    ),
    Scene(
        "A Daegu landline that keys",
        "0537771234",
        MORNING,
        ("keys 4", "keys 1", "keys 3", "wait 10", "hangup"),
        "answered",
        "center:DGB",
    ),
    Scene(
        "A call out of hours",
        "01087654321",
        EVENING,
        ("say 여기 창원인데 용접 부위가 자꾸 갈라집니다", "keys 1", "say 내일 오전에 전화 부탁드립니다"),
        "voicemail",
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
    require_folder(settings.data_dir)
    day = Day(settings.data_dir / "clock.json", SCRIPT_SPEED if once else TALKING_SPEED)
    day.starts(next_morning(datetime.now(UTC)))
    day.stands_still()
    listen(settings).close()  # before anything is changed of what may be another line's
    with alone(settings), starting_network(settings, day.path) as starting, opened_house(settings, day.path) as house:
        end_lost_calls(house)  # of a demo that was killed: its network is gone
        with everyone_at_work(house), running_line(settings, day.path, starting) as network_url:
            network = RemoteNetwork(network_url)
            here, now = settings.public_base_url, day.now().astimezone(KOREA)
            click.echo(f"The line is open at {here}; it is {now:%Y-%m-%d %H:%M} in Korea.")
            with offers_taken(house, network):
                day.runs()
                if once:
                    return _play_once(house, network, day)
                _talk(house, network, day, caller)
    return 0


def next_morning(now: datetime) -> datetime:
    """Return ten o'clock of today in Korea, or of the next working day."""
    date = now.astimezone(KOREA).date()
    while not working_day(date, ()):
        date += timedelta(days=1)
    return datetime.combine(date, MORNING, KOREA).astimezone(UTC)


def _play_once(house: House, network: RemoteNetwork, day: Day) -> int:
    good = [_play_one(house, network, day, scene) for scene in ONCE]
    click.echo(f"\n{sum(good)} of {len(good)} calls ended as they should.")
    return 0 if all(good) else 1


def _play_one(house: House, network: RemoteNetwork, day: Day, scene: Scene) -> bool:
    moment = datetime.combine(day.now().astimezone(KOREA).date(), scene.at, KOREA)
    if moment > day.now():
        day.starts(moment)
    click.echo(f"\n{scene.title} ({scene.caller})")
    caller = CallerAtHand(house, day, network.dial(scene.caller, "1379"))
    caller.plays(read_script(scene.title, "\n".join(scene.script)))
    report = caller.report()
    if report is None or report["ticket"] is None:
        click.echo("  no ticket was left")
        return False
    print_result(report)
    if (report["outcome"], report["desk"]) != (scene.outcome, scene.desk):
        click.echo(f"  expected {scene.outcome} at {scene.desk}")
        return False
    return True


def _talk(house: House, network: RemoteNetwork, day: Day, caller: str) -> None:
    click.echo(HELP)
    while True:
        report = talk(house, network, day, caller).report()
        if report:
            print_result(report)
        try:
            if input("\nEnter calls again, q ends / Enter 다시 걸기, q 끝내기> ").strip().lower().startswith("q"):
                return
        except EOFError:
            return
