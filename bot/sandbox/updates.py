"""A bot's updates until they are acknowledged, with getUpdates as the real servers do it."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

import orjson

from bot.clock import DAY, Clock
from bot.sandbox.message import JSON
from bot.sandbox.profile import Profile
from bot.sandbox.refusal import ApiError

_UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
# An offset further ahead than this is not believed: how ids that restart after a silent week stay reachable.
_BELIEVED = 10


@dataclass(slots=True)
class _Waiting:
    id: int
    born: int
    body: bytes
    # An update whose id is out of line is not dropped by an old offset before it was given once.
    keep: bool = False


class Updates:
    """The queue. `acknowledged` counts what left it by an offset; `lost` what was too old or too much."""

    def __init__(self, profile: Profile, clock: Clock) -> None:
        self._profile = profile
        self._clock = clock
        self._waiting: deque[_Waiting] = deque()
        self._next = profile.first_update_id
        self._newest = -1
        self._news = asyncio.Event()
        self._turn = 0
        self._asked: tuple[int | None, float] = (None, float("-inf"))
        self.allowed: frozenset[str] | None = None
        self.acknowledged = 0
        self.lost = 0
        # Set while a long poll waits: the bot has taken all there was.
        self.polled = asyncio.Event()
        self._polls = 0
        # The newest acknowledged bodies, for the fault that replays them.
        self.past: deque[bytes] = deque(maxlen=100)

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, kind: str, payload: JSON) -> int | None:
        """Queue an update; its id, or None when this kind was not asked for."""
        if kind in _UNASKED if self.allowed is None else kind not in self.allowed:
            return None
        return self.push_raw({kind: payload})

    def push_raw(self, update: JSON) -> int:
        """Queue exactly this; `update_id` is put in front unless it is there."""
        forced = "update_id" in update
        number = update["update_id"] if forced else self._next
        body = orjson.dumps(update if forced else {"update_id": number, **update})
        if not forced:
            self._next += 1
        place = number if isinstance(number, int) else -1
        self._waiting.append(_Waiting(place, self._clock.now(), body, keep=place <= self._newest))
        self._newest = max(self._newest, place)
        if self._profile.keeps is not None and len(self._waiting) > self._profile.keeps:
            self._waiting.popleft()
            self.lost += 1
        self._news.set()
        return self._waiting[-1].id

    def restart_ids(self, at: int) -> None:
        """The next update's id, as after a week of silence."""
        self._next = at

    def acknowledge(self, offset: int | None) -> None:
        """Forget all below the offset; a negative one keeps that many of the newest."""
        if offset is None or not self._waiting:
            return
        if offset < 0:
            self._drop(len(self._waiting) + offset)
        elif offset <= max(each.id for each in (self._waiting[0], self._waiting[-1])) + _BELIEVED:
            while self._waiting and self._waiting[0].id < offset and not self._waiting[0].keep:
                self._drop(1)

    def _drop(self, count: int) -> None:
        for _ in range(count):
            self.past.append(self._waiting.popleft().body)
            self.acknowledged += 1
        if not self._waiting:
            self._news.set()

    async def poll(self, offset: int | None, limit: int, within: float) -> list[bytes]:
        """One getUpdates: up to `limit` bodies, at once or within `within` seconds. Raises 409 when overtaken."""
        limit, within = self._paced(offset, limit, within)
        self.acknowledge(offset)
        self._turn += 1
        turn, end = self._turn, self._clock.monotonic() + within
        self._news.set()
        while not (batch := self._take(limit)):
            if not await self._waits(end):
                return []
            if turn != self._turn and not self._profile.steals:
                raise ApiError(409, _CONFLICT)
        return batch

    def _paced(self, offset: int | None, limit: int, within: float) -> tuple[int, float]:
        now, (before, at) = self._clock.monotonic(), self._asked
        self._asked = (offset, now)
        if not self._profile.pacing or offset != before or now - at >= 3:
            return limit, within
        return (1 if now - at < 0.5 else limit), max(within, 3)

    def _take(self, limit: int) -> list[bytes]:
        oldest = self._clock.now() - DAY
        while self._waiting and self._waiting[0].born < oldest:
            self._waiting.popleft()
            self.lost += 1
        batch = []
        for each in self._waiting:
            each.keep = False
            batch.append(each.body)
            if len(batch) == limit:
                break
        return batch

    async def _waits(self, end: float) -> bool:
        self._polls += 1
        self.polled.set()
        try:
            return await self._wait(end)
        finally:
            self._polls -= 1
            if not self._polls:
                self.polled.clear()

    async def _wait(self, end: float) -> bool:
        self._news.clear()
        try:
            async with asyncio.timeout(end - self._clock.monotonic()):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    async def drained(self, within: float = 5.0) -> None:
        """Returns once every update is acknowledged; AssertionError when that takes longer than `within` seconds."""
        end = self._clock.monotonic() + within
        while self._waiting:
            if not await self._wait(end):
                raise AssertionError(f"{len(self._waiting)} updates are still not acknowledged after {within} s")
