"""Rows about how agents are treated: rests before the next offer, wrap-up, and the reasons of a break."""

from collections.abc import Collection, Sequence

from directory.model import AgentRules, BreakReason, DeskId
from directory.patterns import check_patterns, of_each_desk
from directory.rows import Problems, Row, unique

RULE_COLUMNS = (
    "desk",
    *(f"rest_after_{event}" for event in ("declined", "no_answer", "busy", "unreachable", "voicemail")),
    *("rest_after_station_lost", "rest_after_leg_lost"),
    *("same_caller_again", "missed_limit", "wrap_up_extension", "wrap_up_most"),
)
BREAK_COLUMNS = ("code", "name_ko", "name_en", "set_by")
OF_THE_LINE = frozenset({"no_answer", "station_lost"})  # breaks that nobody chooses


def read_rules(rows: Sequence[Row], desks: Collection[DeskId]) -> dict[DeskId, AgentRules]:
    """Return the rules of each desk, in seconds."""
    check_patterns(rows, "desk", desks)
    return of_each_desk({row.cells["desk"]: _rules(row) for row in rows}, desks)


def read_break_reasons(rows: Sequence[Row], problems: Problems) -> dict[str, BreakReason]:
    """Return the reasons of breaks by code; those that the line gives itself must be among them."""
    unique(rows, "code")
    reasons = {reason.code: reason for reason in map(_break_reason, rows)}
    theirs = {code for code, reason in reasons.items() if not reason.chosen_by_person}
    if rows and theirs != OF_THE_LINE:
        named = ", ".join(sorted(theirs)) or "nothing"
        problems.add("break_reasons.csv set_by", f"the line gives {named}", " and ".join(sorted(OF_THE_LINE)))
    return reasons


def _rules(row: Row) -> AgentRules:
    return AgentRules(
        rest_after={
            column.removeprefix("rest_after_"): row.number(column, 0, 3600)
            for column in RULE_COLUMNS
            if column.startswith("rest_after_")
        },
        same_caller_again=row.number("same_caller_again", 0, 3600),
        missed_limit=row.number("missed_limit", 1, 99),
        wrap_up_extension=row.number("wrap_up_extension", 1, 3600),
        wrap_up_most=row.number("wrap_up_most", 1, 3600),
    )


def _break_reason(row: Row) -> BreakReason:
    return BreakReason(
        code=row.matching("code", "[a-z][a-z_]{0,29}", "up to 30 of a to z and _"),
        name_ko=row.text("name_ko"),
        name_en=row.text("name_en"),
        chosen_by_person=row.matching("set_by", "person|line", "person or line") == "person",
    )
