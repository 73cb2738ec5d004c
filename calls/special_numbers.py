"""Special numbers (특수번호), the representative numbers (대표번호), and the spellings of a withheld number."""

import re

RELAY_NUMBER = "107"  # 손말이음센터: sign and text relay; the call shows 107 and is slow

# The list is ours because phonenumbers calls several of these invalid (107, 131, 1380, 1381, 1397 in 9.0.43).
# Sources: facts/domain.md section 2 for the sister lines; the rest general knowledge, to be confirmed by the operator.
SPECIAL_NUMBERS = frozenset(
    {
        *("100", "101", "105", "106", "108", "109"),  # carriers' own lines; 109 suicide prevention
        *("110", "111", "112", "113", "114", "115", "116", "117", "118", "119"),  # 국민콜, police, directory, fire
        *("120", "121", "122", "123", "125", "126", "127", "128", "129"),  # city halls, power, customs, tax, welfare
        *("131", "132", "133", "134", "141", "182", "188"),  # weather, legal aid, missing persons, audit
        *("1301", "1303", "1330", "1331", "1332", "1333", "1335", "1336", "1338", "1339"),
        *("1345", "1350", "1355", "1357", "1363", "1365", "1366", "1369"),
        *("1372", "1377", "1379", "1380", "1381", "1382", "1385", "1388", "1389"),
        *("1390", "1391", "1392", "1393", "1397", "1398", "1399"),
        RELAY_NUMBER,
    }
)

AREA_CODE = r"0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4])"
_SPECIAL = re.compile(rf"(?:{AREA_CODE})?(1\d{{2,3}})")
# A looser area code would swallow 010-1588-0800.
_REPRESENTATIVE = re.compile(rf"(?:{AREA_CODE})?(1[568]\d{{6}})")

WITHHELD_WORDS = frozenset(
    {
        *("anonymous", "restricted", "unavailable", "unknown", "blocked", "private", "withheld", "hidden"),
        *("privatenumber", "unknownnumber", "unknowncaller", "nonumber", "nocallerid", "calleridblocked"),
        *("none", "null", "undefined", "anonymousinvalid"),
        *(
            "발신번호표시제한",
            "발신자표시제한",
            "발신번호표시금지",
            "발신번호없음",
            "표시제한",
            "번호없음",
            "비공개",
            "익명",
        ),
    }
)


def special_number(digits: str) -> str | None:
    """Return the special number meant, without the area code some networks put in front, or None.

    phonenumbers calls 031-1379 a fixed line in Gyeonggi; it is 1379.
    """
    found = _SPECIAL.fullmatch(digits)
    return found[1] if found and found[1] in SPECIAL_NUMBERS else None


def is_short_behind_area_code(digits: str) -> bool:
    """Say whether only three or four digits starting with 1 follow an area code: never a fixed line (031-1588)."""
    return bool(_SPECIAL.fullmatch(digits))


def representative_number(digits: str) -> str | None:
    """Return the eight digits of a 15xx, 16xx or 18xx number, without an area code in front, or None.

    phonenumbers calls 02-1588-0800 a line in Seoul and 1551, 1811, 1844 and 1866 invalid.
    """
    found = _REPRESENTATIVE.fullmatch(digits)
    return found[1] if found else None


def keypad_spelling(word: str) -> str:
    """Return the keys that spell a word, as some voice platforms send a withheld number: BLOCKED is 2562533."""
    return word.upper().translate(_KEYS)


_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_SPELLED_WORDS = ("anonymous", "restricted", "unavailable", "unknown", "blocked")
_MISSPELLED = (
    "7378742883",
    "8566696",
)  # RESTRICTED and UNKNOWN as facts/domain.md prints them; taken too, no real lines
WITHHELD_SPELLINGS = frozenset(
    {*(f"+{keypad_spelling(word)}" for word in _SPELLED_WORDS), *(f"+{d}" for d in _MISSPELLED)}
)
