"""Faults to switch on. What each one leaves behind at the platform stands in KINDS: took effect, or not."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.clock import Clock

Kind = Literal[
    # Before any effect:
    "429",  # with `retry_after`, wordless when None; pauses that chat, the whole bot with scope="bot"
    "500",  # JSON error
    "502",  # the gateway's HTML
    "reset",  # the connection is cut
    "refuse",  # 400 "Bad Request: refused by the sandbox"
    # After the effect:
    "lost",  # the connection is cut instead of the answer
    "late502",  # 502 with HTML although the message was taken
    "hang",  # never answered
    "sliced",  # the body comes in small pieces
    "half",  # the body ends in the middle of its JSON
    "wrong",  # JSON of another shape
    # Other:
    "slow",  # `seconds` pass first, then all as usual
    "doubled",  # getUpdates: every update of the batch twice
    "disordered",  # getUpdates: the batch shuffled
    "replayed",  # getUpdates: acknowledged updates come again in front
]
KINDS: tuple[str, ...] = get_args(Kind)
_UPDATES = frozenset({"doubled", "disordered", "replayed"})
HTML_502 = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(slots=True, eq=False)
class Fault:
    """One switched-on fault. `hits` counts how often it struck."""

    kind: Kind
    methods: frozenset[str]
    times: int | None
    chance: float
    every: int
    retry_after: int | None
    scope: Literal["chat", "bot"]
    seconds: float
    random: random.Random
    seen: int = 0
    hits: int = field(default=0)

    def strikes(self, method: str) -> bool:
        """Whether this call is struck, and count it. Faults of getUpdates' batches strike nothing else."""
        if self.methods and method not in self.methods:
            return False
        if (self.kind in _UPDATES) and method != "getupdates":
            return False
        if self.times is not None and self.hits >= self.times:
            return False
        self.seen += 1
        if self.seen % self.every or (self.chance < 1 and self.random.random() >= self.chance):
            return False
        self.hits += 1
        return True

    def disturb(self, batch: list[bytes], past: Iterable[bytes]) -> list[bytes]:
        """The batch of getUpdates as this fault delivers it."""
        if self.kind == "doubled":
            return [body for body in batch for _ in range(2)]
        if self.kind == "replayed":
            return [*past, *batch]
        if self.kind == "disordered":
            batch = batch.copy()
            self.random.shuffle(batch)
        return batch


class Faults:
    """The switched-on faults of one platform. The first that strikes a call is the one it gets."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._active: list[Fault] = []

    def add(
        self,
        kind: Kind,
        method: str | Iterable[str] = (),
        *,
        times: int | None = None,
        chance: float = 1.0,
        every: int = 1,
        retry_after: int | None = None,
        scope: Literal["chat", "bot"] = "chat",
        seconds: float = 0.2,
        seed: int = 0,
    ) -> Fault:
        """Switch a fault on.

        method: one name, several, or () for every call; "file" is a download. A fault without method never strikes
        getUpdates unless it is about updates. times: strikes at most so often; chance: of each call, from a Random
        with `seed`; every: only each n-th call. The Fault given back counts its `hits`.
        """
        if kind not in KINDS:
            raise ValueError(f"no fault {kind!r}; there are {', '.join(KINDS)}")
        names = [method] if isinstance(method, str) else method
        methods = frozenset(name.lower() for name in names)
        fault = Fault(kind, methods, times, chance, every, retry_after, scope, seconds, random.Random(seed))  # noqa: S311
        self._active.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        self._active.remove(fault)

    def clear(self) -> None:
        """All off."""
        self._active.clear()

    def pick(self, method: str) -> Fault | None:
        """The fault that strikes this call of a method (in lower case)."""
        for fault in self._active:
            if (fault.methods or method != "getupdates" or fault.kind in _UPDATES) and fault.strikes(method):
                return fault
        return None
