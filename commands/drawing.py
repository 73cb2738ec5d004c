"""Draws docs/lives.md from the tables of the lives: `python3 -m commands.drawing > docs/lives.md`."""

import sys
from typing import Any

from agents.work_state import WORK
from calls.call import CALL
from calls.leg import LEG
from calls.talk_supervision import SUPERVISION
from records.life import Life
from routing.callback import ATTEMPT
from routing.offer import OFFER
from routing.queue_entry import ENTRY
from tickets.life import FOLLOW_UP, REFERRAL, TICKET

LIVES: tuple[Life[Any, Any], ...] = (
    *(CALL, ENTRY, ATTEMPT, OFFER, WORK, LEG, SUPERVISION),
    *(TICKET, REFERRAL, FOLLOW_UP),
)
HEAD = """# Lives

What may happen to each thing, drawn from the tables in the code. A move is one conditional update: of two that
try at once, one succeeds, and a report that comes late or twice moves nothing.
"""


def draw() -> str:
    return HEAD + "".join(_drawing(life) for life in LIVES)


def _drawing(life: Life[Any, Any]) -> str:
    moves = (
        f"    {state} --> {after}: {event}" for state, nexts in life.moves.items() for event, after in nexts.items()
    )
    start = next(iter(life.moves))
    ends = (f"    {state} --> [*]" for state in life.moves if life.is_over(state))
    lines = "\n".join([f"    [*] --> {start}", *moves, *ends])
    return f"\n## {life.of.capitalize()}\n```mermaid\nstateDiagram-v2\n{lines}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(draw())
