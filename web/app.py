"""The web application: voice webhooks and the front page."""

from urllib.parse import urlsplit

from flask import Flask, Response

from web.address_parts import CallIdPart, NumberPart
from web.front_desk import FrontDesk
from web.front_page import pages
from web.health import health
from web.mounting import Mounted
from web.voice import voice
from web.wait_music import music

LARGEST_BODY_BYTES = 1_000_000
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


def create_app(front_desk: FrontDesk) -> Flask:
    app = Flask("web")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY_BYTES
    app.extensions["front_desk"] = front_desk
    app.url_map.merge_slashes = False  # Twilio drops the keys of a caller when it is redirected
    app.url_map.converters |= {"call_id": CallIdPart, "number": NumberPart}
    app.register_blueprint(voice)
    app.register_blueprint(music)
    app.register_blueprint(pages)
    app.register_blueprint(health)
    app.after_request(_secure)
    mounted_at = urlsplit(front_desk.public_base_url).path
    app.wsgi_app = Mounted(app.wsgi_app, mounted_at)  # type: ignore[method-assign] # Flask's own way
    return app


def _secure(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response
