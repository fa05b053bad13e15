"""What every channel promises, in neutral words: a screen becomes one call, an answer becomes one outcome."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto
from pathlib import Path
from typing import Any, ClassVar, Literal

from bot.channels.abilities import Abilities
from bot.talk.screen import Screen

ChannelKey = Literal["telegram", "bale"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A stored copy to upload. `name` is what people see, `path` where it lies."""

    name: str
    mime: str
    path: Path


Source = str | Upload  # the platform's own file id for this bot, or a file to upload


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API. `params` are strings (nested JSON already encoded), `files` go by their field's name.
    `form`: the whole form, where it is encoded already.
    """

    method: str
    params: dict[str, str]
    files: dict[str, Upload]
    form: bytes = b""


@dataclass(frozen=True, slots=True)
class To:
    """Where a screen goes: the chat, the message to edit or to answer, and whether the phone stays silent."""

    chat: int
    edit: int | None = None
    reply_to: int | None = None
    silent: bool = False


class Kind(StrEnum):
    """What became of a call, and so what the sender does next."""

    SENT = auto()  # taken; also where nothing is left to do (not modified, a press too old to answer)
    RETRY = auto()  # certainly not sent: again, after `retry_after` where it is given (then the bot was too fast)
    UNCERTAIN = auto()  # perhaps sent: once more, silently
    BLOCKED = auto()  # this person stopped the bot; writing to it again lifts that
    GONE = auto()  # no such chat any more
    MIGRATED = auto()  # the chat has a new id: `chat`
    REFUSED = auto()  # bad request, our mistake: a dead letter
    PLAIN = auto()  # the markup was refused: again as plain text
    FRESH = auto()  # the message to edit or to answer is not there: again as a new message, without edit and reply_to
    UNAUTHORIZED = auto()  # the token is not accepted: this channel stops
    CONFLICT = auto()  # somebody else polls with this token, or a webhook is set


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call. `retry_after` is in seconds; `detail` never holds a token or what people wrote.

    `unreachable`: no connection came about, or a gateway's page stood in the way of the API, so the whole platform is
    meant and not this call.
    """

    kind: Kind
    message_id: int | None = None
    retry_after: float | None = None
    chat: int | None = None
    detail: str = ""
    result: Any = field(default=None, repr=False)
    unreachable: bool = False


class Channel(ABC):
    """A platform. Holds no connection and no token; all is computed.

    `rate`: messages a second over all chats to begin with. `poll_seconds`: how long a poll may wait. `kinds`: which
    updates to ask for; empty where the platform can't be asked, then intake ignores what it does not know.
    """

    key: ClassVar[ChannelKey]
    title: ClassVar[str]
    rate: ClassVar[float]
    poll_seconds: ClassVar[int]
    kinds: ClassVar[tuple[str, ...]]
    api: ClassVar[str]
    can: Abilities

    @abstractmethod
    def complete(self, raw: dict[str, Any], received: int) -> dict[str, Any]:
        """The update with all that python-telegram-bot needs to parse it; `raw` stays as it is.

        `received` is in milliseconds since 1970 and stands in for a missing date.
        """

    @abstractmethod
    def message(self, screen: Screen, to: To, sources: Sequence[Source] = ()) -> Call:
        """The one call that shows this screen. `sources` are as many as `screen.media`, in the same order.

        With `to.edit` an empty screen takes the message away; any other edits where that can be done: text alone, or
        the caption of one file (which stays the same file). A reply keyboard, an album or a pin, or a platform that
        does not edit, makes it a new message.
        """

    @abstractmethod
    def plain(self, screen: Screen, to: To, sources: Sequence[Source] = ()) -> Call:
        """The same without markup, for a platform that refused ours."""

    @abstractmethod
    def toast(self, callback_id: str, text: str, alert: bool = False) -> Call:
        """The answer to a press, cut to 200 characters; empty text only ends the waiting."""

    @abstractmethod
    def needs_message(self, callback_id: str) -> bool:
        """Whether the person's program can't show a toast, so that its words must be said as a message too."""

    @abstractmethod
    def classify(self, status: int, body: bytes) -> Outcome:
        """What an HTTP answer means. Never raises."""

    @abstractmethod
    def link(self, username: str, start: str) -> str:
        """The address that opens the bot with `/start <start>` (at most 64 of A-Z a-z 0-9 _ -)."""
