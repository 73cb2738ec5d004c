"""What the menu looks up again and again is put together before the first caller comes, and once for all threads."""

from directory.model import Directory
from ivr.flow import Flow
from ivr.listening import listening_for
from ivr.steps import Question
from ivr.understanding import understand

SOME_WISH = "여기 안산인데요 도금이 자꾸 벗겨져요"


def get_ready(flow: Flow, directory: Directory) -> None:
    """Read what was learned, and gather the names and places the recogniser is told of."""
    understand(directory, SOME_WISH)
    for step in flow.steps.values():
        if isinstance(step, Question):
            for language in flow.prompts.wordings:
                listening_for(step, directory, flow.prompts, language)
