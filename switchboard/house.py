"""The house: everything a use case may reach, built once at the start."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import structlog

from calls.answer import Say
from calls.call import Call
from directory.model import AgentId, DeskId, Directory, Seat, agent_desk
from ivr.flow import Flow
from routing.needs import language_skill
from switchboard.doors import Carrier, Clock, Messenger, Store, Work
from tickets.follow_up import AS_A_RULE, Again
from tickets.owner import MOST_HANDOVERS

log = structlog.get_logger("line")


@dataclass(frozen=True)
class House:
    store: Store
    clock: Clock
    carrier: Carrier
    directory: Directory
    flow: Flow
    fallback_number: str | None  # E.164: where callers go when nothing of ours works
    messenger: Messenger | None = None  # None: callers are sent nothing in writing
    recordings_kept_days: int = 365
    calls_per_second: float = 1.0  # how many calls the carrier starts for us
    follow_up_again: Again = AS_A_RULE  # a company that a follow-up call did not reach
    most_handovers: int = MOST_HANDOVERS  # of one case, before a supervisor must say so

    @property
    def needs(self) -> tuple[str, ...]:
        """What may make a line of its own at a desk: nothing, or a language that is not Korean."""
        return ("", *(language_skill(language) for language in self.flow.prompts.wordings if language != "ko"))

    def now(self) -> datetime:
        return self.clock.now()

    def say(self, prompt: str, **values: object) -> str:
        """Return the words of a prompt of the line's own, outside the menu, in Korean."""
        return self.flow.prompts.speak(prompt, "ko", **values).text

    def say_to(self, call: Call, prompt: str, **values: object) -> Say:
        """Return what a caller is told, in their language."""
        spoken = self.flow.prompts.speak(prompt, call.language, **values)
        return Say(spoken.text, spoken.language)

    def desk_name(self, desk: DeskId, language: str = "ko") -> str:
        """Return a desk as it is said to a caller: an institute by its name in force today."""
        in_korean = language == "ko"
        kind, _, code = desk.partition(":")
        for institute in self.directory.institutes.values():
            if kind == "institute" and institute.code == code:
                return institute.spoken_name if in_korean else institute.name_en
        found = self.directory.desk(desk)
        return found.name_ko if in_korean else found.name_en

    def desks_of(self, agent: AgentId) -> tuple[DeskId, ...]:
        """Return the desks an agent serves: those they sit at, and their own."""
        return self._desks.get(agent, ())

    def seats_of(self, agent: AgentId) -> tuple[Seat, ...]:
        """Return where somebody of the staff sits: at their desks, and last at their own."""
        return self._seats[agent]

    @cached_property
    def _seats(self) -> Mapping[AgentId, tuple[Seat, ...]]:
        staff = self.directory.staff.values()
        return {member.id: (*member.seats, Seat(agent_desk(member.id), 1)) for member in staff}

    @cached_property
    def _desks(self) -> Mapping[AgentId, tuple[DeskId, ...]]:
        return {agent: tuple(seat.desk for seat in seats) for agent, seats in self._seats.items()}

    def staffing(self, work: Work) -> Mapping[DeskId, int]:
        """Count the agents available or busy at each desk, a person's own among them."""
        return Counter(desk for agent in work.agents.signed_in() for desk in self.desks_of(agent))
