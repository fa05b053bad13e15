"""A person with a phone: reads what the bot sent, and waits for it. What people do stands in `acts`."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.sandbox.acts import Acts
from bot.sandbox.bots import Bot, Chat, Press
from bot.sandbox.message import JSON, Message

if TYPE_CHECKING:
    from bot.sandbox.platform import Platform


class Person(Acts):
    """Somebody on one platform. Their private chat has their own id, as on the real ones.

    `unread`: what the bot sent or edited since the person last did something and no `answer`/`hears`/`sees` took.
    `toasts`: what presses were answered with, oldest first. `old_client`: this phone shows no answers to presses
    (Bale). `bot` may be set to another bot of the platform.
    """

    def __init__(self, platform: Platform, number: int, first_name: str, language_code: str) -> None:
        self.platform = platform
        self.id = number
        self.first_name = first_name
        self.last_name: str | None = None
        self.username: str | None = None
        self.language_code = language_code
        self.old_client = False
        self.bot: Bot = platform.bot
        self.unread: list[Message] = []
        self.presses_made: list[Press] = []
        # Made by the first wait: a broadcast has a hundred thousand people of whom nobody waits.
        self._news: asyncio.Event | None = None

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        chat = self.bot.chats.get(self.id)
        if chat is None:
            chat = self.bot.chats[self.id] = Chat(self.id, "private", self.first_name)
        return chat

    @property
    def inbox(self) -> list[Message]:
        """What the bot wrote to this person and did not delete, oldest first."""
        return self.chat.inbox

    @property
    def last(self) -> Message:
        """The newest message of the inbox; AssertionError when there is none."""
        for each in reversed(self.chat.messages.values()):
            if each.by_bot and not each.deleted:
                return each
        raise AssertionError(f"{self.first_name} has no message from the bot")

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard that stands under the chat now; empty when none does."""
        return [[key.text for key in row] for row in self.chat.keyboard or ()]

    @property
    def toasts(self) -> list[str]:
        return [press.toast for press in self.presses_made if press.toast]

    async def answer(self, within: float = 5.0) -> Message:
        """The next unread message (or edited one), waiting for it up to `within` seconds. Each call takes one."""
        return (await self.hears(1, within))[0]

    async def hears(self, n: int = 1, within: float = 5.0) -> list[Message]:
        """The next n unread messages, in order of arrival. AssertionError with what did come when they don't."""
        await self._wait(lambda: len(self.unread) >= n, within, f"{n} messages")
        return [self.unread.pop(0) for _ in range(n)]

    async def sees(self, words: str, within: float = 5.0) -> Message:
        """The first unread message whose text or button labels contain `words`; takes all before it too."""
        await self._wait(lambda: any(_shows(each, words) for each in self.unread), within, repr(words))
        while not _shows(message := self.unread.pop(0), words):
            pass
        return message

    def receives(self, message: Message) -> None:
        """A message of the bot arrived or changed: called by the platform."""
        self.unread.append(message)
        if self._news is not None:
            self._news.set()

    def as_json(self) -> JSON:
        """The phone for a page: {platform, id, first_name, language_code, blocked, keyboard [[{text, asks}]],
        messages [Message.as_json, of both sides, without the deleted]}."""
        keyboard = [[dataclasses.asdict(key) for key in row] for row in self.chat.keyboard or ()]
        messages = [each.as_json() for each in self.chat.messages.values() if not each.deleted]
        person: JSON = {"platform": self.platform.name, "id": self.id, "first_name": self.first_name}
        person |= {"language_code": self.language_code, "blocked": self.chat.blocked}
        return person | {"keyboard": keyboard, "messages": messages}

    def as_user(self, number: int = 0) -> JSON:
        """The person as `from`. On Bale every other message lacks is_bot, and members may be null."""
        if self.platform.profile.poor:
            user: JSON = {"id": self.id, "first_name": self.first_name, "last_name": self.last_name}
            return user if number % 2 else {**user, "is_bot": False, "username": self.username or ""}
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": self.language_code}
        extra = {"last_name": self.last_name, "username": self.username}
        return user | {name: value for name, value in extra.items() if value is not None}

    async def _wait(self, ready: Callable[[], bool], within: float, what: str) -> None:
        news = self._news = self._news or asyncio.Event()
        try:
            async with asyncio.timeout(within):
                while not ready():
                    news.clear()
                    await news.wait()
        except TimeoutError:
            came = [each.text[:200] for each in self.unread]
            raise AssertionError(f"{self.first_name} waited {within} s for {what}; unread: {came}") from None


def _shows(message: Message, words: str) -> bool:
    return words in message.text or any(words in label for label in message.buttons)
