"""Our side of the process that draws posters."""

from __future__ import annotations

import asyncio
import sys
from asyncio import StreamReader
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import orjson

from bot.errors import CityError
from bot.media.vault import Draft
from bot.pictures.printing import Print

WALL = 60.0  # seconds, waiting for a processor included; drawing takes half of one
MOST = 16 << 20  # bytes of one file
_ROOT = Path(__file__).parents[2]
_CHUNK = 65_536


class Undrawn(CityError):
    """It can't be drawn; `str()` is the word for it: *shaping* (this machine can't shape Persian), slow, broken."""


async def draw(what: Print, png: Draft, pdf: Draft) -> None:
    """Draw it into two files. Raises Undrawn, OSError."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.pictures.poster"), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=_ROOT, env={}
    )
    try:
        async with asyncio.timeout(WALL):
            await _talk(process, what, png, pdf)
    except Undrawn:  # it ends by itself
        raise
    except BaseException as error:
        process.kill()
        if isinstance(error, TimeoutError):
            raise Undrawn("slow") from None
        raise
    finally:
        await process.wait()


async def _talk(process: Process, what: Print, png: Draft, pdf: Draft) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(what.dump())
    process.stdin.close()
    line = await process.stdout.readline()
    if not line.endswith(b"\n"):
        raise Undrawn("broken")
    head = orjson.loads(line)
    if head["error"]:
        raise Undrawn(head["error"])
    for draft, length in zip((png, pdf), head["lengths"], strict=True):
        await draft.take(_pieces(process.stdout, length), MOST)
        if draft.size != length:
            raise Undrawn("broken")


async def _pieces(out: StreamReader, length: int) -> AsyncIterator[bytes]:
    while length and (chunk := await out.read(min(_CHUNK, length))):
        length -= len(chunk)
        yield chunk
