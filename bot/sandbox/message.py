"""What lies in a chat: messages as a person sees them, with markup already turned into visible text and entities."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple, Self

JSON = dict[str, Any]


class Ready:
    """What an act gives back. It may be awaited at no cost, so that a scenario written with `await alice.says(…)`
    runs unchanged against `remote.RemotePerson`, whose acts are coroutines."""

    __slots__ = ()

    def __await__(self) -> Generator[None, None, Self]:
        return self
        yield  # makes this a generator; never reached


class Entity(NamedTuple):
    """A stretch of the visible text; offset and length in UTF-16 units."""

    kind: str
    offset: int
    length: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: one of data, url, copy_text, web_app. One made by hand forges: `presses(Button("x", "y"))`."""

    text: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    web_app: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the lasting reply keyboard. `asks`: "location", "contact" or None."""

    text: str
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A place; accuracy in metres, title and address when it is a venue."""

    lat: float
    lon: float
    accuracy: float | None = None
    title: str | None = None
    address: str | None = None


@dataclass(slots=True)
class Media:
    """A file. kind: photo, video, voice, audio, document, sticker, video_note, animation."""

    kind: str
    content: bytes = b""
    name: str | None = None
    mime: str | None = None
    size: int = 0
    file_id: str = ""
    duration: int = 0

    def as_json(self) -> JSON:
        """All but the bytes, which `platform.files[file_id].media.content` holds."""
        return {
            "kind": self.kind,
            "name": self.name,
            "mime": self.mime,
            "size": self.size,
            "file_id": self.file_id,
            "duration": self.duration,
        }


@dataclass(slots=True, eq=False)
class Message(Ready):
    """One message, by the bot or by a person. `text` is what is seen: a text's or a caption's visible words.

    `date` is in milliseconds, `edits` holds the earlier texts, oldest first. `other` is the platform's own JSON of
    what has no field here (contact, sticker, dice, poll), by its API name.
    """

    id: int
    platform: str
    chat_id: int
    sender_id: int
    by_bot: bool
    date: int
    text: str = ""
    entities: tuple[Entity, ...] = ()
    rows: list[list[Button]] = field(default_factory=list)
    keys: list[list[Key]] | None = None
    removes_keyboard: bool = False
    media: Media | None = None
    pin: Pin | None = None
    other: JSON = field(default_factory=dict)
    silent: bool = False
    reply_to: int | None = None
    album: str | None = None
    forward: JSON | None = None
    edits: list[str] = field(default_factory=list)
    edited_at: int | None = None
    deleted: bool = False

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline buttons, row by row in one list."""
        return [button.text for row in self.rows for button in row]

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard that came with this message; empty when none did."""
        return [[key.text for key in row] for row in self.keys or ()]

    @property
    def edited(self) -> bool:
        return self.edited_at is not None

    @property
    def photo(self) -> Media | None:
        return self.media if self.media is not None and self.media.kind == "photo" else None

    def as_json(self) -> JSON:
        """The message for a page or another process:

        id, platform, chat_id, sender_id, by_bot, date (ms), text, entities [{kind, offset, length, url}] (UTF-16),
        rows [[{text, data, url, copy_text, web_app, style}]], keys [[{text, asks}]] or null, removes_keyboard,
        media {kind, name, mime, size, file_id, duration} or null, pin {lat, lon, accuracy, title, address} or null,
        other {…}, silent, reply_to (id or null), album (id or null), forward {…} or null, edits [text],
        edited_at (ms or null), deleted.
        """
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            "entities": [entity._asdict() for entity in self.entities],
            "rows": [[asdict(button) for button in row] for row in self.rows],
            "keys": None if self.keys is None else [[asdict(key) for key in row] for row in self.keys],
            "media": None if self.media is None else self.media.as_json(),
            "pin": None if self.pin is None else asdict(self.pin),
        }

    @classmethod
    def from_json(cls, data: JSON) -> Message:
        """The message again, without its files' bytes."""
        return cls(
            **{name: data[name] for name in _PLAIN},
            entities=tuple(Entity(**entity) for entity in data["entities"]),
            rows=[[Button(**button) for button in row] for row in data["rows"]],
            keys=None if data["keys"] is None else [[Key(**key) for key in row] for row in data["keys"]],
            media=None if data["media"] is None else Media(**data["media"]),
            pin=None if data["pin"] is None else Pin(**data["pin"]),
        )


_PLAIN = [
    "id",
    "platform",
    "chat_id",
    "sender_id",
    "by_bot",
    "date",
    "text",
    "removes_keyboard",
    "other",
    "silent",
    "reply_to",
    "album",
    "forward",
    "edits",
    "edited_at",
    "deleted",
]


class Messages(list[Message], Ready):
    """Several messages of one act: an album."""
