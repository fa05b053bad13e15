"""Our bot with a clock in each part: `python -m benchmarks.instrumented`, asked by a line on standard input.

Each line read is answered with one line of JSON: CPU seconds so far of the process and of each part. A part's time is
its own: what it calls of other parts is theirs. The clocks themselves cost about a tenth.
"""

from __future__ import annotations

import functools
import importlib
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from typing import Any

from bot.cli import main

# Where a part is looked up when it is called, by the name it has there.
PARTS: tuple[tuple[str, str, str], ...] = (
    ("id, hash and cleaning of the raw update", "bot.intake", "arrival_of printable"),
    ("Update.de_json", "telegram.Update", "de_json"),
    ("process_update: routing, context", "telegram.ext.Application", "process_update"),
    ("handlers", "telegram.ext.BaseHandler", "handle_update"),
    ("understanding the words", "bot.understand.mind.Mind", "categories dangers smalltalk landmark other_town"),
    ("texts by Fluent", "bot.talk.texts.Texts", "_format"),
    ("SQL: what handlers ask", "bot.store.unit", "_flush_and_read"),
    ("saying: parts and cutting", "bot.store.work.Work", "say"),
    ("unit: newcomers, merging, scripts", "bot.store.unit.Unit", "work merge _script"),
    ("SQL: BEGIN, claim, load", "bot.store.loading", "open_"),
    ("SQL: flush and COMMIT", "bot.store.unit", "_flush_and_commit"),
    ("SQL: claims and results of the sender", "bot.store.store", "_at_once"),
    ("SQL: other reads", "bot.store.store", "_read"),
    ("hops into the database's thread", "bot.store.driver.Database", "run"),
    (
        "sender: choosing and bookkeeping",
        "bot.sender.Sender",
        "take _choose _landed _keep _claim _answer_presses _rest",
    ),
    ("rendering a screen", "bot.channels.forms.Forms", "message toast"),
    ("form encoding", "bot.channels.http", "encode"),
    ("calls by aiohttp: asking", "bot.channels.wire.Wire", "post"),
    ("reading answers", "bot.channels.answers", "classify read"),
    ("broadcaster: slices, counts", "bot.broadcaster.Broadcaster", "_safely _feed _slice _deliver _tally _progress"),
    ("intake itself", "bot.intake.Intake", "take _poll _again"),
)
_clock = time.thread_time_ns


class Parts:
    """Nanoseconds of CPU by part, each without the parts inside it."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._inside = threading.local()

    def enter(self) -> int:
        stack = self._inside.__dict__.setdefault("stack", [])
        stack.append(0)
        return _clock()

    def leave(self, part: str, began: int) -> None:
        stack: list[int] = self._inside.stack
        took = _clock() - began
        self.spent[part] += took - stack.pop()
        if stack:
            stack[-1] += took


parts = Parts()


class _Stepped:
    """A coroutine whose every step is timed: waiting costs nothing."""

    def __init__(self, coroutine: Any, part: str) -> None:
        self._coroutine, self._part = coroutine, part

    def __await__(self) -> Generator[Any, Any, Any]:
        send, value = self._coroutine.send, None
        while True:
            began = parts.enter()
            try:
                waits = send(value)
            except StopIteration as done:
                return done.value
            finally:
                parts.leave(self._part, began)
            send, value = self._coroutine.send, None
            try:
                value = yield waits
            except BaseException as error:
                send, value = self._coroutine.throw, error


def _timed(function: Callable[..., Any], part: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def timed(*args: Any, **kwargs: Any) -> Any:
        began = parts.enter()
        try:
            result = function(*args, **kwargs)
        finally:
            parts.leave(part, began)
        return result

    @functools.wraps(function)
    async def stepped(*args: Any, **kwargs: Any) -> Any:
        return await _Stepped(function(*args, **kwargs), part)

    return stepped if function.__code__.co_flags & 0x80 else timed


def _put_clocks() -> None:
    for part, place, names in PARTS:
        owner = _found(place)
        for name in names.split():
            held = owner.__dict__.get(name)
            if isinstance(held, classmethod):
                setattr(owner, name, classmethod(_timed(held.__func__, part)))
            elif held is not None:
                setattr(owner, name, _timed(held, part))


def _found(place: str) -> Any:
    """The module, or the class in it. Raises ImportError."""
    try:
        return importlib.import_module(place)
    except ImportError:
        module, _, name = place.rpartition(".")
        return getattr(importlib.import_module(module), name)


def _told() -> None:
    for _ in sys.stdin:
        spent = {part: ns / 1e9 for part, ns in parts.spent.items()}
        sys.stdout.write(json.dumps({"all": time.process_time(), "parts": spent}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    importlib.import_module("bot.app")
    _put_clocks()
    threading.Thread(target=_told, daemon=True).start()
    raise SystemExit(main(["run"]))
