"""One platform of the sandbox: its people, its bots, what is switched on, and what was called."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.clock import Clock
from bot.sandbox.bots import Bot, Chat
from bot.sandbox.calls import Calls
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limiter, Limits
from bot.sandbox.message import Message
from bot.sandbox.person import Person
from bot.sandbox.profile import Profile
from bot.sandbox.refusal import ApiError

if TYPE_CHECKING:
    from bot.sandbox.world import Sandbox

_TOKEN = re.compile(r"(\d{1,15}):(\S+)")


class Platform:
    """Made by Sandbox. `bot` is the first bot: it takes the number of the first token that calls.

    `profile` holds the switches; `limits` is None (no rate limits) or Limits; `faults.add(…)`, `faults.clear()`;
    `calls` is the record of calls.
    """

    def __init__(self, sandbox: Sandbox, profile: Profile, clock: Clock) -> None:
        self.sandbox = sandbox
        self.profile = profile
        self.name = profile.name
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.bot = Bot(profile, clock)
        self.bots: dict[int, Bot] = {}
        self.faults = Faults(clock)
        self.calls = Calls()
        self.limiter = Limiter(clock, bale=profile.poor)
        self.revoked: set[str] = set()
        self.down = False
        self._gates: list[Callable[[bool], None]] = []
        self._people_ids = itertools.count(5_000_000_001 if profile.poor else 700_000_001)
        self._chat_ids = itertools.count(1)

    def person(self, first_name: str = "Alice", language_code: str = "fa", number: int | None = None) -> Person:
        """A new person with a phone of this platform."""
        number = next(self._people_ids) if number is None else number
        person = self.people[number] = Person(self, number, first_name, language_code)
        return person

    def group(self, title: str = "همسایه‌ها") -> Chat:
        """A group that the bot is in; people write there by `alice.says("…", chat=group)`. Bale's ids are positive."""
        return self._room("group", title)

    def channel(self, title: str = "اخبار") -> Chat:
        """A channel; what is said there arrives as channel_post."""
        return self._room("channel", title)

    def _room(self, kind: str, title: str) -> Chat:
        number = next(self._chat_ids)
        number = 6_000_000_000 + number if self.profile.poor else -1_001_000_000_000 - number
        chat = self.bot.chats[number] = Chat(number, kind, title, started=True)
        return chat

    @property
    def limits(self) -> Limits | None:
        return self.limiter.limits

    @limits.setter
    def limits(self, limits: Limits | None) -> None:
        self.limiter.limits = limits

    def revoke(self, token: str) -> None:
        """This token is refused from now on; another one with the same number before the colon reaches the bot."""
        self.revoked.add(token)

    def bot_of(self, token: str) -> Bot:
        """The token's bot. Raises the platform's answer to a revoked or malformed token."""
        found = _TOKEN.fullmatch(token)
        if found is None or token in self.revoked:
            raise self._unauthorized(malformed=found is None)
        number = int(found.group(1))
        bot = self.bots.get(number)
        if bot is None:
            bot = self.bots[number] = Bot(self.profile, self.clock, number) if self.bot.claimed else self.bot
            bot.id, bot.claimed = number, True
        return bot

    def _unauthorized(self, malformed: bool) -> ApiError:
        if self.profile.poor:
            return ApiError(404, "Bad Request: Token not found")
        return ApiError(404, "Not Found") if malformed else ApiError(401, "Unauthorized")

    def goes_down(self) -> None:
        """Outage: its port refuses connections, open ones are cut. Nothing else of the state is lost."""
        self._switch(True)

    def comes_back(self) -> None:
        self._switch(False)

    def _switch(self, down: bool) -> None:
        if self.down != down:
            self.down = down
            for gate in self._gates:
                gate(down)
            self.tell("outage" if down else "recovered")

    def add_gate(self, gate: Callable[[bool], None]) -> None:
        """The server's port, told of outages (True) and of their end (False)."""
        self._gates.append(gate)

    def remove_gate(self, gate: Callable[[bool], None]) -> None:
        self._gates.remove(gate)

    def arrived(self, bot: Bot, message: Message, kind: str = "message") -> None:
        """The bot sent or edited this: whoever reads that chat is told."""
        person = self.people.get(message.chat_id)
        if person is not None and person.bot is bot:
            person.receives(message)
        self.tell(kind, message=message)

    def tell(self, kind: str, message: Message | None = None, **more: Any) -> None:
        """Pass an event on to the sandbox's subscribers."""
        if self.sandbox.subscribers:
            body = more if message is None else {"message": message.as_json(), **more}
            self.sandbox.publish({"event": kind, "platform": self.name, **body})
