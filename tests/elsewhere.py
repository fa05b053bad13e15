"""Sandbox and service each in a process of their own, as in life: they know of each other by two addresses alone."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.remote import RemotePerson, RemoteSandbox
from bot.settings import ROOT
from tests.town import TOKENS


@dataclass
class Elsewhere:
    """A running pair. `afresh`: from here on only what comes is looked at."""

    sandbox: RemoteSandbox
    database: Path
    _cases: int = 0

    async def afresh(self) -> None:
        self._cases = max((row[0] for row in await self._select("SELECT id FROM cases")), default=0)

    async def newcomer(self, name: str, channel: str = "telegram") -> RemotePerson:
        person = await self.sandbox[channel].person(name)
        await person.starts()
        await person.answer(within=15)
        await person.presses("فارسی")
        await person.answer()
        return person

    async def rows(self, sql: str) -> list[Any]:
        """Cases are those since `afresh`."""
        return await self._select(sql.replace("FROM cases", f"FROM (SELECT * FROM cases WHERE id > {self._cases})"))

    async def _select(self, sql: str) -> list[Any]:
        def look() -> list[Any]:
            with contextlib.closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)) as connection:
                return connection.execute(sql).fetchall()

        return await asyncio.to_thread(look)


@contextlib.asynccontextmanager
async def elsewhere(folder: Path) -> AsyncIterator[Elsewhere]:
    """Start both, and end both."""
    async with _process("-m", "bot.sandbox", stdout=PIPE) as sandbox:
        assert sandbox.stdout is not None
        urls = json.loads(await asyncio.wait_for(sandbox.stdout.readline(), 20))
        database = folder / "shahr137.db"
        settings = {
            **TOKENS,
            "TELEGRAM_API_URL": urls["telegram"],
            "BALE_API_URL": urls["bale"],
            "DATABASE_URL": f"sqlite:///{database}",
            "DATA_DIR": str(folder),
            "WEB_PORT": "0",
        }
        async with _process("bot.py", "run", env=settings), RemoteSandbox(urls["control"]) as remote:
            await _exists(database)
            yield Elsewhere(remote, database)


@contextlib.asynccontextmanager
async def _process(*words: str, env: dict[str, str] | None = None, stdout: int = DEVNULL) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=stdout, stderr=DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


async def _exists(database: Path) -> None:
    """Until the service has made its tables."""
    async with asyncio.timeout(20):
        while True:
            with (
                contextlib.suppress(sqlite3.OperationalError),
                contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection,
            ):
                connection.execute("SELECT 1 FROM cases").fetchall()
                return
            await asyncio.sleep(0.05)
