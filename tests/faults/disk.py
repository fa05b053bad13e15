"""Disk, locks and second processes: rows 4, 18, 19, 20."""

from __future__ import annotations

import asyncio
import contextlib
import re
import resource
import shutil
import sys
import time
from collections.abc import AsyncIterator

import aiohttp

from bot.sandbox.platform import Platform
from bot.sandbox.server import serve
from bot.sandbox.world import Sandbox
from bot.settings import ROOT
from bot.store.driver import connect
from tests.faults.citizens import Ledger, crowd
from tests.faults.kills import judge, settled
from tests.faults.report import Figure, Run
from tests.faults.service import Service, look

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@contextlib.asynccontextmanager
async def serving(run: Run, name: str, **settings: str) -> AsyncIterator[tuple[Service, Sandbox]]:
    """A service on Telegram alone that has polled once."""
    sandbox = Sandbox()
    async with serve(sandbox) as server:
        service = Service(server, run.room(name), ("telegram",), settings=settings)
        run.logs.append(service.log)
        try:
            await service.start()
            await asked(sandbox.telegram)
            yield service, sandbox
        finally:
            await service.gone()


async def asked(platform: Platform, within: float = 30) -> None:
    """Until the service polls."""
    async with asyncio.timeout(within):
        while not platform.calls.count("getme") or not platform.bot.updates.polled.is_set():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


# 4: power loss


async def row_4(run: Run) -> list[Figure]:
    """System calls in order: between an update's arrival and its acknowledgement the WAL must be synced."""
    if shutil.which("strace") is None:
        return [Figure(4, "committed before acknowledged", "100 %", "strace is not installed", False)]
    sandbox = Sandbox()
    async with serve(sandbox) as server:
        service = Service(server, run.room("power"), ("telegram",))
        trace = service.folder / "trace"
        calls = "trace=fdatasync,fsync,sendto,recvfrom,read,write,openat"
        await service.start((), "strace", "-f", "-s", "400", "-y", "-o", str(trace), "-e", calls)
        try:
            await asked(sandbox.telegram, 90)
            ledger, stop = Ledger(), asyncio.Event()
            people = asyncio.create_task(crowd(sandbox.telegram, ledger, 3, stop))
            await asyncio.sleep(run.pick(3, 12))
            stop.set()
            await asyncio.wait_for(people, 120)
            await service.stop()
        finally:
            await service.gone()
    acknowledged, unsynced = _order(trace.read_text(errors="replace"))
    measured = f"{acknowledged} acknowledgements traced, {unsynced} without a sync of the WAL before them"
    good = acknowledged > 10 and not unsynced
    return [Figure(4, "committed before acknowledged (strace)", "100 % preceded by a sync", measured, good)]


_OFFSET = re.compile(r"getUpdates.*?offset=(\d+)")


def _order(trace: str) -> tuple[int, int]:
    """Acknowledgements (a poll with a higher offset), and those with no sync of the WAL since the poll before."""
    acknowledged = unsynced = 0
    synced, newest = False, 0
    for line in trace.splitlines():
        if ("fdatasync(" in line or "fsync(" in line) and "-wal" in line:
            synced = True
        elif found := _OFFSET.search(line):
            offset = int(found[1])
            if offset > newest:
                acknowledged += 1
                unsynced += not synced
                newest = offset
            synced = False
    return acknowledged, unsynced


# 18: second processes


async def row_18(run: Run) -> list[Figure]:
    async with serving(run, "second") as (service, sandbox):
        ledger, stop = Ledger(), asyncio.Event()
        people = asyncio.create_task(crowd(sandbox.telegram, ledger, 3, stop))
        at = time.monotonic()
        code, said = await _second(service)
        seconds = time.monotonic() - at
        commands = run.pick(6, 500)
        ran = await _commands(service, commands)
        stop.set()
        await asyncio.wait_for(people, 60)
        await settled(service.database)
        judged = judge(ledger, service.database, sandbox, "telegram")
        await service.stop()
    whole = look(service.database, "PRAGMA integrity_check") == [("ok",)]
    named = f"process {service.pid}" in said and len(said.strip().splitlines()) == 1 and "Stop it first" in said
    beside = f"{ran} of {commands} worked, {judged.acknowledged} reports meanwhile, {judged.lost} lost, whole: {whole}"
    refused = f"exit {code}: {said.strip()}"
    return [
        Figure(18, "a second service", "refused with pid and cure", refused, code != 0 and named),
        Figure(18, "refused soon", "<= 1 s", f"{seconds:.2f} s with Python's own start", seconds <= 1, True),
        Figure(18, "invite and backup beside it", "all work, integrity ok", beside, ran == commands and whole),
    ]


