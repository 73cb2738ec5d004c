"""The numbers the line itself shows: a call that comes from one of them is our own, forwarded back to us."""

from calls.telephone_number import NumberKind, read_number

OWN_NUMBERS = frozenset({"1379", "0809988114"})
_WITH_A_NUMBER = {NumberKind.SPECIAL, NumberKind.TOLL_FREE}


def is_own_number(raw: str) -> bool:
    """Say whether a caller's number, as it came, is one of ours. Answering it would ring the same telephone again."""
    number = read_number(raw, {})
    return number.kind in _WITH_A_NUMBER and number.national in OWN_NUMBERS
