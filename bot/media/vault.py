"""Files on disk, by the hash of what is in them: `<root>/<first two>/<sha256>`. No name of anybody chooses a path."""

from __future__ import annotations

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO

from bot.errors import CityError
from bot.media.types import HEAD


class TooLarge(CityError):
    """More bytes than are taken."""


class Draft:
    """A file that is being written. Leaving it without `keep` takes it away."""

    def __init__(self, file: IO[bytes], vault: Vault) -> None:
        self._file = file
        self._vault = vault
        self._hash = hashlib.sha256()
        self.path = Path(file.name)
        self.head = b""
        self.size = 0

    async def take(self, stream: AsyncIterator[bytes], most: int) -> None:
        """Write what comes, counting. Raises TooLarge at the first byte above `most`, OSError when the disk is full."""
        async for chunk in stream:
            self.size += len(chunk)
            if self.size > most:
                raise TooLarge
            self.head += chunk[: HEAD - len(self.head)]
            await asyncio.to_thread(self._write, chunk)
        await asyncio.to_thread(self._file.flush)

    def measure(self) -> None:
        """Hash what somebody else wrote at `path`. Blocks."""
        with self.path.open("rb") as file:
            while chunk := file.read(1 << 20):
                self._hash.update(chunk)
                self.size += len(chunk)

    async def keep(self) -> str:
        """Make it lasting, and answer its sha256. The caller holds the vault's lock until its row is committed."""
        sha256 = self._hash.hexdigest()
        await asyncio.to_thread(self._vault.put, self._file, sha256)
        return sha256

    def __enter__(self) -> Draft:
        return self

    def __exit__(self, *exc: object) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _write(self, chunk: bytes) -> None:
        self._hash.update(chunk)
        self._file.write(chunk)


class Vault:
    """`lock` stands between keeping a file with its row and taking away a file that no row names."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._drafts = root / "tmp"
        self.lock = asyncio.Lock()

    def prepare(self) -> None:
        """Make the folders; what was being written when the last process ended goes. Blocks."""
        self._drafts.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in self._drafts.iterdir():
            left.unlink()

    def draft(self) -> Draft:
        """A new empty file that only we can read. Raises OSError."""
        return Draft(tempfile.NamedTemporaryFile(dir=self._drafts, delete=False), self)

    def path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256

    def put(self, file: IO[bytes], sha256: str) -> None:
        """Blocks: on disk, then named, then the name on disk too."""
        file.flush()
        os.fsync(file.fileno())
        target = self.path(sha256)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        Path(file.name).replace(target)
        for folder in (target.parent, self._root):
            _sync(folder)

    def remove(self, sha256: str) -> None:
        """Blocks; a file that is not there is none."""
        if sha256:
            self.path(sha256).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
