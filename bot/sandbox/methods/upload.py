"""Messages with files: uploaded in a part, named by attach://, or by a file id of this bot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox import words
from bot.sandbox.markup import Markup
from bot.sandbox.message import JSON, Media
from bot.sandbox.methods.request import Request
from bot.sandbox.params import Params, Upload
from bot.sandbox.profile import MB
from bot.sandbox.refusal import ApiError, bad
from bot.sandbox.shapes import shape_message

PHOTO_LIMIT = 10 * MB
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"RIFF", b"GIF8", b"BM")
_MIMES = {"photo": "image/jpeg", "video": "video/mp4", "voice": "audio/ogg", "audio": "audio/mpeg"}


def _sender(kind: str) -> Callable[[Request], JSON]:
    def send(request: Request) -> JSON:
        text, entities = words.check_caption(request.text("caption"))
        chat = request.chat()
        media = read_file(request, kind, request.params.values.get(kind), request.params.files.get(kind))
        media.duration = request.params.integer("duration") or media.duration
        return request.post(chat, text=text, entities=entities, media=media)

    return send


def read_file(request: Request, kind: str, named: Any, part: Upload | None) -> Media:
    """The file of one parameter. Raises 400 on foreign or wrong ids, empty or overlong files, broken pictures."""
    if isinstance(named, str) and named.startswith("attach://"):
        part = request.params.files.get(named.removeprefix("attach://"))
    if part is not None:
        return _uploaded(request, kind, part)
    if not isinstance(named, str) or not named:
        raise bad(f"there is no {kind} in the request")
    return _known(request, kind, named)


def _uploaded(request: Request, kind: str, part: Upload) -> Media:
    size = len(part.content)
    if size > request.platform.profile.upload:
        raise ApiError(413, "Request Entity Too Large")
    if not size:
        raise bad("file must be non-empty")
    if kind == "photo":
        if size > PHOTO_LIMIT:
            raise bad("too big file size of photo")
        if not part.content.startswith(_PICTURES):
            raise bad("IMAGE_PROCESS_FAILED")
    name = None if kind in ("photo", "voice") else part.name
    return request.bot.keep_file(Media(kind, part.content, name, part.mime or _MIMES.get(kind), size))


def _known(request: Request, kind: str, file_id: str) -> Media:
    if file_id.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    media = request.bot.files.get(file_id.removesuffix("-s"))
    if media is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if media.kind != kind:
        raise bad(f"can't use file of type {media.kind.capitalize()} as {kind.capitalize()}")
    return media


def send_media_group(request: Request) -> list[JSON]:
    """An album: 2 to 10 files of one family. A reply_markup is not looked at, as on the real ones."""
    items = request.params.objects("media")
    if items is None or not 2 <= len(items) <= 10:
        raise bad("expected from 2 to 10 media in a group")
    kinds = {str(item.get("type")) for item in items}
    if not (kinds <= {"photo", "video"} or kinds in ({"document"}, {"audio"})):
        raise bad("can't mix these types of media in one group")
    captions = [words.check_caption(_caption(request, item)) for item in items]
    chat = request.chat()
    files = [read_file(request, item["type"], item.get("media"), None) for item in items]
    reply_to, album = request.reply_to(chat), str(next(request.bot.album_ids))
    for _ in items:
        request.platform.limiter.check(request.bot.id, str(chat.id), chat.kind != "private")
    sent = []
    for media, (text, entities) in zip(files, captions, strict=True):
        message = request.place(chat, Markup(), reply_to, text=text, entities=entities, media=media, album=album)
        sent.append(shape_message(request.platform, request.bot, message))
    return sent


def _caption(request: Request, item: JSON) -> words.Words:
    own = Params(item)
    source, given = own.text("caption") or "", own.objects("caption_entities")
    return words.read(request.platform.profile, source, own.text("parse_mode"), given)


METHODS: dict[str, Any] = {
    **{f"send{kind.capitalize()}": _sender(kind) for kind in ("photo", "video", "voice", "audio", "document")},
    "sendAnimation": _sender("animation"),
    "sendMediaGroup": send_media_group,
}
