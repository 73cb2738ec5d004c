"""Where the product stands in the address space: under the path of PUBLIC_BASE_URL, behind a proxy or not."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class Mounted:
    """Serves an application under a path. A proxy that has already taken the path away does no harm."""

    def __init__(self, application: WSGIApplication, path: str) -> None:
        self._application = application
        self._path = path

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        if self._path and asked.startswith(f"{self._path}/"):
            moved = {"SCRIPT_NAME": self._path, "PATH_INFO": asked.removeprefix(self._path)}
            environ = {**environ, **moved}
        return self._application(environ, start_response)
