"""Start the network: python -m simulator --port 1380 --product-url http://127.0.0.1:1379."""

import argparse
import os
import sys
from pathlib import Path

from simulator.network import NumberConfig
from simulator.service import Settings, serve

NUMBERS = ("1379", "0809988114")


def main(arguments: list[str] | None = None) -> int:
    given = read(arguments)
    product = given.product_url.rstrip("/")
    status = product + given.status_path

    def hosted(path: str) -> NumberConfig:
        return NumberConfig(product + path, status, given.fallback_url, json_callbacks=given.json_callbacks)

    return serve(
        Settings(
            account_sid=given.account_sid,
            auth_token=given.auth_token,
            numbers={number: hosted(given.voice_path.format(number=number)) for number in given.number or NUMBERS},
            browser_app=hosted(given.browser_path),
            host=given.host,
            port=given.port,
            clock_file=given.clock_file,
            calls_per_second=given.calls_per_second,
            strict=given.strict,
            parent=given.die_with_parent,
        )
    )


def read(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, required=True)
    add("--host", default="127.0.0.1")
    add("--product-url", required=True, help="where the product answers, without a path")
    add("--account-sid", default="AC" + "0" * 32)
    add("--auth-token", default=os.environ.get("TWILIO_AUTH_TOKEN", "simulator"), help="default: TWILIO_AUTH_TOKEN")
    add("--clock-file", type=Path, help='JSON {"real_us": int, "shown_us": int, "speed": float}; real time without')
    add("--calls-per-second", type=float, default=1.0, help="how fast calls made through REST start")
    add("--fallback-url", help="asked when the product fails")
    add("--number", action="append", help=f"hosted, once for each; default {' '.join(NUMBERS)}")
    add("--voice-path", default="/voice/lines/{number}/calls")
    add("--status-path", default="/voice/calls/status")
    add("--browser-path", default="/voice/stations/calls")
    add("--json-callbacks", action="store_true", help="status callbacks of these numbers are JSON")
    add("--strict", action="store_true", help="wrong TwiML ends the call instead of going to the fallback")
    add("--die-with-parent", type=int, nargs="?", const=os.getppid(), metavar="PID", help="end when the parent does")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
