"""The platform of the benchmark: the thin one, with a limit that knows nothing of the senders, and who got what."""

from __future__ import annotations

import time
from collections import Counter

import orjson

from benchmarks.broadcast.town import HEAD
from benchmarks.dialogue import read_answer
from benchmarks.people import message
from benchmarks.platform import CHAT, Platform, now_date
from bot.clock import SystemClock
from bot.sandbox.limits import Limiter, Limits
from bot.sandbox.refusal import ApiError

_BOT = 137
_BROADCAST = orjson.dumps(HEAD)[1:-1]


class Hall(Platform):
    """`got`: how often each chat got the announcement; `taken`: all messages, from `began` to `ended`; `refused`:
    calls beyond the limit; `waits`: seconds from a citizen's question to its answer.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.got: Counter[int] = Counter()
        self.taken = 0
        self.refused = 0
        self.began = self.ended = 0.0
        self.waits: list[float] = []
        self._asked: dict[int, float] = {}
        self._shown: dict[bytes, bytes] = {}
        self._limiter = Limiter(SystemClock(), bale=False)
        self._limiter.limits = Limits(bot_rate=rate, bot_burst=rate)

    def ask(self, person: int) -> None:
        """A citizen asks for help."""
        who = {"id": person, "is_bot": False, "first_name": "شهروند", "language_code": "fa"}
        chat = {"id": person, "first_name": "شهروند", "type": "private"}
        entity = {"type": "bot_command", "offset": 0, "length": 5}
        head = {"message_id": self.new_message(), "from": who, "chat": chat, "date": now_date()}
        self._asked[person] = time.perf_counter()
        self.push({"message": {**head, "text": "/help", "entities": [entity]}})

    @property
    def unanswered(self) -> int:
        return len(self._asked)

    def _message(self, method: str, body: bytes) -> bytes:
        found = CHAT.search(body)
        if found is None:
            return super()._message(method, body)
        chat = int(found.group(1))
        if refusal := self._refusal(chat):
            self.refused += 1
            return orjson.dumps(refusal.as_json())
        self._count()
        shown = self._seen(method, body[: found.start()] + body[found.end() :])
        if _BROADCAST in shown:
            self.got[chat] += 1
        elif chat in self._asked:
            self.waits.append(time.perf_counter() - self._asked.pop(chat))
        return message(chat, self.new_message(), shown)

    def _count(self) -> None:
        self.taken += 1
        self.ended = time.monotonic()
        self.began = self.began or self.ended

    def _refusal(self, chat: int) -> ApiError | None:
        if paused := self._limiter.check_pause(_BOT, chat):
            return paused[0]
        try:
            self._limiter.check(_BOT, chat, group=False)
        except ApiError as error:
            return error
        return None

    def _seen(self, method: str, words: bytes) -> bytes:
        """What a call shows, read once for all that say the same."""
        shown = self._shown.get(words)
        if shown is None:
            shown = self._shown[words] = read_answer(method, words).shown()
        return shown
