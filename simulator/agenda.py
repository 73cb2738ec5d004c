"""What the network will do next: a heap by time, then by order of entry."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from simulator.clock import Clock

MOST_ITEMS_AT_ONE_MOMENT = 20_000


@dataclass(order=True)
class Item:
    """One thing to do; a cancelled one is passed over."""

    at: datetime
    sequence: int
    action: Callable[[], object] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Agenda:
    """Items in order of time; running one moves the clock to it. Entering is safe from any thread.

    `bell` is called at each entry, for one who waits; `when_failed`, if set, takes what an item raises.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.bell: Callable[[], None] | None = None
        self.when_failed: Callable[[Exception], None] | None = None
        self._items: list[Item] = []
        self._entered = 0
        self._entering = Lock()

    def now(self) -> datetime:
        return self._clock.now()

    def soon(self, action: Callable[[], object]) -> Item:
        """Enter an action for the present moment, behind those already due."""
        return self.after(0, action)

    def after(self, seconds: float, action: Callable[[], object]) -> Item:
        return self.at(self._clock.now() + timedelta(seconds=seconds), action)

    def at(self, moment: datetime, action: Callable[[], object]) -> Item:
        with self._entering:
            self._entered += 1
            item = Item(moment, self._entered, action)
            heapq.heappush(self._items, item)
        if self.bell is not None:
            self.bell()
        return item

    def next_at(self) -> datetime | None:
        with self._entering:
            while self._items and self._items[0].cancelled:
                heapq.heappop(self._items)
            return self._items[0].at if self._items else None

    def run_next(self) -> None:
        """Move the clock to the next item and run it; nothing happens on an empty agenda."""
        if self.next_at() is None:
            return
        with self._entering:
            item = heapq.heappop(self._items)
        self._clock.move_to(max(item.at, self._clock.now()))
        try:
            item.action()
        except Exception as fault:
            if self.when_failed is None:
                raise
            self.when_failed(fault)

    def run_due(self) -> None:
        """Run everything due by now, also what those items enter for now."""
        for _ in range(MOST_ITEMS_AT_ONE_MOMENT):
            due = self.next_at()
            if due is None or due > self._clock.now():
                return
            self.run_next()
        raise RuntimeError(f"agenda: {MOST_ITEMS_AT_ONE_MOMENT} items at {self._clock.now()}; time does not pass")

    def run_until(self, moment: datetime) -> None:
        """Run all items due up to `moment`, then set the clock to it."""
        while (due := self.next_at()) is not None and due <= moment:
            self.run_next()
        self._clock.move_to(max(moment, self._clock.now()))
