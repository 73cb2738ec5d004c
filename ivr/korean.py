"""Korean as it is said aloud: particles by the last sound, digits one by one, hours and counted people."""

import re
import unicodedata
from datetime import date, time

from ivr import telephone_groups

DIGITS = "공일이삼사오육칠팔구"  # a number read digit by digit; menus say 영 for 0
NATIVE_UNITS = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
MONTHS = ("일월", "이월", "삼월", "사월", "오월", "유월", "칠월", "팔월", "구월", "시월", "십일월", "십이월")
WEEKDAYS = ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일")
LETTER_ENDS_IN = dict.fromkeys("fjkopqstuvwxyzabcdegh", "") | dict.fromkeys("lr", "ㄹ") | dict.fromkeys("mn", "ㅁ")
ACRONYMS = {
    "KITECH": "키텍", "ETRI": "에트리", "KIST": "키스트", "KISTI": "키스티", "KERI": "케리", "KARI": "카리",
    "KRISS": "크리스", "KIPRIS": "키프리스",
}  # fmt: skip
PARTICLES = {  # after a vowel, after a consonant
    "은": ("는", "은"),
    "는": ("는", "은"),
    "이": ("가", "이"),
    "가": ("가", "이"),
    "을": ("를", "을"),
    "를": ("를", "을"),
    "과": ("와", "과"),
    "와": ("와", "과"),
    "으로": ("로", "으로"),
    "로": ("로", "으로"),
    "이나": ("나", "이나"),
    "입니다": ("입니다", "입니다"),
}
ROLE_OF_HANGUL = 28  # a syllable's final consonant is its offset modulo 28; 0 is none, 8 is ㄹ
FINAL_L = 8


def last_sound(word: str) -> str:
    """Return "" for a vowel, "ㄹ", or "ㅁ" for any other consonant, by how the end of the word is read."""
    kept = re.sub(r"[^0-9A-Za-z가-힣]", "", unicodedata.normalize("NFC", word))
    if not kept:
        return ""
    end = kept[-1]
    if end.isdigit():
        end = DIGITS[int(end)]
    if not "가" <= end <= "힣":
        return LETTER_ENDS_IN.get(end.lower(), "")
    final = (ord(end) - ord("가")) % ROLE_OF_HANGUL
    return "" if final == 0 else "ㄹ" if final == FINAL_L else "ㅁ"


def with_particle(word: str, particle: str) -> str:
    """Add the form of a particle the last sound takes: 연구원으로, 센터로, 서울로."""
    spoken = read_acronyms(word)
    after_vowel, after_consonant = PARTICLES[particle]
    sound = last_sound(spoken)
    as_vowel = not sound or (sound == "ㄹ" and particle in {"으로", "로"})
    return spoken + (after_vowel if as_vowel else after_consonant)


def read_acronyms(text: str) -> str:
    """Replace known Latin names by their reading: KIST is 키스트."""
    return re.sub(r"[A-Z]{3,}", lambda found: ACRONYMS.get(found[0], found[0]), text)


def digit_by_digit(number: str) -> str:
    """Read each digit, a hyphen as 에: 26-000123 is 이육에 공공공일이삼."""
    groups = [re.sub(r"\D", "", group) for group in re.split(r"[-\s]+", number)]
    return "에 ".join("".join(DIGITS[int(digit)] for digit in group) for group in groups if group)


def telephone(number: str) -> str:
    """Read a Korean number in its usual groups: 01012345678 is 공일공에 일이삼사에 오육칠팔."""
    return digit_by_digit(telephone_groups.grouped(number))


def sino(number: int) -> str:
    """Return 0 to 9999 the Sino-Korean way, as minutes, days and menu keys are counted: 삼십, 이백십."""
    if number == 0:
        return "영"
    spoken = ""
    for place, unit in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        digit = number // place % 10
        if digit:
            spoken += ("" if digit == 1 and unit else DIGITS[digit]) + unit
    return spoken


def native(number: int) -> str:
    """Return 1 to 99 the native way before a counter: 세, 열두, 스무; larger numbers are Sino-Korean."""
    if not 0 < number < 100:
        return sino(min(max(number, 0), 9999))
    if number == 20:
        return "스무"
    return NATIVE_TENS[number // 10] + NATIVE_UNITS[number % 10]


def people(number: int) -> str:
    """Return a count of people, politely: 세 분."""
    return f"{native(number)} 분"


def clock(at: time) -> str:
    """Return a time of day: 오전 아홉 시, 오후 두 시 삼십 분."""
    half = "오전" if at.hour < 12 else "오후"
    hour = f"{half} {native(at.hour % 12 or 12)} 시"
    return hour if at.minute == 0 else f"{hour} {sino(at.minute)} 분"


def calendar_day(day: date) -> str:
    """Return a day: 유월 삼일 수요일."""
    return f"{MONTHS[day.month - 1]} {sino(day.day)}일 {WEEKDAYS[day.weekday()]}"
