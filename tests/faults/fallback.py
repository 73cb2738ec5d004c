"""What stands behind the fallback address, on another machine than the product: a document that never changes.

At Twilio this is a TwiML Bin, which puts {{ErrorUrl}} in by itself: hold, then ask for what failed once more.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

HOLD = (
    '<Say language="ko-KR" voice="Google.ko-KR-Neural2-A">잠시만 기다려 주십시오.</Say><Pause length="3"/>'
    '<Redirect method="POST">{url}</Redirect>'
)
END = "<Hangup/>"  # an agent's leg is no caller: the offer stands or lapses by its row


class Bin(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        fields = dict(parse_qsl(self.rfile.read(length).decode()))
        is_agent = "/voice/lines/" not in fields.get("ErrorUrl", "")
        said = END if is_agent else HOLD.format(url=escape(fields["ErrorUrl"]))
        body = f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write no line per request."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Bin).serve_forever()
