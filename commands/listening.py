"""The port of the line: taken before anything else is started, so that a taken one is one clear line."""

import socket
import struct
import sys

from commands.building import StartError
from commands.settings import Settings

STALLED_SECONDS = 2  # a client that stops in the middle of a request holds a thread no longer than that


def listen(settings: Settings) -> socket.socket:
    """Take the port; raises StartError when it is another's."""
    try:
        listening = socket.create_server((settings.host, settings.port), backlog=512)
    except OSError as error:
        why = str(error.strerror).partition(" (")[0]  # Python adds the address, which stands here already
        raise StartError(f'PORT: "{settings.port}" cannot be served on {settings.host} ({why})') from None
    if sys.platform == "linux":  # there the connections it accepts inherit this
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", STALLED_SECONDS, 0))
    return listening