async def _second(service: Service) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "bot.py", "run", cwd=ROOT, env=service.environment(),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode or 0, out.decode()


async def _commands(service: Service, count: int) -> int:
    """How many commands of another process did their work."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.commands", str(count), str(service.folder / "backups"),
        cwd=ROOT, env=service.environment(), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 300)
    last = out.decode().strip().splitlines()[-1:] or [err.decode()[-300:]]
    return int(last[0]) if last[0].isdigit() else 0


# 19: the database held by another


async def row_19(run: Run) -> list[Figure]:
    held = run.pick(3, 30)
    async with serving(run, "held", WEB_PORT="0") as (service, sandbox):
        url = await _health_url(service)
        citizen = sandbox.telegram.person()
        other = connect(service.database)
        other.execute("BEGIN IMMEDIATE")
        at = time.monotonic()
        citizen.starts()
        turned = await _until_status(url, 503, held + 10)
        await asyncio.sleep(max(held - (time.monotonic() - at), 0))
        waiting = len(sandbox.telegram.bot.updates)
        other.execute("ROLLBACK")
        other.close()
        at = time.monotonic()
        await citizen.answer(within=20)
        back = time.monotonic() - at
        well = await _until_status(url, 200, 10)
        await service.stop()
    measured = f"held {held} s: {waiting} update kept by the platform, answered after the release"
    times = f"503 after {turned:.1f} s, answered {back:.2f} s after the release, 200 after {well:.1f} s"
    good = waiting == 1 and turned < held + 10
    return [
        Figure(19, "database held by another", "not acknowledged, 0 lost", measured, good),
        Figure(19, "health tells and it recovers", "503 after 5 s; <= 1 s", times, turned <= 7 and back <= 1, True),
    ]


async def _health_url(service: Service) -> str:
    """The page of a service whose port the system chose."""
    listing = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PORT, str(service.pid), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await listing.communicate()
    return f"http://127.0.0.1:{out.decode().strip()}/health"


_PORT = """
import os, sys
pid = sys.argv[1]
mine = {os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")}
for line in open(f"/proc/{pid}/net/tcp").read().splitlines()[1:]:
    parts = line.split()
    if parts[3] == "0A" and f"socket:[{parts[9]}]" in mine:
        print(int(parts[1].split(":")[1], 16))
        break
"""


async def _until_status(url: str, status: int, within: float) -> float:
    at = time.monotonic()
    async with aiohttp.ClientSession() as session:
        while time.monotonic() - at < within:
            async with session.get(url) as answer:
                if answer.status == status:
                    break
            await asyncio.sleep(0.1)
    return time.monotonic() - at


# 20: a full disk


async def row_20(run: Run) -> list[Figure]:
    """The service may write no byte more (RLIMIT_FSIZE): database, media and log at once; then it may again."""
    async with serving(run, "full") as (service, sandbox):
        ledger, stop = Ledger(), asyncio.Event()
        people = asyncio.create_task(crowd(sandbox.telegram, ledger, 3, stop))
        await asyncio.sleep(run.pick(1, 3))
        resource.prlimit(service.pid, resource.RLIMIT_FSIZE, (4_096, resource.RLIM_INFINITY))
        stranger = sandbox.telegram.person("stranger")
        stranger.starts()
        told = await stranger.answer(within=20)
        stranger.says("?")
        await asyncio.sleep(run.pick(1, 5))
        waiting, copies = len(sandbox.telegram.bot.updates), len(stranger.inbox)
        at = time.monotonic()
        resource.prlimit(service.pid, resource.RLIMIT_FSIZE, UNLIMITED)
        await stranger.answer(within=20)
        back = time.monotonic() - at
        alive = service.process is not None and service.process.returncode is None
        stop.set()
        await asyncio.wait_for(people, 60)
        await settled(service.database)
        judged = judge(ledger, service.database, sandbox, "telegram")
        await service.stop()
    whole = look(service.database, "PRAGMA integrity_check") == [("ok",)]
    measured = (
        f"{waiting} updates not acknowledged, told once: {copies == 1} ({told.text[:40]!r}), {judged.acknowledged} "
        f"codes shown: {judged.lost} lost, {judged.doubled} doubled; whole: {whole}; same process: {alive}"
    )
    good = whole and alive and copies == 1 and waiting > 0 and not (judged.lost or judged.doubled or judged.stuck)
    return [
        Figure(20, "disk full: database, media, log", "0 lost, 0 corrupt, told once", measured, good),
        Figure(20, "serves again by itself", "<= 5 s", f"{back:.2f} s after space returned", back <= 5, True),
    ]
