"""Messages out: claimed by a commit, sent within the platform's limits, the result kept with the next commit.

Three outcomes, not two (RELIABILITY section 2): *not sent* comes again after a growing pause, *uncertain* once more
and silently, never a third time. In flight are at most IN_FLIGHT pushes and broadcasts; replies are claimed as they
come. What is in memory here (queue, buckets) is harmless to lose.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import orjson
import structlog

from bot.buckets import Bucket
from bot.channels.base import Channel, Kind, Outcome, To
from bot.channels.http import Http
from bot.clock import SECOND, Clock
from bot.errors import CityError
from bot.media_sources import Pending, Sources
from bot.queue import Queue
from bot.store import outbox
from bot.store.store import Store
from bot.store.work import Priority, Said, Toast

log = structlog.get_logger(__name__)
IN_FLIGHT = 16
REPLIES_IN_FLIGHT = 64
CHAT_RATE, CHAT_BURST = 1.0, 4.0
LOAD = 2_000
RESULT_PAUSE = 0.05  # seconds that a result waits for a commit to ride with
TOAST_AGE = 10.0  # seconds; older presses are no longer answered (PLATFORMS 1.4)
TRIES = 12
MEDIA_PAUSE = 3 * SECOND


class Sender:
    """Sends one channel's messages. `take` is called after each commit; `run` does the rest."""

    def __init__(self, channel: Channel, http: Http, store: Store, clock: Clock, rate: float, sources: Sources) -> None:
        self.channel = channel
        self.trouble = ""
        self.sent = 0
        self._http = http
        self._store = store
        self._clock = clock
        self._sources = sources
        self._queue = Queue()
        self._bot = Bucket(rate, max(rate, 1.0), clock.monotonic())
        self._chats: dict[int, Bucket] = {}
        self._wake = asyncio.Event()
        self._toasts: list[tuple[Toast, float]] = []
        self._flying: set[asyncio.Task[None]] = set()
        self._slow = 0  # pushes and broadcasts in flight
        self._beyond = dict.fromkeys(Priority, False)  # rows that wait in the database alone
        self._outages = 0

    @property
    def waiting(self) -> int:
        """Messages in memory that wait to be sent."""
        return len(self._queue)

    def take(self, said: Sequence[Said], toasts: Sequence[Toast]) -> None:
        """Take over what a commit made lasting. Never blocks, never raises."""
        self._queue.put(s for s in said if s.channel == self.channel.key and not self._beyond[Priority(s.priority)])
        now = self._clock.monotonic()
        self._toasts.extend((toast, now) for toast in toasts if toast.channel == self.channel.key)
        self._wake.set()

    async def run(self) -> None:
        """Send for ever. What was in flight when the last process ended counts as uncertain."""
        await self._patiently(self._begin)
        while True:
            self._wake.clear()
            await self._answer_presses()
            await self._patiently(self._round)
            await self._rest()

    async def drain(self, seconds: float) -> None:
        """Wait for what is in flight, at a stop."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=seconds)

    async def _begin(self) -> None:
        await self._store.at_once(outbox.DOUBT, channel=self.channel.key)
        for priority in Priority:
            await self._load(priority)

    async def _patiently(self, step: Any) -> None:
        """A step that needs the database; while it can't write, sending waits."""
        while True:
            try:
                await step()
            except CityError as error:
                self._complain(f"storage: {error}")
                await self._clock.sleep(1)
            else:
                return

    async def _load(self, priority: Priority) -> None:
        rows = await self._store.read(
            outbox.WAITING, channel=self.channel.key, priority=int(priority), after=0, most=LOAD
        )
        self._beyond[priority] = len(rows) == LOAD
        self._queue.put(row.said() for row in rows)

    async def _round(self) -> None:
        for priority in Priority:
            if self._beyond[priority] and len(self._queue) < LOAD // 4:
                await self._load(priority)
        chosen = self._choose()
        if chosen:
            await self._claim(chosen)

    def _choose(self) -> list[Said]:
        """What may go now: within the bot's and the chats' limits and the number in flight."""
        chosen: list[Said] = []
        now = self._clock.monotonic()
        slow, flying = self._slow, len(self._flying)
        for said in self._queue.ready(self._clock.now()):
            if self._bot.wait(now) or flying + len(chosen) >= REPLIES_IN_FLIGHT:
                break
            fast = said.priority == Priority.REPLY
            if not fast and slow >= IN_FLIGHT:
                break
            if self._chat_wait(said, now):
                continue
            self._bot.take(now)
            self._chats[said.chat_id].take(now)
            slow += not fast
            chosen.append(said)
        return chosen

    def _chat_wait(self, said: Said, now: float) -> float:
        """Seconds that this chat still rests. A reply waits only for a pause: who writes is not bothered by answers."""
        bucket = self._chats.setdefault(said.chat_id, Bucket(CHAT_RATE, CHAT_BURST, now))
        return max(bucket.paused_until - now, 0.0) if said.priority == Priority.REPLY else bucket.wait(now)

    async def _claim(self, chosen: list[Said]) -> None:
        ids = orjson.dumps([said.id for said in chosen]).decode()
        claimed = {row[0] for row in await self._store.at_once(outbox.CLAIM, ids=ids)}
        for said in chosen:
            self._queue.take(said)
            if said.id in claimed:
                said.attempts += 1
                self._fly(said)
            else:  # collapsed or held meanwhile
                self._queue.done(said.chat_id)

    def _fly(self, said: Said) -> None:
        self._slow += said.priority != Priority.REPLY
        task = asyncio.create_task(self._send(said))
        self._flying.add(task)
        task.add_done_callback(lambda task: self._landed(task, said))

    def _landed(self, task: asyncio.Task[None], said: Said) -> None:
        self._flying.discard(task)
        self._slow -= said.priority != Priority.REPLY
        self._queue.done(said.chat_id)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("send_failed", channel=self.channel.key, message=said.id, error=type(error).__name__)
            self._result(said, "dead", error=f"a mistake of ours: {type(error).__name__}")

    async def _send(self, said: Said) -> None:
        try:
            sources = await self._sources.of(said.screen)
        except Pending:
            self._again(said, MEDIA_PAUSE, "", counted=False)
            return
        to = To(said.chat_id, said.edit or None, said.reply_to or None, said.silent)
        outcome = await self._http.call(self.channel.message(said.screen, to, sources))
        if outcome.kind is Kind.PLAIN:
            log.error("markup_refused", channel=self.channel.key, message=said.id)
            outcome = await self._http.call(self.channel.plain(said.screen, to, sources))
        if outcome.kind is Kind.FRESH:
            fresh = To(said.chat_id, None, None, said.silent)
            outcome = await self._http.call(self.channel.message(said.screen, fresh, sources))
        self._keep(said, outcome)
        if outcome.kind is Kind.SENT:
            self._sources.uploaded(said.screen, sources, outcome.result)

    def _keep(self, said: Said, outcome: Outcome) -> None:
        """Write down what became of a message, and draw the consequence."""
        if outcome.kind is not Kind.UNAUTHORIZED and not (outcome.kind is Kind.RETRY and outcome.unreachable):
            self._outages, self.trouble = 0, ""
        match outcome.kind:
            case Kind.SENT:
                self.sent += 1
                self._result(said, "sent", message_id=outcome.message_id or 0)
            case Kind.UNCERTAIN:
                self._doubt(said, outcome)
            case Kind.RETRY:
                self._retry(said, outcome)
            case Kind.UNAUTHORIZED | Kind.CONFLICT:
                self._complain("the token is not accepted")
                self._bot.pause(self._clock.monotonic(), 60)
                self._again(said, 0, outcome.detail, counted=False)
            case Kind.BLOCKED | Kind.GONE:
                self._store.ride(outbox.UNREACHABLE, [{"account_id": said.account_id}])
                self._result(said, "unreachable", error=outcome.detail)
            case Kind.MIGRATED if outcome.chat:
                self._store.ride(outbox.MOVED, [{"account_id": said.account_id, "chat_id": outcome.chat}])
                said.chat_id = outcome.chat
                self._again(said, 0, outcome.detail)
            case _:
                log.error("message_refused", channel=self.channel.key, message=said.id, detail=outcome.detail)
                self._result(said, "dead", error=outcome.detail)

    def _doubt(self, said: Said, outcome: Outcome) -> None:
        said.doubts += 1
        if said.doubts > 1:
            self._result(said, "uncertain", error=outcome.detail)
            return
        said.silent = True
        self._again(said, 2 * SECOND, outcome.detail)

    def _retry(self, said: Said, outcome: Outcome) -> None:
        now = self._clock.monotonic()
        if outcome.retry_after is not None:
            self._slow_down(said, outcome.retry_after, now)
            self._again(said, 0, outcome.detail, counted=False)
        elif outcome.unreachable:
            self._outages += 1
            self._complain(f"unreachable: {outcome.detail}")
            self._bot.pause(now, min(2.0**self._outages, 30.0))
            self._again(said, 0, outcome.detail, counted=False)
        elif said.attempts >= TRIES:
            self._result(said, "dead", error=outcome.detail)
        else:
            self._again(said, min(2**said.attempts, 600) * SECOND, outcome.detail)

    def _slow_down(self, said: Said, seconds: float, now: float) -> None:
        """A 429 is the chat's own where we wrote to it faster than a chat may be written to, else the whole bot's."""
        chat = self._chats[said.chat_id]
        if chat.wait(now) > 0:
            chat.pause(now, seconds)
        else:
            self._bot.pause(now, seconds)

    def _again(self, said: Said, pause: int, error: str, *, counted: bool = True) -> None:
        """Let it wait for another try. What failed keeps its chat's order; a picture on its way holds up nobody."""
        said.attempts -= not counted
        said.due_at = self._clock.now() + pause if pause else 0
        self._result(said, "waiting", error=error)
        if pause and error:
            self._queue.hold(said.chat_id, said.due_at)
        said.collapse = ""
        self._queue.put([said])

    def _result(self, said: Said, state: str, *, message_id: int = 0, error: str = "") -> None:
        row = {
            "id_": said.id,
            "state": state,
            "message_id": message_id,
            "sent_at": self._clock.now() if state == "sent" else 0,
            "due_at": said.due_at,
            "doubts": said.doubts,
            "attempts": said.attempts,
            "silent": said.silent,
            "error": error[:200],
        }
        self._store.ride(outbox.RESULT, [row])

    async def _answer_presses(self) -> None:
        """Answers to presses go first; without a row, and dropped when old or while the bot must pause."""
        toasts, self._toasts = self._toasts, []
        now = self._clock.monotonic()
        for toast, at in toasts:
            if now - at < TOAST_AGE and now >= self._bot.paused_until:
                self._start(self._toast(toast))

    async def _toast(self, toast: Toast) -> None:
        await self._http.call(self.channel.toast(toast.callback_id, toast.text, toast.alert))
        if toast.text and self.channel.needs_message(toast.callback_id):
            await self.whisper(toast.chat_id, toast.text)

    async def whisper(self, chat_id: int, text: str) -> None:
        """Say something that has no row: what a toast can't show, and that nothing can be stored."""
        from bot.talk.rich import Plain
        from bot.talk.screen import Screen

        await self._http.call(self.channel.message(Screen((Plain(text),)), To(chat_id)))

    def _start(self, coroutine: Any) -> None:
        task = asyncio.create_task(coroutine)
        self._flying.add(task)
        task.add_done_callback(self._flying.discard)

    async def _rest(self) -> None:
        """Sleep until something is said, lands or becomes due; write results that found no commit to ride with."""
        timeout = (self._store.riding and RESULT_PAUSE) or self._until_due()
        try:
            await asyncio.wait_for(self._wake.wait(), timeout)
        except TimeoutError:
            if self._store.riding:
                await self._patiently(self._store.at_once)

    def _until_due(self) -> float | None:
        now = self._clock.now()
        waits = [self._bot.wait(self._clock.monotonic())] if len(self._queue) else []
        due = self._queue.next_due(now)
        if due is not None:
            waits.append(max(due - now, 0) / 1000)
        positive = [wait for wait in waits if wait > 0]
        if len(self._queue) and not positive:
            return 0.25  # chats that rest
        return min(positive) if positive else None

    def _complain(self, what: str) -> None:
        if what != self.trouble:
            log.warning("sender_trouble", channel=self.channel.key, trouble=what)
        self.trouble = what
