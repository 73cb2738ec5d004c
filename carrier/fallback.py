"""The document Twilio reads to a caller when we do not answer: a fixed file, kept where we are not.

It says one sentence, waits, and sends the caller back to us; should we still be away, Twilio reads it again.
"""

from twilio.twiml.voice_response import VoiceResponse

from carrier.overrides import turn_at
from carrier.twiml import TONGUES, VOICES
from switchboard import paths

SECONDS_TO_RECOVER = 5  # before the caller is sent back


def fallback_document(words: str, base_url: str, line: str) -> bytes:
    """Return the file for one line of ours; `words` are said in Korean, since nobody knows who is calling."""
    response = VoiceResponse()
    response.say(words, voice=VOICES["ko"], language=TONGUES["ko"])
    response.pause(length=SECONDS_TO_RECOVER)
    response.redirect(turn_at(base_url, paths.resume(line)), method="POST")
    return str(response).encode()
