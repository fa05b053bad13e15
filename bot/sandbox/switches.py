"""What the page can do to a platform: an outage and a few faults; and how much waits because of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.faults import Fault
from bot.sandbox.message import JSON
from bot.sandbox.world import Sandbox

OUTAGE = "outage"
FAULTS: dict[str, dict[str, Any]] = {
    "429": {"kind": "429", "every": 2, "retry_after": 2},  # every second call is told to wait two seconds
    "slow": {"kind": "slow", "seconds": 1.5},
    "lost": {"kind": "lost", "method": "sendMessage", "every": 3},  # taken, but the sender never learns of it
}


class Switches:
    """The switches of both platforms. `outbox` answers how many messages our sender holds back for a platform."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._faults: dict[tuple[str, str], Fault] = {}
        self.outbox: Callable[[str], int] = lambda _: 0

    def turn(self, platform: str, switch: str, on: bool) -> None:
        """Turn one switch: "outage" or a key of FAULTS. KeyError when there is no such platform or switch."""
        place = self._sandbox[platform]
        if switch == OUTAGE:
            (place.goes_down if on else place.comes_back)()
            return
        fault = self._faults.pop((platform, switch), None)
        if fault is not None:
            place.faults.remove(fault)
        if on:
            self._faults[platform, switch] = place.faults.add(**FAULTS[switch])

    def as_json(self) -> JSON:
        """{telegram: {on [switch], updates, outbox}, bale: …}: updates wait at the platform, outbox in our sender."""
        return {name: self._status(name) for name in ("telegram", "bale")}

    def _status(self, name: str) -> JSON:
        place = self._sandbox[name]
        on = ([OUTAGE] if place.down else []) + [switch for key, switch in self._faults if key == name]
        return {"on": on, "updates": len(place.bot.updates), "outbox": self.outbox(name)}
