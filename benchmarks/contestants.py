"""Who runs: each bot as a process of its own, started as its makers say."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOKEN = "137:benchmark"
PEERS = ROOT / ".venv-bench" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bot runs: its platform's address, and a folder for what it keeps."""

    url: str
    folder: Path
    dialogue: Path


@dataclass(frozen=True, slots=True)
class Contestant:
    """`name` as the table shows it; `command` makes what is started. `asked`: by its pipes."""

    key: str
    name: str
    command: Callable[[Place], list[str]]
    environment: Callable[[Place], dict[str, str]]
    asked: bool = False


def _ours(place: Place) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "BALE_TOKEN": "",
        "TELEGRAM_API_URL": place.url,
        "TELEGRAM_RATE": "1000000",
        "DATABASE_URL": f"sqlite:///{database(place)}",
        "DATA_DIR": str(place.folder),
        "WEB_PORT": "0",
        "LOG_LEVEL": "warning",
    }


def _theirs(place: Place) -> dict[str, str]:
    return {"BENCH_URL": place.url, "BENCH_TOKEN": TOKEN, "BENCH_DIALOGUE": str(place.dialogue)}


def peer(module: str) -> Callable[[Place], list[str]]:
    """The command of another bot."""
    return lambda _: [str(PEERS), "-m", f"benchmarks.peers.{module}"]


OURS = Contestant("ours", "this bot, durable", lambda _: [sys.executable, "bot.py", "run"], _ours)
AIOGRAM = Contestant("aiogram", "aiogram 3, state in memory", peer("aiogram_bot"), _theirs)
PTB = Contestant("ptb", "python-telegram-bot's own loop, state in memory", peer("ptb_bot"), _theirs)
SOCKETS = Contestant("sockets", "bare sockets (the floor)", peer("sockets_bot"), _theirs)
CLOCKED = Contestant("clocked", "with clocks", lambda _: [sys.executable, "-m", "benchmarks.instrumented"], _ours, True)
ALL = (OURS, AIOGRAM, PTB, SOCKETS)


def environment(contestant: Contestant, place: Place) -> dict[str, str]:
    """The variables of the process: nothing of ours leaks in from outside."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", **contestant.environment(place)}


def database(place: Place) -> Path:
    """Our database file."""
    return place.folder / "benchmark.db"


@dataclass(frozen=True, slots=True)
class Kept:
    """What our database says after a run: updates that failed, dead letters, messages of unclear fate or unsent."""

    failed: int
    dead: int
    unclear: int


def kept(place: Place) -> Kept:
    """Read our database once the process has ended."""
    with sqlite3.connect(database(place)) as connection:
        failed = connection.execute("SELECT count(*) FROM failed_updates").fetchone()[0]
        states = dict(connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())
    return Kept(failed, states.get("dead", 0), sum(states.values()) - states.get("sent", 0) - states.get("dead", 0))
