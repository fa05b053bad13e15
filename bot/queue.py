"""What waits to be sent on one channel, in memory beside its rows: by chat, in order, the urgent chats first.

Harmless to lose: the rows are read again at the next start.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

from bot.store.work import Said


def _order(said: Said) -> tuple[int, int]:
    return said.priority, said.id


class Queue:
    """Messages by chat. A chat is *busy* while one of its messages is on its way, so that order holds."""

    def __init__(self) -> None:
        self._chats: dict[int, list[Said]] = {}
        self._busy: set[int] = set()
        self._ids: set[int] = set()
        self._held: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def put(self, messages: Iterable[Said]) -> None:
        """Take messages in; one with a collapse key takes the place of earlier ones that still wait."""
        for said in messages:
            if said.id in self._ids:
                continue
            chat = self._chats.setdefault(said.chat_id, [])
            if said.collapse:
                self._replace(chat, said)
            insort(chat, said, key=_order)
            self._ids.add(said.id)

    def _replace(self, chat: list[Said], said: Said) -> None:
        """Parts of one saying share their key and have neighbouring ids; only older sayings go."""
        gone = [s for s in chat if s.collapse == said.collapse and s.saying < said.saying]
        for old in gone:
            chat.remove(old)
            self._ids.discard(old.id)

    def ready(self, now: int) -> list[Said]:
        """The next message of each chat that is free, replies first, then in order of saying."""
        heads = [head for chat_id, chat in self._chats.items() if (head := self._head(chat_id, chat, now))]
        return sorted(heads, key=_order)

    def _head(self, chat_id: int, chat: list[Said], now: int) -> Said | None:
        if chat_id in self._busy or self._held.get(chat_id, 0) > now:
            return None
        return next((said for said in chat if said.due_at <= now), None)

    def next_due(self, now: int) -> int | None:
        """When the first message that can't go yet becomes due."""
        dues = [max(said.due_at, self._held.get(chat_id, 0)) for chat_id, chat in self._chats.items() for said in chat]
        return min((due for due in dues if due > now), default=None)

    def take(self, said: Said) -> None:
        """This message is on its way."""
        self._chats[said.chat_id].remove(said)
        self._ids.discard(said.id)
        self._busy.add(said.chat_id)

    def done(self, chat_id: int) -> None:
        """Its way is over, whatever became of it."""
        self._busy.discard(chat_id)
        if not self._chats.get(chat_id, True):
            del self._chats[chat_id]
            self._held.pop(chat_id, None)

    def hold(self, chat_id: int, until: int) -> None:
        """Nothing to this chat before `until` (milliseconds): what failed comes again first, in its order."""
        self._held[chat_id] = until
