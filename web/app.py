"""The web application: voice webhooks and the front page."""

from flask import Flask, Response

from web.front_desk import FrontDesk
from web.front_page import pages
from web.voice import voice

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
    app.register_blueprint(voice)
    app.register_blueprint(pages)
    app.after_request(_secure)
    return app


def _secure(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response
