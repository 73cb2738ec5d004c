"""How well the engine routes, beside other systems' rules on the same days, and how fast it chooses."""

import time
from collections.abc import Iterator
from datetime import timedelta

from commands.bench_figure import Figure
from commands.simulate import SHIPPED, USUAL, played_days
from directory.reading import files_in, read_directory
from routing.engine import Config, Engine, Entry
from whatif.comparing import FAST, OURS, Comparison, compare
from whatif.demand import OPENS_AT, Demand

DAYS, QUICK_DAYS = 8, 1
PEERS = tuple(policy for policy in USUAL if policy != OURS)
CHOICES = 2000
MOST_CHOICE_MICROSECONDS = 50


def routing_quality(*, quick: bool) -> Iterator[Figure]:
    """Tell, for each load, how far ours is ahead of the best of the others."""
    files, days = files_in(SHIPPED), range(QUICK_DAYS if quick else DAYS)
    for load, most in ((0.70, 0.92), (0.85, 0.98)):
        policies = (OURS, *PEERS, FAST, "pooled")
        compared = compare(played_days(Demand(load), files, "prop", days, policies))
        yield from _figures(compared, len(days), f"{load:.0%}", most)
        if load == 0.70:
            yield from _at_calm_load(compared, len(days))


def _figures(compared: dict[str, Comparison], days: int, load: str, most: float) -> Iterator[Figure]:
    ours, peers = compared[OURS].measures, [compared[peer].measures for peer in PEERS]
    in_time = 100 * (ours.service_level - max(peer.service_level for peer in peers))
    wait = ours.mean_wait / min(peer.mean_wait for peer in peers)
    gone = ours.abandoned / min(peer.abandoned for peer in peers)
    desk = 100 * (ours.right_desk - max(peer.right_desk for peer in peers))
    worst = 100 * (ours.service_level - ours.worst_region)
    yield _figure(f"routing_in_20_s_{load}", days, in_time, "points over the best", 0.5, in_time >= 0.5)
    yield _figure(f"routing_wait_{load}", days, wait, "of the best", most, wait <= most)
    yield _figure(f"routing_abandoned_{load}", days, gone, "of the best", most, gone <= most)
    yield _figure(f"routing_right_desk_{load}", days, desk, "points over the best", -0.5, desk >= -0.5)
    yield _figure(f"routing_worst_province_{load}", days, worst, "points under the mean", 7, worst <= 7)


def _at_calm_load(compared: dict[str, Comparison], days: int) -> Iterator[Figure]:
    ours, fast, bound = (compared[policy].measures for policy in (OURS, FAST, "pooled"))
    wait = fast.mean_wait / min(compared[peer].measures.mean_wait for peer in PEERS)
    share = ours.service_level / bound.service_level
    yield _figure("routing_fast_wait_70%", days, wait, "of the best", 0.75, wait <= 0.75)
    yield _figure("routing_of_the_bound_70%", days, share, "of the pooled bound", 0.91, share >= 0.91)


def choice_times(*, quick: bool) -> Iterator[Figure]:
    """Time one free agent's choice, with few callers waiting and with very many."""
    few, many = (_choice_microseconds(waiting, CHOICES // (10 if quick else 1)) for waiting in (10, 10_000))
    ok = many <= MOST_CHOICE_MICROSECONDS
    yield _figure("routing_choice", CHOICES, many, "microseconds, 10,000 waiting", MOST_CHOICE_MICROSECONDS, ok)
    yield _figure("routing_choice_slope", CHOICES, many / few, "times, 10 to 10,000 waiting", 1.5, many <= 1.5 * few)


def _choice_microseconds(waiting: int, choices: int) -> float:
    """Return the median time from an agent free to the next offer, all else busy and others coming all the time."""
    directory = read_directory(files_in(SHIPPED))
    engine, routes, now = Engine(Config.of(directory), directory.staff.values()), list(directory.desks), OPENS_AT
    agents = list(directory.staff)
    for agent in agents:
        engine.on_sign_on(agent, now)
    numbers = iter(range(1, 10**9))

    def comes() -> None:
        number = next(numbers)
        desk = directory.staff[agents[number % len(agents)]].seats[0].desk
        engine.on_arrival(Entry(number, now, ((desk,), (routes[-1],))), now)

    for _ in range(waiting + len(agents)):
        comes()
    times = []
    for number in range(choices):
        now += timedelta(milliseconds=1)
        began = time.perf_counter()
        engine.on_agent_free(agents[number % len(agents)], now)
        times.append(time.perf_counter() - began)
        comes()
    return 1e6 * sorted(times)[len(times) // 2]


def _figure(name: str, n: int, value: float, unit: str, limit: float, ok: bool) -> Figure:
    return Figure(name=name, db=None, n=n, value=value, unit=unit, limit=limit, ok=ok)
