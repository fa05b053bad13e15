"""What waits to be sent on one channel, in memory beside its rows: by chat, in order, the urgent chats first.

Harmless to lose: the rows are read again at the next start. Each operation costs the logarithm of what waits, so that
ten thousand waiting chats are no slower than ten.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from heapq import heappop, heappush

from bot.store.work import Said


def _order(said: Said) -> tuple[int, int]:
    return said.priority, said.id


class Queue:
    """Messages by chat. A chat is *busy* while one of its messages is on its way, so that order holds.

    `_ready` and `_later` are heaps of (order, chat) and (time, chat). An entry that time has overtaken is dropped when
    it comes up; a chat that changed stands in `_changed` until the next look, and is then filed anew.
    """

    def __init__(self) -> None:
        self._chats: dict[int, list[Said]] = {}
        self._busy: set[int] = set()
        self._ids: set[int] = set()
        self._held: dict[int, int] = {}
        self._rests: dict[int, int] = {}
        self._changed: set[int] = set()
        self._ready: list[tuple[tuple[int, int], int]] = []
        self._later: list[tuple[int, int]] = []
        self._resting: list[tuple[float, int]] = []

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
            self._changed.add(said.chat_id)

    def _replace(self, chat: list[Said], said: Said) -> None:
        """Parts of one saying share their key and have neighbouring ids; only older sayings go."""
        gone = [s for s in chat if s.collapse == said.collapse and s.saying < said.saying]
        for old in gone:
            chat.remove(old)
            self._ids.discard(old.id)

    def next(self, now: int) -> Said | None:
        """The message that goes first: of the chats that are free, the most urgent, then the earliest said."""
        self._file(now)
        while self._ready:
            order, chat_id = self._ready[0]
            head = self._head(chat_id, now)
            if head is not None and _order(head) == order:
                return head
            heappop(self._ready)
            if head is not None:
                heappush(self._ready, (_order(head), chat_id))
        return None

    def _file(self, now: int) -> None:
        while self._later and self._later[0][0] <= now:
            self._changed.add(heappop(self._later)[1])
        for chat_id in self._changed:
            if chat_id in self._busy or chat_id not in self._chats:
                continue
            head = self._head(chat_id, now)
            if head is not None:
                heappush(self._ready, (_order(head), chat_id))
            if due := self._due(chat_id, now):
                heappush(self._later, (due, chat_id))
        self._changed.clear()

    def _head(self, chat_id: int, now: int) -> Said | None:
        """The chat's first message that is due, unless one is on its way or the chat must wait."""
        if chat_id in self._busy or self._held.get(chat_id, 0) > now:
            return None
        head = next((said for said in self._chats.get(chat_id, ()) if said.due_at <= now), None)
        return None if head is None or self._rests.get(chat_id) == head.id else head

    def _due(self, chat_id: int, now: int) -> int:
        """When to look at this chat again, 0 for never."""
        held = self._held.get(chat_id, 0)
        dues = (max(said.due_at, held) for said in self._chats[chat_id])
        return min((due for due in dues if due > now), default=0)

    def next_due(self) -> int | None:
        """When a chat is to be looked at again (milliseconds); None when nothing but news can change anything."""
        return self._later[0][0] if self._later else None

    def take(self, said: Said) -> None:
        """This message is on its way."""
        self._chats[said.chat_id].remove(said)
        self._ids.discard(said.id)
        self._busy.add(said.chat_id)

    def done(self, chat_id: int) -> None:
        """Its way is over, whatever became of it."""
        self._busy.discard(chat_id)
        self._rests.pop(chat_id, None)
        if self._chats.get(chat_id):
            self._changed.add(chat_id)
        else:
            self._chats.pop(chat_id, None)
            self._held.pop(chat_id, None)

    def hold(self, chat_id: int, until: int) -> None:
        """Nothing to this chat before `until` (milliseconds): what failed comes again first, in its order."""
        self._held[chat_id] = until
        self._changed.add(chat_id)

    def rest(self, said: Said, until: float) -> None:
        """Not this message before `until` (monotonic seconds); another that comes to stand before it may go."""
        self._rests[said.chat_id] = said.id
        heappush(self._resting, (until, said.chat_id))

    def rested(self, now: float) -> None:
        """Let those go on whose rest is over at `now`."""
        while self._resting and self._resting[0][0] <= now:
            chat_id = heappop(self._resting)[1]
            self._rests.pop(chat_id, None)
            self._changed.add(chat_id)

    def next_rest(self) -> float | None:
        """When the next rest is over (monotonic seconds); None when nobody rests."""
        return self._resting[0][0] if self._resting else None
