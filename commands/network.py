"""`simulator`: the simulated telephone network as a process of its own, in front of a line that is served anywhere."""

import click

from commands.environment import settings_now
from commands.settings import base_url
from simulator import NumberConfig
from simulator.service import Settings as NetworkSettings
from simulator.service import serve as serve_network
from switchboard import paths


def _address(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        return value and base_url(value)
    except ValueError:
        raise click.BadParameter(f'"{value}" is not an address: expected http(s)://HOST') from None


@click.command(name="simulator")
@click.option(
    "--port", type=click.IntRange(0, 65535), required=True, help="Where the network listens; 0 takes a free one."
)
@click.option(
    "--product-url", required=True, callback=_address, help="Where the line answers, such as http://127.0.0.1:1379."
)
@click.option("--fallback-url", callback=_address, help="Asked when the line does not answer.")
@click.option("--die-with-parent", "parent", type=int, metavar="PID", help="End when the process of this number does.")
def simulator(port: int, product_url: str, fallback_url: str | None, parent: int | None) -> int:
    """Play the telephone network until told to stop; its phones are driven over http://127.0.0.1:PORT/control/."""
    settings = settings_now()

    def hosted(path: str) -> NumberConfig:
        return NumberConfig(product_url + path, product_url + paths.CALL_STATUS, fallback_url)

    return serve_network(
        NetworkSettings(
            account_sid=settings.account_sid,
            auth_token=settings.auth_tokens[0],
            numbers={line: hosted(paths.first_turn(line)) for line in paths.LINES},
            browser_app=hosted(paths.STATION_CALLS),
            port=port,
            clock_file=settings.clock_file,
            calls_per_second=settings.calls_per_second,
            parent=parent,
        )
    )
