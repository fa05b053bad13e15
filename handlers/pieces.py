"""What one message brings: words, a file, a place; told apart once, for every dialogue that takes pieces."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, PhotoSize

from bot.actions.attach import FileSent
from bot.talk.screen import MediaKind

_PART = 4_000  # letters; a longer message is likely to be cut by the messenger, with the rest to follow


@dataclass(frozen=True, slots=True)
class PlaceSent:
    """A pin or venue. `accuracy` is in metres, 0 where it is not told; `title` is a venue's name and address."""

    lat: float
    lon: float
    accuracy: float
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One message taken apart. `odd` names a kind that can't be kept; `more` says that others are likely to follow."""

    message_id: int
    text: str = ""
    file: FileSent | None = None
    place: PlaceSent | None = None
    odd: str = ""
    forwarded: bool = False
    reply_to: int = 0
    more: bool = False


def piece_of(message: Message) -> Piece:
    """The piece that a message is."""
    file, place = _file(message), _place(message)
    text = (message.text or message.caption or "").strip()
    return Piece(
        message.message_id,
        text,
        file,
        place,
        "" if file or place or text else _odd(message),
        message.forward_origin is not None or "forward_date" in message.api_kwargs,
        message.reply_to_message.message_id if message.reply_to_message else 0,
        bool(message.media_group_id) or len(text) >= _PART,
    )


def _file(message: Message) -> FileSent | None:
    if message.photo:
        best = max(message.photo, key=_pixels)  # Bale's order is not to be relied on
        return FileSent("photo", best.file_id, best.file_size or 0, "image/jpeg", unique=best.file_unique_id)
    if message.voice:
        return FileSent("voice", message.voice.file_id, message.voice.file_size or 0, message.voice.mime_type or "", "")
    for kind, sent in (("video", message.video), ("audio", message.audio), ("document", message.document)):
        if sent and message.animation is None:
            mime = sent.mime_type or ""
            size, name = sent.file_size or 0, sent.file_name or ""
            return FileSent(_kind(kind, mime), sent.file_id, size, mime, name, as_file=kind == "document")
    return None


def _pixels(size: PhotoSize) -> int:
    return size.width * size.height or size.file_size or 0


def _kind(kind: str, mime: str) -> MediaKind:
    """Pictures, videos and sounds that came as a document are what their type says; HEIC stays a document."""
    family, _, form = mime.partition("/")
    if kind == "document" and family == "image" and form in ("jpeg", "jpg", "png", "webp"):
        return "photo"
    if family in ("video", "audio"):
        return "video" if family == "video" else "audio"
    return "document" if kind == "document" else ("video" if kind == "video" else "audio")


def _place(message: Message) -> PlaceSent | None:
    location, title = message.location, ""
    if message.venue:
        location = message.venue.location
        title = "، ".join(filter(None, (message.venue.title, message.venue.address)))
    if location is None:
        return None
    return PlaceSent(location.latitude, location.longitude, location.horizontal_accuracy or 0.0, title)


def _odd(message: Message) -> str:
    kinds = ("sticker", "contact", "video_note", "animation", "dice", "poll", "game", "story", "paid_media")
    return next((kind for kind in kinds if getattr(message, kind)), "unknown")
