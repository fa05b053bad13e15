"""Messages out: claimed by a commit, sent within the platform's limits, the result kept with the next commit.

Three outcomes, not two (docs/reliability.md): *not sent* comes again after a growing pause, *uncertain* once more
and silently, never a third time. In flight are at most IN_FLIGHT pushes and broadcasts; replies are claimed as they
come. What is in memory here (queue, buckets) is harmless to lose.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from math import inf
from typing import Any

import orjson
import structlog

from bot.channels.base import Call, Channel, Kind, Outcome, To
from bot.channels.http import Http
from bot.clock import SECOND, Clock
from bot.errors import CityError
from bot.media_sources import Pending, Sources
from bot.pace import Pace
from bot.queue import Queue
from bot.renditions import Letter, Renditions, letter_of
from bot.store import outbox
from bot.store.store import Store
from bot.store.work import Priority, Said, Toast
from bot.talk.rich import Plain
from bot.talk.screen import Screen

log = structlog.get_logger(__name__)
IN_FLIGHT = 16
REPLIES_IN_FLIGHT = 64
LOAD = 2_000  # rows read at once, of one priority
KEEP = 10_000  # messages in memory; beyond that rows wait in the database alone, of replies beyond twice as many
RESULT_PAUSE = 0.05  # seconds that a result waits for a commit to ride with
TOAST_AGE = 10.0  # seconds; Telegram then says "query is too old"
TRIES = 12
MEDIA_PAUSE = 3 * SECOND
DATABASE_PAUSE = 0.2  # seconds; who waits for a lock has waited two already


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
        self._renditions = Renditions(store, sources, clock)
        self._uploading = asyncio.Lock()
        self._queue = Queue()
        self._pace = Pace(rate, clock.monotonic())
        self._wake = asyncio.Event()
        self._toasts: list[tuple[Toast, float]] = []
        self._flying: set[asyncio.Task[None]] = set()
        self._slow = 0  # pushes and broadcasts in flight
        self._beyond = dict.fromkeys(Priority, False)  # some rows wait in the database alone
        self._passed = dict.fromkeys(Priority, False)  # and newer ones came since the first of them were read
        self._after = dict.fromkeys(Priority, 0)
        self._write_by = inf
        self._stopping = False

    @property
    def waiting(self) -> int:
        """Messages in memory that wait to be sent."""
        return len(self._queue)

    def take(self, said: Sequence[Said], toasts: Sequence[Toast]) -> None:
        """Take over what a commit made lasting. Never blocks, never raises."""
        self._queue.put(s for s in said if s.channel == self.channel.key and self._fits(Priority(s.priority)))
        now = self._clock.monotonic()
        self._toasts.extend((toast, now) for toast in toasts if toast.channel == self.channel.key)
        self._wake.set()

    def _fits(self, priority: Priority) -> bool:
        if len(self._queue) >= (2 * KEEP if priority == Priority.REPLY else KEEP):
            self._beyond[priority] = True
        self._passed[priority] = self._beyond[priority]
        return not self._beyond[priority]

    def heard(self, accepted: bool) -> None:
        """Intake asked the platform, which accepted the token or refused it. Never blocks, never raises."""
        if not accepted:
            self._pace.halt()
        elif self._pace.heard(self._clock.monotonic()):
            self._wake.set()

    async def run(self) -> None:
        """Send for ever. What was in flight when the last process ended counts as uncertain."""
        await self._patiently(self._begin)
        while True:
            self._wake.clear()
            self._answer_presses()
            await self._patiently(self._round)
            await self._rest()

    async def drain(self, seconds: float) -> None:
        """Begin nothing more, and wait for what is in flight: at a stop."""
        self._stopping = True
        if self._flying:
            await asyncio.wait(self._flying, timeout=seconds)

    async def _begin(self) -> None:
        await self._store.at_once(outbox.DOUBT, channel=self.channel.key)
        for priority in Priority:
            await self._load(priority)

    async def _patiently(self, step: Callable[[], Awaitable[object]]) -> None:
        """A step that needs the database; while it can't write, sending waits."""
        while True:
            try:
                await step()
            except CityError as error:
                self._complain(f"storage: {error}")
                await self._clock.sleep(DATABASE_PAUSE)
            else:
                return

    async def _load(self, priority: Priority) -> None:
        """Read the next page of what waits. After the last page nothing waits in the database alone, unless something
        was said since the first: then the pages are read again (what is in memory already is not taken twice).
        """
        after = self._after[priority]
        if not after:
            self._passed[priority] = False
        rows = await self._store.read(
            outbox.WAITING, channel=self.channel.key, priority=int(priority), after=after, most=LOAD
        )
        whole = len(rows) < LOAD
        self._beyond[priority] = not whole or self._passed[priority]
        self._after[priority] = 0 if whole else rows[-1].id
        self._queue.put(said for row in rows if (said := self._readable(row)) is not None)

    def _readable(self, row: outbox.WaitingRow) -> Said | None:
        """The message of a row. One that can't be read becomes a dead letter, or it would end each start."""
        try:
            return row.said()
        except Exception as error:
            log.error("row_unreadable", channel=self.channel.key, message=row.id, error=type(error).__name__)
            said = Said(row.id, row.channel, row.account_id, row.chat_id, row.priority, Screen(), attempts=row.attempts)
            self._result(said, "dead", error=f"the row can't be read: {type(error).__name__}")
            return None

    async def _round(self) -> None:
        for priority in Priority:
            while self._beyond[priority] and self._hungry():
                await self._load(priority)
        chosen = self._choose()
        if chosen:
            await self._claim(chosen)

    def _hungry(self) -> bool:
        """Whether to read on: little is left in memory, or all of it must wait while the bot may send."""
        waiting = self._pace.wait(self._clock.monotonic())
        return len(self._queue) < LOAD // 4 or (not waiting and self._queue.next(self._clock.now()) is None)

    def _choose(self) -> list[Said]:
        """What may go now: within the bot's and the chats' limits and the number in flight. It leaves the queue."""
        chosen: list[Said] = []
        now, wall = self._clock.monotonic(), self._clock.now()
        self._queue.rested(now)
        slow, room, begun = self._slow, self._room(), False
        while len(chosen) < room and (said := self._queue.next(wall)) is not None:
            if not self._has_place(said, slow, begun) or self._wait(said, now, begun):
                break
            if 0 < said.expires_at <= wall:
                self._late(said)
                continue
            if rest := self._pace.chat_wait(said, now):
                self._queue.rest(said, now + rest)
                continue
            self._pace.take(said.chat_id, now)
            self._queue.take(said)
            slow += said.priority != Priority.REPLY
            begun = said.priority != Priority.REPLY
            chosen.append(said)
        return chosen

    def _has_place(self, said: Said, slow: int, begun: bool) -> bool:
        """Whether so many pushes and broadcasts in flight leave a place for this one. Messages of a broadcast begin
        when there is place for several.
        """
        if said.priority == Priority.BROADCAST and not begun:
            return slow <= IN_FLIGHT // 2
        return said.priority == Priority.REPLY or slow < IN_FLIGHT

    def _wait(self, said: Said, now: float, begun: bool = False) -> float:
        """Seconds until the bot may send it, whatever its chat."""
        return self._pace.wait(now) if said.priority == Priority.REPLY else self._pace.unasked_wait(now, begun=begun)

    def _late(self, said: Said) -> None:
        """Nobody needs to hear it any more."""
        self._queue.take(said)
        self._queue.done(said.chat_id)
        self._store.ride(outbox.LATE, [{"id_": said.id, "now": self._clock.now()}])

    def _room(self) -> int:
        """How many more may be in flight; while the platform is out of reach one message tries it."""
        if self._stopping:
            return 0
        return (1 if self._pace.probing else REPLIES_IN_FLIGHT) - len(self._flying)

    async def _claim(self, chosen: list[Said]) -> None:
        ids = orjson.dumps([said.id for said in chosen]).decode()
        try:
            claimed = dict(await self._store.at_once(outbox.CLAIM, ids=ids))
        except BaseException:
            for said in chosen:
                self._queue.put([said])
                self._queue.done(said.chat_id)
            raise
        for said in chosen:
            if said.id in claimed:
                said.attempts += 1
                said.rendition_id = claimed[said.id]  # a correction may have come meanwhile
                self._fly(said)
            else:  # collapsed, stopped or held meanwhile
                self._pace.give_back(said.chat_id)
                self._queue.done(said.chat_id)

    def _fly(self, said: Said) -> None:
        self._slow += said.priority != Priority.REPLY
        task = asyncio.create_task(self._send(said))
        self._flying.add(task)
        chat_id = said.chat_id  # it may change on the way
        task.add_done_callback(lambda task: self._landed(task, said, chat_id))

    def _landed(self, task: asyncio.Task[None], said: Said, chat_id: int) -> None:
        self._flying.discard(task)
        self._slow -= said.priority != Priority.REPLY
        self._queue.done(chat_id)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("send_failed", channel=self.channel.key, message=said.id, error=type(error).__name__)
            self._result(said, "dead", error=f"a mistake of ours: {type(error).__name__}")

    async def _send(self, said: Said) -> None:
        """One that uploads a file for many goes alone: the others then use what the platform calls it."""
        try:
            letter = await self._letter(said)
            if said.rendition_id is None or not letter.uploads:
                await self._post(said, letter)
                return
            async with self._uploading:
                await self._post(said, await self._letter(said))
        except Pending:
            self._again(said, MEDIA_PAUSE, "", counted=False)
        except CityError as error:
            self._again(said, SECOND, f"storage: {type(error).__name__}", counted=False)

    async def _letter(self, said: Said) -> Letter:
        if said.rendition_id is None:
            return await letter_of(said.screen, self._sources, self._clock)
        return await self._renditions.letter(said.rendition_id)

    async def _post(self, said: Said, letter: Letter) -> None:
        if letter.gone:
            self._result(said, "dead", error="its file is gone")
            return
        to = To(said.chat_id, said.edit or None, said.reply_to or None, said.silent)
        made = letter.call(self.channel, to) if said.rendition_id is None else letter.call_of_many(self.channel, to)
        outcome = await self._http.call(made)
        if said.broadcast_id and said.edit:
            self._keep(said, in_place(outcome))
            return
        if outcome.kind is Kind.PLAIN:
            log.error("markup_refused", channel=self.channel.key, message=said.id)
            outcome = await self._http.call(self.channel.plain(letter.screen, to, letter.sources))
        if outcome.kind is Kind.FRESH:
            fresh = To(said.chat_id, None, None, said.silent)
            outcome = await self._http.call(letter.call(self.channel, fresh))
        self._keep(said, outcome)
        if outcome.kind is Kind.SENT:
            self._sources.uploaded(letter.screen, letter.sources, outcome.result)

    def _keep(self, said: Said, outcome: Outcome) -> None:
        """Write down what became of a message, and draw the consequence."""
        if outcome.kind is not Kind.UNAUTHORIZED and not outcome.unreachable:
            self._pace.arrived()
            self.trouble = ""
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
                self._pace.halt()
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
            self._pace.too_fast(outcome.retry_after, now, said.chat_id)
            self._again(said, 0, outcome.detail, counted=False)
        elif outcome.unreachable:
            self._complain(f"unreachable: {outcome.detail}")
            self._pace.out_of_reach(now)
            self._again(said, 0, outcome.detail, counted=False)
        elif said.attempts >= TRIES:
            self._result(said, "dead", error=outcome.detail)
        else:
            self._again(said, min(2**said.attempts, 600) * SECOND, outcome.detail)

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

    def _answer_presses(self) -> None:
        """Answers to presses go first; without a row, and dropped when old or while nothing may be called."""
        toasts, self._toasts = self._toasts, []
        now = self._clock.monotonic()
        for toast, at in toasts:
            if now - at < TOAST_AGE and self._pace.quiet(now) <= 0:
                self._start(self._toast(toast))

    async def _toast(self, toast: Toast) -> None:
        await self._call_alone(self.channel.toast(toast.callback_id, toast.text, toast.alert))
        if toast.text and self.channel.needs_message(toast.callback_id):
            await self.whisper(toast.chat_id, toast.text)

    def nudge(self) -> None:
        """The clock was turned: look again at what may go."""
        self._wake.set()

    def warn(self, chat_id: int, text: str) -> None:
        """Say beside all else something that has no row. Never blocks, never raises."""
        self._start(self.whisper(chat_id, text))

    async def whisper(self, chat_id: int, text: str) -> None:
        """Say something that has no row: what a toast can't show, and that nothing can be stored. It waits for its
        turn among the messages; where that takes too long it is lost.
        """
        while wait := self._pace.wait(self._clock.monotonic()):
            if wait > TOAST_AGE:
                return
            await self._clock.sleep(wait)
        self._pace.spend(self._clock.monotonic())
        await self._call_alone(self.channel.message(Screen((Plain(text),)), To(chat_id)))

    async def _call_alone(self, call: Call) -> None:
        """A call whose outcome matters to the pace alone."""
        outcome = await self._http.call(call)
        now = self._clock.monotonic()
        if outcome.kind is Kind.UNAUTHORIZED:
            self._pace.halt()
        elif outcome.retry_after is not None:
            self._pace.too_fast(outcome.retry_after, now)
        elif outcome.unreachable:
            self._pace.out_of_reach(now)

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._flying.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        if len(self._queue):
            self._wake.set()

    async def _rest(self) -> None:
        """Sleep until something is said, lands or becomes due; write results that found no commit to ride with."""
        now = self._clock.monotonic()
        if not self._store.riding:
            self._write_by = inf
        elif self._write_by == inf:
            self._write_by = now + RESULT_PAUSE
        pause = min(self._write_by - now, self._until_due(now))
        await self._clock.wait(self._wake, None if pause == inf else max(pause, 0))
        if self._store.riding and self._clock.monotonic() >= self._write_by:
            self._write_by = inf
            await self._patiently(self._store.at_once)

    def _until_due(self, now: float) -> float:
        """Seconds until something may go that may not now; what is in flight wakes us itself."""
        if not len(self._queue) or self._room() <= 0:
            return inf
        wall = self._clock.now()
        head, due, rest = self._queue.next(wall), self._queue.next_due(), self._queue.next_rest()
        waits = [inf]
        if head is not None and self._has_place(head, self._slow, begun=False):
            waits.append(self._wait(head, now))  # 0 where the token came while we were looking
        if due is not None:
            waits.append(max(due - wall, 1) / 1000)
        if rest is not None:
            waits.append(rest - now)
        return min(waits)

    def _complain(self, what: str) -> None:
        if what != self.trouble:
            log.warning("sender_trouble", channel=self.channel.key, trouble=what)
        self.trouble = what


def in_place(outcome: Outcome) -> Outcome:
    """What a message that many got becomes when it can't be changed: it stays as it is, and nobody gets another one."""
    if outcome.kind in (Kind.FRESH, Kind.PLAIN):
        return Outcome(Kind.REFUSED, detail=outcome.detail)
    return outcome
