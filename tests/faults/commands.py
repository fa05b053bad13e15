"""Operators' commands in a process beside the service: `python -m tests.faults.commands COUNT FOLDER`.

Prints how many of them worked: invitations and backups in turn.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.backup import make_backup
from bot.clock import SystemClock
from bot.inviting import Wish, invite
from bot.settings import load_settings


async def main(count: int, folder: Path) -> int:
    settings, done = load_settings(), 0
    for number in range(count):
        if number % 10 == 9:
            await asyncio.to_thread(make_backup, settings, SystemClock(), folder / f"{number}.tar.gz")
        else:
            await invite(settings, SystemClock(), Wish("dispatcher"))
        done += 1
    return done


if __name__ == "__main__":
    print(asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]))))
