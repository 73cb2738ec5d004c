"""The front page: what the line is, whether it is open now, and how to call it. It shows nothing of any caller."""

from datetime import datetime

from flask import Blueprint, current_app, render_template, request

from directory.model import POOL
from records.korean_time import KOREA
from routing.opening_hours import is_open, next_opening
from web.front_desk import FrontDesk

pages = Blueprint("pages", __name__, static_folder="static", static_url_path="/static", template_folder="templates")
LANGUAGES = ("ko", "en")


@pages.get("/")
def front_page() -> str:
    """Show the line in Korean, or in English for `?lang=en` or a browser that prefers it."""
    front: FrontDesk = current_app.extensions["front_desk"]
    house = front.house
    pool, overrides, now = house.directory.desks[POOL], house.directory.hours_overrides, house.now()
    wanted = request.args.get("lang") or request.accept_languages.best_match(LANGUAGES, "ko")
    language = wanted if wanted in LANGUAGES else "ko"
    opens: datetime = next_opening(pool, now, overrides).astimezone(KOREA)
    return render_template(
        "front_page.html",
        language=language,
        now=now.astimezone(KOREA),
        open_now=is_open(pool, now, overrides).open,
        opens=opens,
        centers=house.directory.centers.values(),
        institutes=len(house.directory.institutes),
    )
