"""The floor of the webhooks: the line's own server and signature check, in front of views that answer nothing.

`python -m commands.bench_floor` with the settings of `serve`.
"""

import os
from typing import Any
from wsgiref.types import WSGIApplication

from commands.building import build_house, carrier_of, clock_of, front_desk, opened_database
from commands.environment import start_log
from commands.listening import listen
from commands.serve import Server
from commands.settings import Settings, read_settings
from store.database import Database
from web.app import create_app
from web.voice import document

EMPTY = b'<?xml version="1.0" encoding="UTF-8"?><Response />'


class FloorServer(Server):
    """`serve` without what a webhook is for: the same processes, threads, routes and checks, and no row."""

    def load(self) -> WSGIApplication:
        settings = self._settings
        house = build_house(settings, Database(settings.database_url), clock_of(settings), carrier_of(settings))
        app = create_app(front_desk(house, settings))
        for endpoint in app.view_functions:
            if endpoint.startswith("voice."):
                app.view_functions[endpoint] = empty
        return app


def empty(**_parts: Any) -> Any:
    return document(EMPTY)


def main(settings: Settings) -> None:
    start_log(settings.data_dir)
    with opened_database(settings):
        pass  # migrated
    FloorServer(settings, listen(settings), queue_url="", parent=os.getppid()).run()


if __name__ == "__main__":
    main(read_settings(os.environ))
