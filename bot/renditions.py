"""What is sent, ready to be called: a screen with its sources. The deliveries of a broadcast share theirs, and all of
its form but the chat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

from bot.channels.base import Call, Channel, Source, To, Upload
from bot.channels.wire import encode
from bot.clock import Clock
from bot.media_sources import Sources
from bot.store.deliveries import RENDITION
from bot.store.store import Store
from bot.talk import screen as screens
from bot.talk.screen import Screen

_MANY = 64  # kept; a broadcast has one a language
_FRESH = 5.0  # seconds in which it is believed that a file is still there


@dataclass(slots=True)
class Letter:
    """A screen and as many sources as it has media. `gone`: it was one file, and that will never come.

    `forms` are kept for letters to many: method and encoded form after the chat, by whether the phone stays silent.
    """

    screen: Screen
    sources: Sequence[Source]
    gone: bool = False
    until: float = 0.0
    forms: dict[bool, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def uploads(self) -> bool:
        """Whether a file has to be uploaded with it."""
        return any(isinstance(source, Upload) for source in self.sources)

    def call(self, channel: Channel, to: To) -> Call:
        """The call that shows it there."""
        return channel.message(self.screen, to, self.sources)

    def call_of_many(self, channel: Channel, to: To) -> Call:
        """The same where it goes to many: as a new message it is encoded once."""
        if to.edit is not None or to.reply_to is not None or self.uploads:
            return self.call(channel, to)
        form = self.forms.get(to.silent)
        if form is None:
            made = self.call(channel, to)
            rest = encode({name: value for name, value in made.params.items() if name != "chat_id"})
            form = self.forms[to.silent] = (made.method, b"&" + rest)
        return Call(form[0], {}, {}, b"chat_id=%d%b" % (to.chat, form[1]))


class Renditions:
    """Harmless to lose. A rendition never changes: a correction is another one."""

    def __init__(self, store: Store, sources: Sources, clock: Clock) -> None:
        self._store = store
        self._sources = sources
        self._clock = clock
        self._known: dict[int, Letter] = {}

    async def letter(self, rendition_id: int) -> Letter:
        """Ready to be sent. Raises LookupError for a rendition that is gone, Pending as `Sources.of`."""
        known = self._known.get(rendition_id)
        if known is None or (known.sources and self._clock.monotonic() >= known.until):
            known = await self._read(rendition_id)
            if not known.uploads:
                self._keep(rendition_id, known)
        return known

    async def _read(self, rendition_id: int) -> Letter:
        rows = await self._store.read(RENDITION, rendition_id=rendition_id)
        if not rows:
            raise LookupError("no such rendition")
        return await letter_of(screens.load(orjson.loads(rows[0].screen)), self._sources, self._clock)

    def _keep(self, rendition_id: int, letter: Letter) -> None:
        self._known.pop(rendition_id, None)
        if len(self._known) >= _MANY:
            self._known.pop(next(iter(self._known)))
        self._known[rendition_id] = letter


async def letter_of(whole: Screen, sources: Sources, clock: Clock) -> Letter:
    """The letter of this screen. Raises Pending as `Sources.of`."""
    screen, found = await sources.of(whole)
    gone = bool(whole.media) and not screen.media and not screen.text
    return Letter(screen, found, gone, clock.monotonic() + _FRESH)
