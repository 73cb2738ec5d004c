"""Stands between the line and the carrier's REST API, and answers some requests itself, wrongly."""

import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

HTML = b"<html><body>502 Bad Gateway, says a proxy that means 200</body></html>"
EMPTY = b"{}"
TRUTH = "truth"
HOP = {"host", "connection", "content-length", "accept-encoding", "transfer-encoding", "content-encoding"}


class Liar:
    """Answers each of the next POSTs with what `lies` says, the truth among it, and passes everything else on."""

    def __init__(self, network_url: str) -> None:  # noqa: C901 (its handler is one table of lies)
        self.lies: deque[str] = deque()
        self.told: list[str] = []
        self.forever: str | None = None
        self.over = threading.Event()
        liar = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._pass_on()

            def do_POST(self) -> None:
                lie = liar.forever or (liar.lies.popleft() if liar.lies else None)
                if lie in {None, TRUTH}:
                    self._pass_on()
                    return
                liar.told.append(lie)
                length = int(self.headers.get("Content-Length", "0"))
                body = self.rfile.read(length)
                match lie:
                    case "429" | "500" | "503":
                        self._answer(int(lie), b'{"code": 20429, "message": "no", "status": 429}', "application/json")
                    case "html":
                        self._answer(200, HTML, "text/html")
                    case "empty":
                        self._answer(201, EMPTY, "application/json")
                    case "hang":
                        liar.over.wait(8)
                        self.close_connection = True
                    case "reply lost":
                        self._forward(body)
                        self.close_connection = True

            def _pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                answer = self._forward(body)
                self._answer(answer.status_code, answer.content, answer.headers.get("Content-Type", "text/plain"))

            def _forward(self, body: bytes) -> requests.Response:
                headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
                return requests.request(self.command, network_url + self.path, data=body, headers=headers, timeout=20)

            def _answer(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Write no line per request."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
