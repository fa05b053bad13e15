"""The screens that the deliveries of broadcasts share: read once and kept while they are in use."""

from __future__ import annotations

import orjson

from bot.store.deliveries import RENDITION
from bot.store.store import Store
from bot.talk import screen as screens
from bot.talk.screen import Screen

_MANY = 64  # kept; a broadcast has one a language


class Renditions:
    """Harmless to lose. A rendition never changes: a correction is another one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, Screen] = {}

    async def of(self, rendition_id: int) -> Screen:
        """Its screen. Raises LookupError for one that is gone."""
        known = self._known.get(rendition_id)
        if known is None:
            rows = await self._store.read(RENDITION, rendition_id=rendition_id)
            if not rows:
                raise LookupError("no such rendition")
            if len(self._known) >= _MANY:
                self._known.pop(next(iter(self._known)))
            known = self._known[rendition_id] = screens.load(orjson.loads(rows[0].screen))
        return known
