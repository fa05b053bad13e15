"""The record of calls that a test reads afterwards."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple


class Call(NamedTuple):
    """method in lower case; params as sent (nested JSON still text when it came so); at: monotonic seconds; status:
    the HTTP status answered, 0 when the connection was cut or never answered; bot: the bot's number."""

    method: str
    params: dict[str, Any]
    at: float
    status: int
    bot: int


class Calls(list[Call]):
    """All calls but getUpdates' long waits are noted when answered. `record = False` keeps only the counts.

    `counts[(method, status)]` counts always; `early` counts calls made during a 429 pause that had been announced.
    """

    def __init__(self) -> None:
        super().__init__()
        self.record = True
        self.counts: Counter[tuple[str, int]] = Counter()
        self.early = 0

    def note(self, call: Call) -> None:
        self.counts[call.method, call.status] += 1
        if self.record:
            self.append(call)

    def of(self, method: str) -> list[Call]:
        """The calls of one method, any case."""
        return [call for call in self if call.method == method.lower()]

    def count(self, method: object) -> int:
        """How often a method was called, recorded or not."""
        return sum(times for (name, _), times in self.counts.items() if name == str(method).lower())
