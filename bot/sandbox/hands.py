"""The hands of the demo's clock: the page turns them, and whoever waits for a time is told."""

from __future__ import annotations

from collections.abc import Callable

from bot.clock import HOUR, TurnedClock
from bot.sandbox.message import JSON
from bot.sandbox.world import Sandbox

MOST = 24 * 7  # hours in one turn


class Hands:
    """Of the sandbox's clock. `turned` is called after each turn: what is due by the clock may be due now."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.turned: Callable[[], None] = lambda: None

    def turn(self, hours: int) -> None:
        """Move on by whole hours, never back, and tell the page. ValueError for anything else; AssertionError where the
        clock is the real one.
        """
        if hours not in range(1, MOST + 1):
            raise ValueError(f"1 to {MOST} hours")
        clock = self._sandbox.clock
        assert isinstance(clock, TurnedClock), "this clock cannot be turned"
        clock.turn(hours * HOUR)
        self.turned()
        self._sandbox.publish({"event": "clock", **self.as_json()})

    def as_json(self) -> JSON:
        """{now, turns}: milliseconds, and whether the clock can be turned."""
        clock = self._sandbox.clock
        return {"now": clock.now(), "turns": isinstance(clock, TurnedClock)}
