"""Our side of the process that writes pictures anew."""

from __future__ import annotations

import asyncio
import sys
from asyncio import StreamReader
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import orjson

from bot.errors import CityError
from bot.media.types import Type
from bot.media.vault import Draft

WALL = 30.0  # seconds for one picture, waiting for a processor included
MOST = 32 << 20  # bytes that we take from the process
_ROOT = Path(__file__).parents[2]
_CHUNK = 65_536
_FLAT = 20  # Telegram refuses photos that are longer than this many times their width
AT_ONCE = 2  # each may use 768 MB for a moment


class Unclean(CityError):
    """The picture can't be written anew; `str()` is the word for it: bomb, memory, broken, slow."""


class Cleaned(NamedTuple):
    width: int
    height: int
    lat: float | None
    lon: float | None

    @property
    def is_photo(self) -> bool:
        """Whether a messenger takes it as a photo."""
        return max(self.width, self.height) <= _FLAT * min(self.width, self.height)


async def clean(source: Path, type_: Type, into: Draft, turn: asyncio.Semaphore) -> Cleaned:
    """Write the picture anew as a JPEG, when it is its `turn`. Bytes pass through in pieces, none of them decoded.

    Raises Unclean, OSError.
    """
    async with turn:
        with source.open("rb") as file:
            # Without our environment: a picture that got hold of the process finds no token there.
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.pictures.clean", type_.mime),
                stdin=file,
                stdout=PIPE,
                stderr=DEVNULL,
                cwd=_ROOT,
                env={},
            )
        try:
            async with asyncio.timeout(WALL):
                assert process.stdout is not None
                return await _answer(process.stdout, into)
        except Unclean:  # it ends by itself; a needless kill would race with asyncio's own waiting for it
            raise
        except BaseException as error:
            process.kill()
            if isinstance(error, TimeoutError):
                raise Unclean("slow") from None
            raise
        finally:
            await process.wait()


async def _answer(out: StreamReader, into: Draft) -> Cleaned:
    line = await out.readline()
    if not line.endswith(b"\n"):  # it was killed by one of its limits
        raise Unclean("memory")
    head = orjson.loads(line)
    if head["error"]:
        raise Unclean(head["error"])
    await into.take(_pieces(out), MOST)
    return Cleaned(head["width"], head["height"], head["lat"], head["lon"])


async def _pieces(out: StreamReader) -> AsyncIterator[bytes]:
    while chunk := await out.read(_CHUNK):
        yield chunk
