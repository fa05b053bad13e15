"""What is said to a person: one screen is one message, whatever the platform.

The outbox keeps screens neutral; `bot/channels` turns them into calls. One screen becomes exactly one call, so that
its outcome (sent, not sent, uncertain) is one fact; `bot/talk/split.py` cuts what would need more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bot.talk import rich
from bot.talk.rich import Rich

MediaKind = Literal["photo", "video", "voice", "audio", "document"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: presses (`data`), opens an address (`url`) or copies (`copy`). Exactly one is set."""

    label: str
    data: str = ""
    url: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the keyboard in place of the phone's own: pressing sends its label, or the person's place."""

    label: str
    ask_place: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """A reply keyboard. `lasting` ones stay (the main menu); no rows take the keyboard away."""

    rows: tuple[tuple[Key, ...], ...]
    placeholder: str = ""
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Media:
    """A file of ours: `attachment` is its row's id, the sender finds the platform's own file id or the stored copy."""

    kind: MediaKind
    attachment: int


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `rows` and `keys` exclude each other (a platform's message has one keyboard).

    `rows` are in reading order; the channel turns each row around for right-to-left readers where its platform lays
    buttons left to right. `media`: one file with the text as its caption, or 2 to 10 photos and videos as an album
    (no buttons then). `pin`: latitude and longitude, without text.
    """

    text: Rich = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    keys: Keys | None = None
    media: tuple[Media, ...] = ()
    pin: tuple[float, float] | None = None
    rtl: bool = True


def dump(screen: Screen) -> dict[str, Any]:
    """For the outbox row; what is empty is left out."""
    row: dict[str, Any] = {}
    if screen.text:
        row["text"] = rich.dump(screen.text)
    if screen.rows:
        row["rows"] = [[[b.label, b.data, b.url, b.copy] for b in line] for line in screen.rows]
    if screen.keys is not None:
        rows = [[[k.label, int(k.ask_place)] for k in line] for line in screen.keys.rows]
        row["keys"] = [rows, screen.keys.placeholder, int(screen.keys.lasting)]
    if screen.media:
        row["media"] = [[m.kind, m.attachment] for m in screen.media]
    if screen.pin:
        row["pin"] = list(screen.pin)
    if not screen.rtl:
        row["ltr"] = 1
    return row


def load(row: dict[str, Any]) -> Screen:
    """The way back from `dump`."""
    keys = None
    if "keys" in row:
        rows, placeholder, lasting = row["keys"]
        keys = Keys(tuple(tuple(Key(k[0], bool(k[1])) for k in line) for line in rows), placeholder, bool(lasting))
    return Screen(
        text=rich.load(row.get("text", [])),
        rows=tuple(tuple(Button(*button) for button in line) for line in row.get("rows", ())),
        keys=keys,
        media=tuple(Media(kind, attachment) for kind, attachment in row.get("media", ())),
        pin=tuple(row["pin"]) if "pin" in row else None,
        rtl="ltr" not in row,
    )
