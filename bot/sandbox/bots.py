"""A bot as the platform knows it: its chats, its updates, its files, the presses that wait for an answer."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field

from bot.clock import HOUR, MINUTE, Clock
from bot.sandbox.message import JSON, Key, Media, Message, Ready
from bot.sandbox.profile import Profile
from bot.sandbox.refusal import bad
from bot.sandbox.updates import Updates

CALLBACK_LIVES = MINUTE
LINK_LIVES = HOUR


@dataclass(slots=True, eq=False)
class Chat:
    """A chat with one bot. kind: private, group, channel. `keyboard`: the reply keyboard that is shown now."""

    id: int
    kind: str
    title: str
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: list[list[Key]] | None = None
    one_time: bool = False

    @property
    def inbox(self) -> list[Message]:
        """What the bot wrote here and did not delete, oldest first."""
        return [each for each in self.messages.values() if each.by_bot and not each.deleted]


@dataclass(slots=True, eq=False)
class Press(Ready):
    """A pressed button. `toast` is what answerCallbackQuery said (None until then), `alert` how."""

    id: str
    person_id: int
    data: str
    pressed_at: int
    toast: str | None = None
    alert: bool = False
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def answered(self) -> bool:
        """Whether the button has stopped spinning."""
        return self._answered.is_set()

    def settle(self, toast: str, alert: bool) -> None:
        self.toast, self.alert = toast, alert
        self._answered.set()

    async def answer(self, within: float = 5.0) -> str:
        """The toast's text ("" when it only stopped spinning); AssertionError when nothing came in `within` s."""
        try:
            async with asyncio.timeout(within):
                await self._answered.wait()
        except TimeoutError:
            raise AssertionError(f"the press of {self.data!r} was not answered in {within} s") from None
        return self.toast or ""


class Bot:
    """`id` is the number before the colon of the first token that called; 137 until then."""

    def __init__(self, profile: Profile, clock: Clock, number: int = 137) -> None:
        self._profile = profile
        self._clock = clock
        self.id = number
        self.claimed = False
        self.username = "shahr137_bot"
        self.name = "Shahr137"
        self.updates = Updates(profile, clock)
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files: dict[str, Media] = {}
        self.links: dict[str, tuple[str, int]] = {}
        self.webhook = ""
        # What setMyCommands and its like were last told, by method name in lower case.
        self.told: dict[str, JSON] = {}
        self._message_ids = itertools.count(1)
        self._file_ids = itertools.count(1)
        self._press_ids = itertools.count(1)
        self.album_ids = itertools.count(13_700_000_001)

    def as_user(self) -> JSON:
        """The bot as `from` of its messages and as getMe's core."""
        user: JSON = {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}
        return user

    def next_message_id(self) -> int:
        return next(self._message_ids)

    def keep_file(self, media: Media) -> Media:
        """Give the file an id that only this bot may use. Bale's ids hold colons."""
        number = next(self._file_ids)
        bale = self._profile.name == "bale"
        media.file_id = f"{self.id}:{number}:{media.kind}" if bale else f"AgAC{media.kind}_{self.id}-{number}"
        media.size = media.size or len(media.content)
        self.files[media.file_id] = media
        return media

    def link(self, media: Media) -> str:
        """A path that can be downloaded for an hour."""
        ending = (media.name or "").rpartition(".")[2] or {"photo": "jpg", "voice": "oga", "video": "mp4"}.get(
            media.kind
        )
        path = f"{media.kind}s/file_{media.file_id.replace(':', '_')}.{ending or 'bin'}"
        self.links[path] = (media.file_id, self._clock.now() + LINK_LIVES)
        return path

    def linked(self, path: str) -> Media | None:
        """The file behind a path of `link`, None when unknown or past its hour."""
        file_id, until = self.links.get(path, ("", 0))
        return self.files[file_id] if self._clock.now() < until else None

    def press(self, person_id: int, data: str, old_client: bool) -> Press:
        """A press that waits for its answer. Ids that begin with 1 mean: this client shows no answers (Bale)."""
        number = f"{'1' if old_client else '7'}{next(self._press_ids):017}"
        press = self.presses[number] = Press(number, person_id, data, self._clock.now())
        return press

    def take_press(self, number: str) -> Press:
        """The press to answer. Raises 400 when unknown, answered before, or older than a minute."""
        press = self.presses.pop(number, None)
        if press is None or self._clock.now() - press.pressed_at > CALLBACK_LIVES:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return press
