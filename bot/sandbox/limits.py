"""The platforms' own rate limits, written without looking at our sender's."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.clock import Clock
from bot.sandbox.refusal import ApiError

# A call that left before the 429 could reach its sender is not counted as early.
GRACE = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second and how many may come at once; `wordless`: 429 without retry_after, as reported of Bale."""

    bot_rate: float = 30.0
    bot_burst: float = 30.0
    chat_rate: float = 1.0
    chat_burst: float = 5.0
    group_rate: float = 20 / 60
    group_burst: float = 20.0
    wordless: bool = False


BALE_LIMITS = Limits(bot_rate=10.0, bot_burst=10.0)


class Limiter:
    """Buckets of every bot and chat, and the pauses that were announced to them."""

    def __init__(self, clock: Clock, bale: bool) -> None:
        self._clock = clock
        self._bale = bale
        self.limits: Limits | None = None
        self._buckets: dict[object, tuple[float, float]] = {}
        self._pauses: dict[object, tuple[float, float]] = {}

    def check_pause(self, bot: int, chat: object) -> tuple[ApiError, bool] | None:
        """The answer to a call within a pause, and whether it came knowingly (later than GRACE after the 429)."""
        if not self._pauses:
            return None
        now = self._clock.monotonic()
        for key in ((bot, None), (bot, chat)):
            since, until = self._pauses.get(key, (0.0, 0.0))
            if now < until:
                return self._too_many(math.ceil(until - now)), now - since > GRACE
        return None

    def pause(self, bot: int, chat: object, seconds: int | None) -> ApiError:
        """A 429, remembered as a pause of the chat (None: of the whole bot) when it names its length."""
        if seconds is not None:
            now = self._clock.monotonic()
            self._pauses[bot, chat] = (now, now + seconds)
        return self._too_many(seconds)

    def check(self, bot: int, chat: object, group: bool) -> None:
        """Take one message from both buckets. Raises 429 when either is empty."""
        limits = self.limits
        if limits is None:
            return
        rate, burst = (limits.group_rate, limits.group_burst) if group else (limits.chat_rate, limits.chat_burst)
        for key, each_rate, each_burst in (
            ((bot, None), limits.bot_rate, limits.bot_burst),
            ((bot, chat), rate, burst),
        ):
            missing = self._missing(key, each_rate, each_burst)
            if missing > 0:
                raise self.pause(bot, key[1], None if limits.wordless else math.ceil(missing))
        for key in ((bot, None), (bot, chat)):
            level, at = self._buckets[key]
            self._buckets[key] = (level - 1, at)

    def _missing(self, key: object, rate: float, burst: float) -> float:
        now = self._clock.monotonic()
        level, at = self._buckets.get(key, (burst, now))
        level = min(burst, level + (now - at) * rate)
        self._buckets[key] = (level, now)
        return (1 - level) / rate

    def _too_many(self, seconds: int | None) -> ApiError:
        words = "bot limit exceed" if self._bale else "Too Many Requests"
        if seconds is None:
            return ApiError(429, words)
        return ApiError(429, words if self._bale else f"{words}: retry after {seconds}", retry_after=seconds)
