"""Rows about what people can do beyond their desks: languages and special knowledge, each with its proficiency."""

from collections.abc import Sequence

from directory.model import AgentId
from directory.rows import Row, unique

SKILL_COLUMNS = ("agent", "skill", "proficiency")
BEST = 5


def read_skills(rows: Sequence[Row], staff: Sequence[Row]) -> dict[AgentId, dict[str, int]]:
    """Return each agent's skills with the proficiency from 1 to 5."""
    unique(rows, "agent", "skill")
    known = {row.cells["id"] for row in staff}
    skills: dict[AgentId, dict[str, int]] = {}
    for row in rows:
        row.one_of("agent", row.cells["agent"], known, "an agent of staff.csv")
        skill = row.matching("skill", "[a-z][a-z0-9_]{0,39}", "up to 40 of a to z, 0 to 9 and _, such as lang_en")
        skills.setdefault(AgentId(row.cells["agent"]), {})[skill] = row.number("proficiency", 1, BEST)
    return skills
