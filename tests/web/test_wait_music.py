"""The music: the file is the one that is made, it loops without a click, and Twilio may keep it."""

import io
import itertools
import wave
from array import array

import pytest

from switchboard import paths
from web.wait_music import FILE, KEPT_SECONDS, LOUDEST, RATE, SECONDS, TONE_FILE, made_music, made_tone

pytestmark = pytest.mark.parametrize("line_url", ["sqlite"], indirect=True)


def test_the_files_are_byte_for_byte_what_the_generator_makes(line_url):
    assert FILE.read_bytes() == made_music()
    assert TONE_FILE.read_bytes() == made_tone()


@pytest.mark.parametrize("made", [made_music, made_tone])
def test_a_telephone_plays_it_as_it_is_and_no_sample_jumps(line_url, made):
    with wave.open(io.BytesIO(made())) as sound:
        shape = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate(), sound.getnframes())
        samples = array("h", sound.readframes(sound.getnframes()))

    assert shape == (1, 2, RATE, RATE * SECONDS)
    assert samples[0] == samples[-1] == 0
    assert max(map(abs, samples)) == LOUDEST
    assert max(map(abs, samples[:40])) < 100
    assert max(map(abs, samples[-40:])) < 100
    assert max(abs(after - before) for before, after in itertools.pairwise(samples)) < LOUDEST


@pytest.mark.parametrize(("path", "file"), [(paths.WAIT_MUSIC, FILE), (paths.WAIT_TONE, TONE_FILE)])
def test_it_is_served_to_anyone_and_kept(edge, path, file):
    client = edge.app.test_client()

    served = client.get(path)
    again = client.get(path, headers={"If-None-Match": served.headers["ETag"]})

    assert (served.status_code, served.mimetype, served.data) == (200, "audio/wav", file.read_bytes())
    assert served.headers["Cache-Control"] == f"public, max-age={KEPT_SECONDS}"
    assert again.status_code == 304
