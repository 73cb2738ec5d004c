"""What callers hear while they wait or are on hold: music or a short tone, made here so that neither needs a licence.

`python3 -m web.wait_music` writes the files the line serves; a test holds those files equal to what is made here.
"""

import io
import math
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from switchboard import paths

music = Blueprint("music", __name__)
FILE = Path(__file__).parent / "static" / "wait.wav"
TONE_FILE = FILE.with_name("tone.wav")
KEPT_SECONDS = 86_400  # Twilio, like everyone else, asks for it again after a day

RATE = 8000  # samples a second: what a telephone carries, so that nobody converts it
SECONDS = 11  # with a second to press a key in, one turn of waiting
LOUDEST = 6000  # of 32767: a good deal quieter than the voice
RISE_SECONDS, RING_SECONDS = 0.12, 2.6
C4, D4, E4, G4, A4, C5, D5, E5 = 261.63, 293.66, 329.63, 392.00, 440.00, 523.25, 587.33, 659.25
TUNE = (  # when each note begins, and which it is: five tones that sound well together in any order
    *((0.0, C4), (0.6, G4), (1.2, E5), (1.8, C5)),
    *((2.4, A4), (3.0, E4), (3.6, C5), (4.2, E5)),
    *((4.8, D4), (5.4, A4), (6.0, D5), (6.6, C5)),
    *((7.2, G4), (7.8, E4), (8.4, C4)),
)
TONE = ((0.5, E5), (5.5, E5))  # a sign of life, and quiet between


@music.get(paths.WAIT_MUSIC)
def wait_music() -> Response:
    return _served(FILE)


@music.get(paths.WAIT_TONE)
def wait_tone() -> Response:
    return _served(TONE_FILE)


def _served(file: Path) -> Response:
    """Serve a sound to anyone; it may be kept, and is not sent again to those who have it."""
    response = send_from_directory(file.parent, file.name, mimetype="audio/wav", max_age=KEPT_SECONDS)
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def made_music() -> bytes:
    return _made(TUNE)


def made_tone() -> bytes:
    """Return the tone, which lasts one turn of waiting, as the music does."""
    return _made(TONE)


def _made(notes: Sequence[tuple[float, float]]) -> bytes:
    """Return notes as a WAV file: mono, 8 kHz, 16 bits, silent at both ends so that it loops without a click."""
    sound = [0.0] * (RATE * SECONDS)
    for begins, pitch in notes:
        _add_note(sound, round(begins * RATE), pitch)
    peak = max(abs(sample) for sample in sound)
    samples = array("h", (round(LOUDEST * sample / peak) for sample in sound))
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(samples.itemsize)
        written.setframerate(RATE)
        written.writeframes(samples.tobytes())
    return file.getvalue()


def _add_note(sound: list[float], start: int, pitch: float) -> None:
    """Add one note and its octave above, which swells softly and rings out to nothing."""
    for at in range(round(RING_SECONDS * RATE)):
        seconds = at / RATE
        angle = 2 * math.pi * pitch * seconds
        sound[start + at] += _loudness(seconds) * (math.sin(angle) + 0.25 * math.sin(2 * angle))


def _loudness(seconds: float) -> float:
    """Return 0 to 1 for a moment of a note: a half cosine up, and a falling curve that ends at exactly nothing."""
    if seconds < RISE_SECONDS:
        return (1 - math.cos(math.pi * seconds / RISE_SECONDS)) / 2
    left = 1 - (seconds - RISE_SECONDS) / (RING_SECONDS - RISE_SECONDS)
    return left**3


if __name__ == "__main__":
    FILE.write_bytes(made_music())
    TONE_FILE.write_bytes(made_tone())
