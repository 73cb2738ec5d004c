"""How long and how often Twilio tries an address of ours: its connection overrides, in the address's fragment.

A fragment never reaches us: it is no part of a path, of a request or of a signature. Every address that Twilio is given
gets one here and nowhere else. https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides

Both may be tried again without harm, because a turn that was taken answers with the same document and a report moves a
life only forward. A turn whose process died over it is answered by another at once: to the carrier that is a read that
failed. One that hangs is tried twice within the carrier's 15 seconds, and then the fallback helps.
"""

TURN = "#ct=2000&rt=7000&rc=2&rp=ct,rt,5xx"  # somebody is listening: more than we ever take, also when PostgreSQL hangs
REPORT = "#ct=2000&rt=4000&rc=5&rp=ct,rt,5xx"  # nobody is: as often as Twilio allows within its 15 seconds


def turn_at(base_url: str, path: str) -> str:
    """Return the address of a document that a party waits for."""
    return base_url + path + TURN


def report_at(base_url: str, path: str) -> str:
    """Return the address that Twilio tells of what has happened."""
    return base_url + path + REPORT
