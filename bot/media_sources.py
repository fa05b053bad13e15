"""Where the sender gets a picture from: the bot's own file id, else the stored copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import orjson

from bot.channels.base import Source, Upload
from bot.errors import CityError
from bot.store import outbox
from bot.store.store import Store
from bot.talk.screen import Media, MediaKind, Screen

CLEANED = ("image/jpeg", "image/jpg", "image/png", "image/webp")  # as a document such a picture keeps its metadata

_MANY = 64  # fresh file ids


class Pending(CityError):
    """The copy is still on its way to us."""


class Sources:
    """File ids belong to one bot: `bot` is the one that sends."""

    def __init__(self, store: Store, bot: str, files: Path) -> None:
        self._store = store
        self._bot = bot
        self._files = files
        self._fresh: dict[int, str] = {}  # file ids whose rows ride with the next commit

    async def of(self, screen: Screen) -> tuple[Screen, Sequence[Source]]:
        """The screen with the media that there are, as what they are, and as many sources, in order. Raises Pending
        while one is on its way to us; one that will never come is left out, so that its words still arrive. So is one
        that an album can't hold: it stands with the case.
        """
        if not screen.media:
            return screen, ()
        ids = orjson.dumps([media.attachment for media in screen.media]).decode()
        rows = {row.id: row for row in await self._store.read(outbox.SOURCES, ids=ids, bot=self._bot)}
        there = [(media, row) for media in screen.media if (row := rows.get(media.attachment))]
        found = [(media, cast(MediaKind, row.kind), self._source(row)) for media, row in there]
        alone = len(screen.media) == 1
        kept = [
            (replace(media, kind=kind), source)
            for media, kind, source in found
            if source is not None and (alone or kind == media.kind)
        ]
        return replace(screen, media=tuple(media for media, _ in kept)), [source for _, source in kept]

    def _source(self, row: outbox.SourceRow) -> Source | None:
        if row.state == "dropped":
            return None
        as_it_came = row.bot == self._bot and not (row.kind == "document" and row.mime in CLEANED)
        if uploaded := row.uploaded or self._fresh.get(row.id):
            return uploaded
        if as_it_came:
            return row.file_id
        if row.state == "pending":
            raise Pending
        path = self._files / row.sha256[:2] / row.sha256
        return Upload(row.name or row.sha256[:12], row.mime, path) if row.state == "stored" and path.exists() else None

    def uploaded(self, screen: Screen, sources: Sequence[Source], result: Any) -> None:
        """Keep the file ids that the platform gave for copies that we uploaded."""
        messages = result if isinstance(result, list) else [result]
        for media, source, message in zip(screen.media, sources, messages, strict=False):
            file_id = _file_id(media, message) if isinstance(source, Upload) else ""
            if file_id:
                row = {"attachment_id": media.attachment, "bot": self._bot, "file_id": file_id}
                self._store.ride(outbox.UPLOADED, [row])
                self._remember(media.attachment, file_id)

    def _remember(self, attachment: int, file_id: str) -> None:
        """Until its row is there."""
        if len(self._fresh) >= _MANY:
            self._fresh.pop(next(iter(self._fresh)))
        self._fresh[attachment] = file_id


def _file_id(media: Media, message: Any) -> str:
    file = message.get(media.kind) if isinstance(message, dict) else None
    if isinstance(file, list) and file:
        file = file[-1]
    found = file.get("file_id") if isinstance(file, dict) else None
    return found if isinstance(found, str) else ""
