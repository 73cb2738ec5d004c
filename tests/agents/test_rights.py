"""Who may do what is one table: what stands there may be done, and nothing else."""

import pytest

from agents.rights import Act, NotAllowed, require
from directory.codes import AgentId, DeskId
from directory.people import Person, Role

ME, OTHER = AgentId("me"), AgentId("other")
MINE, THEIRS = DeskId("institute:KITECH"), DeskId("center:ICG")

ALL, OWN, NONE = "all", "own", "none"
COLUMNS = (Role.COUNSELOR, Role.INSTITUTE, Role.SUPERVISOR, Role.OPERATOR, Role.MINISTRY)
EXPECTED = {
    Act.WORK_ON_CASE: (ALL, OWN, ALL, NONE, NONE),
    Act.SPEAK_FOR_INSTITUTE: (ALL, OWN, ALL, NONE, NONE),
    Act.HAND_ON_WORN_CASE: (NONE, NONE, ALL, NONE, NONE),
    Act.HEAR_RECORDING: (OWN, OWN, ALL, NONE, NONE),
    Act.KEEP_COMPANY: (ALL, NONE, ALL, NONE, NONE),
    Act.CANCEL_CALLBACK: (ALL, OWN, ALL, NONE, NONE),
    Act.CHANGE_PRIORITY: (NONE, NONE, ALL, NONE, NONE),
    Act.ANNOUNCE: (NONE, NONE, ALL, ALL, NONE),
}
CASES = {  # desk and owner of what somebody acts on -> the reaches that suffice
    (MINE, ME): {OWN, ALL},
    (MINE, OTHER): {OWN, ALL},
    (THEIRS, ME): {OWN, ALL},
    (None, ME): {OWN, ALL},
    (THEIRS, OTHER): {ALL},
    (None, OTHER): {ALL},
    (None, None): {ALL},
}


def may(role, act, desk, owner) -> bool:
    try:
        require(ME, Person(ME, role, frozenset({MINE})), act, desk=desk, owner=owner)
    except NotAllowed:
        return False
    return True


def test_every_role_and_act_is_looked_at():
    assert set(COLUMNS) == set(Role)
    assert set(EXPECTED) == set(Act)


@pytest.mark.parametrize(
    ("role", "act", "reach"),
    [(role, act, reach) for act, row in EXPECTED.items() for role, reach in zip(COLUMNS, row, strict=True)],
)
def test_somebody_may_do_what_the_table_says_and_of_their_own_alone_where_it_says_so(role, act, reach):
    allowed = {case for case in CASES if may(role, act, *case)}

    assert allowed == {case for case, suffices in CASES.items() if reach in suffices}


@pytest.mark.parametrize("act", Act)
def test_who_is_unknown_does_nothing(act):
    with pytest.raises(NotAllowed, match='"me" is not on the staff'):
        require(ME, None, act)
