"""How fast one channel may be written to just now: buckets, what a 429 asked for, outages, a token that is refused."""

from __future__ import annotations

from math import inf

from bot.buckets import Bucket
from bot.store.work import Priority, Said

CHAT_RATE, CHAT_BURST = 1.0, 4.0
GATHER = 0.2  # seconds in which tokens gather for what nobody waits for, so that several messages go with one claim
MOST = 16  # of them
RESERVE = 0.1  # of a second's worth: it stays for replies
AT_ONCE = 0.9  # of a second's worth is saved up: calls that take longer on their way than later ones come close to them
LONGEST_OUTAGE = 30.0  # seconds between two tries of a platform that can't be reached
HEARD = 1.0  # seconds after which an outage is tried again when intake hears the platform
MANY = 10_000  # chats whose buckets are kept before those that mean nothing are thrown away


class Pace:
    """Answers "may this go now?" in monotonic seconds. Harmless to lose."""

    def __init__(self, rate: float, now: float) -> None:
        self._bot = Bucket(rate, max(rate * AT_ONCE, 1.0), now)
        self._reserve = int(rate * RESERVE)
        self._several = max(min(int(rate * GATHER), MOST), 1)
        self._chats: dict[int, Bucket] = {}
        self._quiet_until = 0.0
        self._outages = 0
        self._scolded_until = 0.0  # some chat's 429 holds so long

    @property
    def probing(self) -> bool:
        """Whether the platform was out of reach: one message tries whether it still is."""
        return self._outages > 0

    def quiet(self, now: float) -> float:
        """Seconds in which nothing at all may be called; infinite while the token is refused."""
        return max(self._bot.paused_until, self._quiet_until) - now

    def wait(self, now: float) -> float:
        """Seconds until the bot may send a message, whatever the chat."""
        return max(self._bot.wait(now), self._quiet_until - now, 0.0)

    def unasked_wait(self, now: float, *, begun: bool = False) -> float:
        """The same for pushes and broadcasts, which leave a reserve. They begin when several may go, and once they have
        `begun` each that may goes with them: one claim for all of them.
        """
        tokens = self._reserve + (1 if begun else self._several)
        return max(self._bot.wait(now, tokens), self._quiet_until - now, 0.0)

    def chat_wait(self, said: Said, now: float) -> float:
        """Seconds that this chat still rests. A reply waits only for a pause: who writes isn't bothered by answers."""
        bucket = self._bucket(said.chat_id, now)
        return max(bucket.paused_until - now, 0.0) if said.priority == Priority.REPLY else bucket.wait(now)

    def take(self, chat_id: int, now: float) -> None:
        """A message goes."""
        self._bot.take(now)
        self._bucket(chat_id, now).take(now)

    def give_back(self, chat_id: int) -> None:
        """It did not go after all."""
        self._bot.give_back()
        if chat := self._chats.get(chat_id):
            chat.give_back()

    def spend(self, now: float) -> None:
        """A call without a row goes."""
        self._bot.take(now)

    def too_fast(self, seconds: float, now: float, chat_id: int = 0) -> None:
        """The platform answered 429. It does not say whose pause it means: the chat's, where we wrote to it faster
        than a chat may be written to; the whole bot's otherwise, and when a second chat hears it while the first still
        must wait.
        """
        chat = self._chats.get(chat_id)
        if chat is None or not chat.wait(now) or (now < self._scolded_until and now >= chat.paused_until):
            self._bot.pause(now, seconds)
            self._bot.slow()
        else:  # and only then: a chat that is not to blame keeps what it saved up
            chat.pause(now, seconds)
            self._scolded_until = max(self._scolded_until, now + seconds)

    def out_of_reach(self, now: float) -> None:
        """No connection came about: growing pauses, counted once for all that was under way."""
        if now >= self._quiet_until:
            self._outages = min(self._outages + 1, 5)  # 2**5 is beyond the longest pause
            self._quiet_until = now + min(2.0**self._outages, LONGEST_OUTAGE)

    def arrived(self) -> None:
        """Some answer of the platform came."""
        self._outages = 0
        if self._quiet_until < inf:
            self._quiet_until = 0.0

    def halt(self) -> None:
        """The token is refused: nothing more, until intake finds that it is accepted."""
        self._quiet_until = inf

    def heard(self, now: float) -> bool:
        """Intake was answered: the token is good and the platform there. Whether that ends or shortens a pause."""
        if self._quiet_until <= now + HEARD:
            return False
        self._quiet_until = now + HEARD * self.probing
        return True

    def _bucket(self, chat_id: int, now: float) -> Bucket:
        bucket = self._chats.get(chat_id)
        if bucket is None:
            if len(self._chats) >= MANY:
                self._chats = {key: each for key, each in self._chats.items() if not each.full(now)}
            bucket = self._chats[chat_id] = Bucket(CHAT_RATE, CHAT_BURST, now)
        return bucket
