"""The variable parts of our addresses. We wrote them ourselves: anything else in their place is not found."""

from werkzeug.routing import BaseConverter, IntegerConverter


class CallIdPart(BaseConverter):
    regex = "C[ABX][0-9a-f]{32}"  # Twilio's, or one we gave: web.fields.call_sid, routing.callback.callback_of


class NumberPart(IntegerConverter):
    """ASCII digits that fit any column; Flask's own `int` takes the digits of every script, thousands of them."""

    regex = "[0-9]{1,9}"
