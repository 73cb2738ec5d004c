"""Whether this process lives, and whether it can take calls; both tell the truth, and nothing else."""

from collections.abc import Callable

from flask import Blueprint, Response, current_app, jsonify

from switchboard.house import log
from web.front_desk import FrontDesk

health = Blueprint("health", __name__, url_prefix="/health")


@health.get("/live")
def live() -> Response:
    return jsonify(live=True)


@health.get("/ready")
def ready() -> tuple[Response, int]:
    """Answer 200 when the database takes a write and the ticker has looked lately; else 503 with what is wrong."""
    front: FrontDesk = current_app.extensions["front_desk"]
    wrong = [name for name, is_well in front.checks.items() if not _holds(name, is_well)]
    return jsonify(ready=not wrong, wrong=wrong), 503 if wrong else 200


def _holds(name: str, is_well: Callable[[], bool]) -> bool:
    try:
        return is_well()
    except Exception:  # noqa: BLE001 (whatever is wrong, the answer is that it is not well)
        log.exception("health.failed", check=name)
        return False
