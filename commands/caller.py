"""A caller of a played call: acts when the line listens, as a person would, and leaves in the end."""

from calls.call import Call, CallId, CallState
from commands.players import Habit, Player
from commands.script import Act, Line, ScriptError
from commands.stage import Stage
from directory.model import AgentId
from simulator import Phone
from switchboard.ticker import next_due

PATIENCE_SECONDS = 120  # for the line to finish a notice and listen
LAST_LOOK_SECONDS = 3  # a caller at the end of their script stays that long for an agent who is about to answer
AFTERWARDS_SECONDS = 600  # wrap-up, rest and late reports of one call are over by then


def play(stage: Stage, phone: Phone, lines: list[Line], name: str) -> None:
    """Play a script to its end; whatever is then still going on ends as it does when a person puts the phone down."""
    players: dict[AgentId, Player] = {}
    for line in lines:
        if phone.ended and line.act is not Act.AGENT:
            break
        if line.act is Act.AGENT:
            _direct(stage, players, line, name)
        else:
            act(stage, phone, line)
    _leave(stage, phone)
    finish(stage)


def act(stage: Stage, phone: Phone, line: Line) -> None:
    """Do what one line says a caller does."""
    match line.act:
        case Act.KEYS | Act.SAY:
            wait_for_question(stage, phone)
            if phone.ended:
                return
            (phone.press if line.act is Act.KEYS else phone.say)(line.words)
            stage.settle()
        case Act.SILENCE:
            wait_for_question(stage, phone)
            question = phone.question
            stage.run(PATIENCE_SECONDS, unless=lambda: phone.ended or phone.question is not question)
        case Act.WAIT:
            stage.run(int(line.words))
        case _:
            phone.hang_up()
            stage.settle()


def wait_for_question(stage: Stage, phone: Phone) -> None:
    """Hear the line out until it waits for an answer, a person is there, or it has hung up."""
    stage.run(PATIENCE_SECONDS, unless=lambda: phone.ended or phone.in_conference or is_asked(phone))


def is_asked(phone: Phone) -> bool:
    return phone.listening and not phone.hears


def require_staff(stage: Stage, lines: list[Line], name: str) -> None:
    """Raise ScriptError with every line that names an agent who is not on the staff."""
    problems = [
        f'{name}:{line.number}: agent "{line.agent}" is not on the staff (directory/data/staff.csv)'
        for line in lines
        if line.act is Act.AGENT and line.agent not in stage.house.directory.staff
    ]
    if problems:
        raise ScriptError("\n".join(problems))


def _direct(stage: Stage, players: dict[AgentId, Player], line: Line, name: str) -> None:
    agent_id = AgentId(line.agent)
    if agent_id not in players:
        players[agent_id] = Player(stage, agent_id)
        stage.people.append(players[agent_id])
    player = players[agent_id]
    if line.agent_act != "hangs-up":
        player.habit = Habit(line.agent_act)
        stage.settle()
        return
    stage.run(LAST_LOOK_SECONDS, unless=lambda: player.is_talking)
    if not player.hang_up():
        raise ScriptError(f"{name}:{line.number}: agent {agent_id} is on no call that could be hung up")
    stage.settle()


def _leave(stage: Stage, phone: Phone) -> None:
    """Hear the line's last words to their end, give an agent a moment to answer, and put the phone down."""
    while not phone.ended and state_of(stage, phone) is CallState.LEAVING:
        if not stage.run(PATIENCE_SECONDS, unless=lambda: phone.ended):
            break
    stage.run(LAST_LOOK_SECONDS, unless=lambda: phone.ended)
    if not phone.ended:
        phone.hang_up()
    stage.settle()


def finish(stage: Stage) -> None:
    """Let the work after the call be done, so that the next call finds everyone ready."""
    stage.run(AFTERWARDS_SECONDS, unless=lambda: stage.network.next_at() is None and next_due(stage.house) is None)


def call_of(stage: Stage, phone: Phone) -> Call | None:
    with stage.house.store.reading() as work:
        return work.calls.get(CallId(phone.sid))


def state_of(stage: Stage, phone: Phone) -> CallState | None:
    call = call_of(stage, phone)
    return call.state if call else None
