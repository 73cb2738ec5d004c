"""A call as a script, and what is done about its ticket: one act a line, read and checked before anything is dialed."""

from dataclasses import dataclass
from enum import StrEnum

from commands.case_script import check_case_line


class ScriptError(Exception):
    """Everything wrong with a script: file, line, what stands there and what was expected."""


class Act(StrEnum):
    KEYS = "keys"
    SAY = "say"
    SILENCE = "silence"
    WAIT = "wait"
    HANGUP = "hangup"
    AGENT = "agent"
    CALLED = "called"  # what customers do whom the line calls back
    CASE = "case"
    DAYS = "days"


AGENT_ACTS = ("accepts", "declines", "ignores", "holds", "resumes", "ends", "hangs-up")
CALLED_ACTS = ("answers", "busy", "no-answer", "voicemail")
EXPECTED = (
    f"keys 1#, say WORDS, silence, wait SECONDS, hangup, agent ID {'|'.join(AGENT_ACTS)},"
    f" called {'|'.join(CALLED_ACTS)},"
    " or of the ticket case ACT ... and days NUMBER"
)
LONGEST_WAIT = 86_400
MOST_DAYS = 400


@dataclass(frozen=True)
class Line:
    number: int
    act: Act
    words: str = ""  # keys, speech, seconds, days or what is done about the ticket
    agent: str = ""
    agent_act: str = ""


def read_script(name: str, text: str) -> list[Line]:
    """Read a script; empty lines and lines that begin with # are passed over. Raises ScriptError with all problems."""
    lines: list[Line] = []
    problems: list[str] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        stripped = raw.strip()
        if not stripped or stripped.startswith("#"):
            continue
        try:
            lines.append(_read(number, stripped))
        except ValueError as error:
            problems.append(f'{name}:{number}: "{stripped}": {error}')
    if problems:
        raise ScriptError("\n".join(problems))
    return lines


def _read(number: int, line: str) -> Line:
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    match word.lower():
        case Act.KEYS if rest and set(rest) <= set("0123456789*#"):
            return Line(number, Act.KEYS, rest)
        case Act.KEYS:
            raise ValueError("expected one or more of 0-9, * and # after keys")
        case Act.SAY if rest:
            return Line(number, Act.SAY, rest)
        case Act.SAY:
            raise ValueError("expected words after say")
        case Act.WAIT if rest.isascii() and rest.isdigit() and int(rest) <= LONGEST_WAIT:
            return Line(number, Act.WAIT, rest)
        case Act.WAIT:
            raise ValueError(f"expected whole seconds after wait, at most {LONGEST_WAIT}")
        case Act.SILENCE | Act.HANGUP as act if not rest:
            return Line(number, Act(act))
        case Act.AGENT | Act.CALLED as act:
            return (_of_an_agent if act == Act.AGENT else _of_customers)(number, rest)
        case Act.CASE | Act.DAYS as act:
            return _of_the_ticket(number, Act(act), rest)
        case _:
            raise ValueError(f"expected {EXPECTED}")


def _of_an_agent(number: int, rest: str) -> Line:
    agent, _, does = rest.partition(" ")
    if does.strip() not in AGENT_ACTS:
        raise ValueError(f"expected agent ID {'|'.join(AGENT_ACTS)}")
    return Line(number, Act.AGENT, agent=agent, agent_act=does.strip())


def _of_customers(number: int, rest: str) -> Line:
    if rest not in CALLED_ACTS:
        raise ValueError(f"expected {'|'.join(CALLED_ACTS)} after called")
    return Line(number, Act.CALLED, rest)


def _of_the_ticket(number: int, act: Act, rest: str) -> Line:
    if act is Act.CASE:
        check_case_line(rest)
    elif not (rest.isascii() and rest.isdigit() and 0 < int(rest) <= MOST_DAYS):
        raise ValueError(f"expected whole days after days, 1 to {MOST_DAYS}")
    return Line(number, act, rest)
