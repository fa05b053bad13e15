"""Token buckets: how fast a bot, and a chat, may be written to. Monotonic; harmless to lose."""

from __future__ import annotations

SLOWER = 0.9  # of the rate, after the platform said that the whole bot was too fast
REGAIN = 0.001  # of the full rate, a second, until it is full again
LEAST = 0.25  # of the full rate: what a platform that is never content still gets


class Bucket:
    """`rate` tokens a second, at most `burst` saved up; a 429 pauses it, and slows it for a while."""

    __slots__ = ("_at", "_burst", "_full_rate", "_tokens", "paused_until", "rate")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate = rate
        self._full_rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = now
        self.paused_until = 0.0

    def wait(self, now: float, tokens: int = 1) -> float:
        """Seconds until so many tokens are there; 0 when they are."""
        if now < self.paused_until:
            return self.paused_until - now
        self._fill(now)
        return max(tokens - self._tokens, 0.0) / self.rate

    def take(self, now: float) -> None:
        """Use a token. What must go may overdraw: the debt is paid by whoever comes next."""
        self._fill(now)
        self._tokens -= 1

    def give_back(self) -> None:
        """A token that was not used."""
        self._tokens = min(self._burst, self._tokens + 1)

    def pause(self, now: float, seconds: float) -> None:
        """Nothing for so long, and nothing saved up after it."""
        self._fill(now)
        self.paused_until = max(self.paused_until, now + seconds)
        self._tokens = min(self._tokens, 0.0)
        self._at = max(self._at, self.paused_until)

    def slow(self) -> None:
        """The rate was too high: less for now; it comes back little by little."""
        self.rate = max(self.rate * SLOWER, self._full_rate * LEAST)

    def full(self, now: float) -> bool:
        """Whether forgetting it changes nothing."""
        self._fill(now)
        return now >= self.paused_until and self._tokens >= self._burst

    def _fill(self, now: float) -> None:
        if now > self._at:
            seconds = now - self._at
            self._tokens = min(self._burst, self._tokens + seconds * self.rate)
            self.rate = min(self._full_rate, self.rate + seconds * self._full_rate * REGAIN)
            self._at = now
