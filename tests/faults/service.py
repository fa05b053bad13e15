"""The real service in a process of its own, to be killed, starved and stopped."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.server import Server
from bot.settings import ROOT
from tests.town import TOKENS

RUN = ("bot.py", "run")


def look(database: Path, sql: str) -> list[Any]:
    """Rows of a database that a service in another process may be using. Never of one in this process: this SQLite is
    not the service's, and two of them in one process pull each other's locks away.
    """
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


@dataclass
class Service:
    """`python bot.py run`, or another program in its place, against a sandbox in this process. `channels`: which."""

    server: Server
    folder: Path
    channels: tuple[str, ...] = ("telegram", "bale")
    program: tuple[str, ...] = RUN
    settings: dict[str, str] = field(default_factory=dict)
    starts: int = 0
    process: asyncio.subprocess.Process | None = None
    started_at: float = 0.0

    @property
    def log(self) -> Path:
        return self.folder / "service.log"

    @property
    def database(self) -> Path:
        return self.folder / "shahr137.db"

    def environment(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "BALE_"))}
        env |= {"DATABASE_URL": f"sqlite:///{self.database}", "DATA_DIR": str(self.folder), "WEB_PORT": "0"}
        env |= {"LOG_LEVEL": "debug", "PYTHONPATH": str(ROOT)}
        for name in ("telegram", "bale"):
            env[f"{name.upper()}_TOKEN"] = TOKENS[f"{name.upper()}_TOKEN"] if name in self.channels else ""
            env[f"{name.upper()}_API_URL"] = self.server.url(name)
        return env | self.settings

    async def start(self, program: tuple[str, ...] = (), *before: str) -> None:
        """Begin; does not wait until it is ready. `before`: a program in front, as strace."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.starts += 1
        self.started_at = time.monotonic()
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *before,
                sys.executable,
                *(program or self.program),
                cwd=ROOT,
                env=self.environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def kill(self) -> None:
        """SIGKILL, at this very moment."""
        if self.process is not None and self.process.returncode is None:
            os.killpg(self.pid, signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        """A signal to the process."""
        os.kill(self.pid, number)

    async def ended(self, within: float = 30.0) -> int:
        """Its exit code."""
        assert self.process is not None
        return await asyncio.wait_for(self.process.wait(), within)

    async def stop(self) -> float:
        """SIGTERM; the seconds until it was gone. AssertionError when that took more than 20."""
        if self.process is None or self.process.returncode is not None:
            return 0.0
        at = time.monotonic()
        os.killpg(self.pid, signal.SIGTERM)  # the group: strace in front does not pass it on
        try:
            await self.ended(20)
        except TimeoutError:
            self.kill()
            raise AssertionError("the service did not stop on SIGTERM") from None
        return time.monotonic() - at

    async def gone(self) -> None:
        """Whatever it takes."""
        if self.process is not None and self.process.returncode is None:
            self.kill()
            await self.ended()
