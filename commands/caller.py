"""A caller of a played call: acts when the line listens, as a person would, and leaves in the end."""

from datetime import timedelta

import click

from calls.call import Call, CallId, CallState
from commands.case_script import do_case_line
from commands.players import Customers, Habit, Player
from commands.script import Act, Line, ScriptError
from commands.stage import Stage
from directory.model import AgentId
from records.life import IllegalMove
from simulator import Phone
from simulator.calls import RECORDING
from switchboard.ticker import next_due
from tickets.number import TicketNumber

AFTER_THE_CALL = {Act.AGENT, Act.CALLED, Act.WAIT, Act.CASE, Act.DAYS}  # what may follow when the caller is gone
PATIENCE_SECONDS = 120  # for the line to finish a notice and listen
LAST_LOOK_SECONDS = 3  # a caller at the end of their script stays that long for an agent who is about to answer
SYLLABLES_A_SECOND = 7
AFTERWARDS_SECONDS = 600  # wrap-up, rest and late reports of one call are over by then
DAY_SECONDS = 86_400


def play(stage: Stage, phone: Phone, lines: list[Line], name: str) -> None:
    """Play a script to its end; whatever is then still going on ends as it does when a person puts the phone down."""
    players: dict[AgentId, Player] = {}
    customers = Customers(stage)
    stage.people.append(customers)
    over = False  # nobody acts any more in a call whose caller would, but is gone
    for line in lines:
        over = over or (phone.ended and line.act not in AFTER_THE_CALL)
        if line.act is Act.CASE:
            _work_on_ticket(stage, phone, line, name)
        elif line.act is Act.DAYS:
            _leave(stage, phone)
            stage.run(int(line.words) * DAY_SECONDS)
        elif line.act is Act.CALLED:
            customers.habit = line.words
        elif over:
            continue
        elif line.act is Act.AGENT:
            _direct(stage, players, line, name)
        else:
            act(stage, phone, line)
    _leave(stage, phone)
    finish(stage)


def act(stage: Stage, phone: Phone, line: Line) -> None:
    """Do what one line says a caller does."""
    if is_at_the_tone(phone) and line.act in {Act.SAY, Act.SILENCE}:
        leave_message(stage, phone, line.words)
        return
    match line.act:
        case Act.KEYS | Act.SAY:
            wait_for_question(stage, phone)
            if phone.ended:
                return
            if line.act is Act.SAY and is_at_the_tone(phone):
                leave_message(stage, phone, line.words)
                return
            (phone.press if line.act is Act.KEYS else phone.say)(line.words)
            stage.settle()
        case Act.SILENCE:
            wait_for_question(stage, phone)
            if is_at_the_tone(phone):
                leave_message(stage, phone, "")
                return
            question = phone.question
            stage.run(PATIENCE_SECONDS, unless=lambda: phone.ended or phone.question is not question)
        case Act.WAIT:
            hear(stage, phone, int(line.words))
        case _:
            phone.hang_up()
            stage.settle()


def hear(stage: Stage, phone: Phone, seconds: float) -> None:
    """Let time pass for a caller who says nothing, at a tone either."""
    until = stage.now() + timedelta(seconds=seconds)
    if stage.run(seconds, unless=lambda: is_at_the_tone(phone)):
        phone.fall_silent()
    stage.run((until - stage.now()).total_seconds())


def leave_message(stage: Stage, phone: Phone, words: str) -> None:
    """Say something at the tone and then nothing more; # may follow as keys."""
    if words:
        phone.say(words)
        stage.run(1 + len(words) / SYLLABLES_A_SECOND, unless=lambda: phone.ended)
        return
    phone.fall_silent()
    stage.run(PATIENCE_SECONDS, unless=lambda: phone.ended or not is_at_the_tone(phone))


def is_at_the_tone(phone: Phone) -> bool:
    return phone.hears == RECORDING


def wait_for_question(stage: Stage, phone: Phone) -> None:
    """Hear the line out until it waits for an answer or a message, a person is there, or it has hung up."""

    def is_wanted() -> bool:
        return phone.ended or phone.in_conference or is_asked(phone) or is_at_the_tone(phone)

    stage.run(PATIENCE_SECONDS, unless=is_wanted)


def is_asked(phone: Phone) -> bool:
    """Say whether the line has said what it had to say and listens; music is nothing to hear out."""
    return phone.listening and (not phone.hears or phone.hears.startswith("http"))


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
    if line.agent_act in {*Habit}:
        player.habit = Habit(line.agent_act)
        stage.settle()
        return
    stage.run(LAST_LOOK_SECONDS, unless=lambda: player.is_talking)
    if line.agent_act != "hangs-up":
        try:
            player.controls(line.agent_act)
        except IllegalMove as refused:
            raise ScriptError(f"{name}:{line.number}: agent {agent_id}: {refused}") from None
    elif not player.hang_up():
        raise ScriptError(f"{name}:{line.number}: agent {agent_id} is on no call that could be hung up")
    stage.settle()


def _work_on_ticket(stage: Stage, phone: Phone, line: Line, name: str) -> None:
    call = call_of(stage, phone)
    if call is None or call.ticket is None:
        raise ScriptError(f"{name}:{line.number}: the call has no ticket yet")
    try:
        do_case_line(stage.house, TicketNumber(call.ticket), line.words)
    except click.UsageError as refused:
        raise ScriptError(f"{name}:{line.number}: {refused.format_message()}") from None
    stage.settle()


def _leave(stage: Stage, phone: Phone) -> None:
    """Hear the line's last words to their end, give an agent a moment to answer, and put the phone down."""
    while not phone.ended and state_of(stage, phone) is CallState.LEAVING:
        hear(stage, phone, PATIENCE_SECONDS)
    stage.run(LAST_LOOK_SECONDS, unless=lambda: phone.ended)
    if not phone.ended:
        phone.hang_up()
    stage.settle()


def finish(stage: Stage) -> None:
    """Let the work after the call be done, so that the next call finds everyone ready."""
    until = stage.now() + timedelta(seconds=AFTERWARDS_SECONDS)

    def is_quiet() -> bool:
        due = next_due(stage.house)
        return stage.network.next_at() is None and (due is None or due > until)

    stage.run(AFTERWARDS_SECONDS, unless=is_quiet)


def call_of(stage: Stage, phone: Phone) -> Call | None:
    with stage.house.store.reading() as work:
        return work.calls.get(CallId(phone.sid))


def state_of(stage: Stage, phone: Phone) -> CallState | None:
    call = call_of(stage, phone)
    return call.state if call else None
