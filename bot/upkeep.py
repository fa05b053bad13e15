"""The operator's small commands beside a running service. Each answers the lines that are printed."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

from bot.app import RENEWED
from bot.clock import utc
from bot.errors import OperatorError
from bot.learning import LOOKS
from bot.lock import ServiceLock, holder
from bot.pack.check import check_pack
from bot.pack.load import load_pack
from bot.settings import Settings
from bot.store import held, inbox, schema
from bot.store.inbox import FailedRow
from bot.store.soundness import check_before_start
from bot.store.tool import Tool, opened

PATIENCE = 30.0  # seconds for the service to read a pack
_AS_ITS_USER = "Run this command as the user of the service."
_PLACE = re.compile(r'^  File "(?:[^"\n]*/)?([^"/\n]+)", line (\d+).*\n(?:    .*\n)*([\w.]+)', re.MULTILINE)


def migrate(settings: Settings) -> list[str]:
    """Bring the database to this program's version, as a start would. The service must not run."""
    lock = ServiceLock(settings.database_url)
    lock.take()
    try:
        check_before_start(settings.database_url)
        done = schema.prepare(settings.database_url)
    finally:
        lock.release()
    return [f"The database is of version {schema.HEAD}{' now' if done else ' already'}."]


def list_failed(settings: Settings) -> list[str]:
    """Updates whose handling failed: never what people wrote, only what went wrong."""
    with opened(settings.database_url) as tool:
        rows = tool.read(inbox.FAILED)
    return [_failed(row) for row in rows] or ["No update has failed."]


def _failed(row: FailedRow) -> str:
    at = f"{utc(row.failed_at):%Y-%m-%d %H:%M}"
    what = _what(row.error)
    return f"{row.id}  {at} UTC  {row.bot} update {row.update_id}  {row.state} after {row.attempts}  {what}"


def _what(trace: str) -> str:
    """What was raised, and where: not its words, which may be what somebody wrote. All of it where it has no place."""
    if found := _PLACE.findall(trace):
        file, line, name = found[-1]
        return f"{name} at {file}:{line}"
    return "".join(letter if letter.isprintable() else " " for letter in trace.strip())[:100]


def retry(settings: Settings) -> list[str]:
    """Have failed updates handled again: by the running service within a minute, else at the next start."""
    with opened(settings.database_url) as tool:
        wanted = tool.do(inbox.WANT_AGAIN)
    if not wanted:
        return ["Nothing to do: no update has failed."]
    return [f"{wanted} updates are handled again by the service; then see: python bot.py retry --list"]


def release(settings: Settings, what: str) -> list[str]:
    """What a restore holds: listed (`what` empty), or given to the service to send, or dropped."""
    with opened(settings.database_url) as tool:
        files, rows = tool.read(held.HELD_FILES)[0].n, tool.read(held.HELD)
        if not rows and not files:
            return ["Nothing is held."]
        if what:
            return _release(tool, what)
    lines = [
        f"{row.channel}: {row.n} messages, said from {utc(row.oldest):%Y-%m-%d %H:%M} to {utc(row.newest):%H:%M %d %b}"
        for row in rows
    ]
    lines += [f"{files} files that people asked for"] if files else []
    return [*lines, "They may have gone out after the backup was made. Choose: release --send, or release --drop."]


def _release(tool: Tool, what: str) -> list[str]:
    if what == "send":
        tool.put(held.RELEASE, what)
        return ["The service sends them, some twenty a second; one that does not run begins at its next start."]
    messages, files = tool.do(held.DROP), tool.do(held.DROP_FILES)
    return [f"Dropped: {messages} messages and {files} files."]


def renew(settings: Settings) -> tuple[list[str], bool]:
    """Let the running service read the pack anew, once it can be used. Raises OperatorError where none runs."""
    lines, usable = check(settings.city)
    if not usable:
        return [*lines, "The service goes on with the pack that it has."], False
    process = holder(settings.database_url)
    if not process.isdecimal():
        raise OperatorError("No service runs on this database.", "The next start reads the pack anyway.")
    with opened(settings.database_url) as tool:
        before = tool.get(RENEWED)
        _ask(int(process))
        outcome = _await(lambda: tool.get(RENEWED), before)
    if error := outcome.partition(" ")[2]:
        return [f"{error} The service goes on with the pack that it has."], False
    return [f"The service (process {process}) goes on with the pack in {settings.city}."], True


def _ask(process: int) -> None:
    try:
        os.kill(process, signal.SIGHUP)
    except OSError as error:
        raise OperatorError(
            f"The service (process {process}) can't be told ({error.strerror}).", _AS_ITS_USER
        ) from None


def _await(read: Callable[[], str | None], before: str | None) -> str:
    """What it says. Raises OperatorError when it says nothing in time."""
    end = time.monotonic() + PATIENCE
    while (now := read()) in (None, before):
        if time.monotonic() > end:
            raise OperatorError("The service does not answer.", "Look into its log, or start it anew.")
        time.sleep(0.05)
    return now or ""


def check(folder: Path) -> tuple[list[str], bool]:
    """What a program can see in a pack, and whether it may be used like this."""
    findings = check_pack(folder, looks=LOOKS)
    lines = [str(finding) for finding in findings]
    wrong = sum(finding.level == "error" for finding in findings)
    if wrong:
        return [*lines, f"{folder}: {wrong} to correct."], False
    unconfirmed = load_pack(folder).unconfirmed()
    lines += [f"unconfirmed, so not told to citizens: {key}" for key in unconfirmed]
    return [*lines, f"{folder} can be used."], True
