"""Checks of single TwiML values: each returns what was expected, or "" when the value is fine."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

Check = Callable[[str], str]

SPEECH_LANGUAGES = frozenset({"ko-KR", "en-US", "en-GB", "ja-JP", "cmn-Hans-CN", "zh-CN", "vi-VN"})
ENGLISH_ONLY_MODELS = frozenset({"phone_call", "numbers_and_commands"})
KOREAN_VOICES = frozenset(
    {"Polly.Seoyeon", "Polly.Seoyeon-Neural"}
    | {f"Google.ko-KR-{kind}-{letter}" for kind in ("Standard", "Wavenet") for letter in "ABCD"}
    | {f"Google.ko-KR-Neural2-{letter}" for letter in "ABC"}
    | {
        f"Google.ko-KR-Chirp3-HD-{name}"
        for name in ("Aoede", "Charon", "Fenrir", "Kore", "Leda", "Orus", "Puck", "Zephyr")
    }
)
LONGEST_SAY = 4096  # characters


def anything(_: str) -> str:
    return ""


def text(value: str) -> str:
    return "" if value.strip() else "a value"


def blank(value: str) -> str:
    return "no text here" if value.strip() else ""


def spoken(value: str) -> str:
    return "" if len(value) <= LONGEST_SAY else f"at most {LONGEST_SAY} characters"


def one_of(*allowed: str) -> Check:
    return lambda value: "" if value in allowed else f"one of {', '.join(allowed)}"


boolean = one_of("true", "false")
method = one_of("GET", "POST")
speech_model = one_of(
    "default", "numbers_and_commands", "phone_call", "experimental_conversations", "experimental_utterances",
    "googlev2_short", "googlev2_long", "googlev2_telephony", "googlev2_telephony_short", "deepgram_nova-2",
    "deepgram_nova-3",
)  # fmt: skip


def words(*allowed: str) -> Check:
    """Allow a list of words with single spaces; a Python list's repr is what twilio-python emits by mistake."""

    def check(value: str) -> str:
        given = value.split(" ")
        return "" if set(given) <= set(allowed) else f"words of {', '.join(allowed)} with one space between"

    return check


def matching(pattern: str, expected: str) -> Check:
    return lambda value: "" if re.fullmatch(pattern, value) else expected


def whole(least: int, most: int | None = None) -> Check:
    """Allow a whole number in ASCII digits."""

    def check(value: str) -> str:
        fits = re.fullmatch(r"[0-9]{1,9}", value) and least <= int(value) <= (most if most is not None else int(value))
        return "" if fits else f"a whole number from {least}" + (f" to {most}" if most is not None else "")

    return check


def whole_or(word: str, least: int) -> Check:
    number = whole(least)
    return lambda value: "" if value == word or not number(value) else f"{word} or {number(value)}"


def url(value: str) -> str:
    """Allow a relative or http(s) URL in ASCII; how Twilio would escape anything else is not known."""
    reference = value.strip()
    if not reference or not re.fullmatch(r"[!-~]+", reference):
        return "a URL in ASCII, other characters percent-escaped"
    parts = urlsplit(reference)
    if parts.scheme and (parts.scheme not in {"http", "https"} or not parts.hostname):
        return "a relative or http(s) URL"
    return ""


def url_or_blank(value: str) -> str:
    return url(value) if value.strip() else ""


tones = matching(r"[0-9*#wW]+", "keys 0-9 * # and waits w W")
e164 = matching(r"\s*\+[1-9][0-9]{6,14}\s*", "an E.164 number such as +82215881234")
e164_or_blank = matching(r"\s*(\+[1-9][0-9]{6,14})?\s*", "an E.164 number such as +82215881234")
identity = matching(r"\s*[A-Za-z0-9_]{1,256}\s*", "a client identity of A-Z a-z 0-9 _")
identity_or_blank = matching(r"\s*[A-Za-z0-9_]{0,256}\s*", "a client identity of A-Z a-z 0-9 _")


def hints(value: str) -> str:
    entries = value.split(",")
    if len(entries) > 500:
        return f"at most 500 hints, not {len(entries)}"
    longest = max(len(entry.strip()) for entry in entries)
    return "" if longest <= 100 else f"hints of at most 100 characters, not {longest}"


def voice_fault(voice: str, language: str) -> str:
    """Return what was expected of a voice and language pair, or "" when Twilio can speak it."""
    if not voice:
        return f"a voice for {language} (the default voice is English)"
    korean = voice in KOREAN_VOICES or voice.startswith("Google.ko-KR-")
    if language == "ko-KR":
        return "" if voice in KOREAN_VOICES else f"a voice that speaks ko-KR, not {voice}"
    if korean:
        return f'language="ko-KR" for the voice {voice}, not {language}'
    if voice.startswith("Google."):
        return "" if voice.startswith(f"Google.{language}-") else f"a voice for {language}, not {voice}"
    return "" if re.fullmatch(r"Polly\.\w+(-\w+)*|man|woman|alice", voice) else f"a known voice, not {voice}"
