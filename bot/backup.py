"""A backup: the database as of one moment and every file that its rows name, as one .tar.gz.

Safe beside a running service. The database is copied first and the files after it: a file is kept before its row is
committed, so none is missing. `manifest.json` comes last, so that an archive cut off on its way is recognised. The
settings (tokens!) and the city pack are not in it.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import orjson

from bot.clock import Clock, utc
from bot.errors import DatabaseError, OperatorError
from bot.settings import Settings
from bot.store.copies import copy_database

FORMAT = 1
DATABASE, MANIFEST = "shahr137.db", "manifest.json"
FILE = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_LEVEL = 3  # photos do not get smaller, the database does at any level


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself. `made_at` is milliseconds since 1970, `database` the copy's SHA-256."""

    format: int
    made_at: int
    schema: str
    database: str
    files: int


def make_backup(settings: Settings, clock: Clock, target: Path) -> str:
    """Write the archive to `target`, or under a dated name into the folder `target`; answers what was done.

    Whole or not at all: it gets its name when it is on disk. Raises OperatorError, StorageFull, OSError.
    """
    if not settings.database_url.exists():
        raise DatabaseError(f"There is no database {settings.database_url}.", "Check DATABASE_URL, or start it once.")
    if target.is_dir():
        target = target / f"shahr137-{utc(clock.now()):%Y%m%d-%H%M%S}.tar.gz"
    if target.exists():
        raise OperatorError(f"{target} is there already.", "Give another name: no backup is ever written over.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        copy, archive = Path(folder, DATABASE), Path(folder, "archive")
        made_at = clock.now()
        schema = copy_database(settings.database_url, copy)
        with _private(archive) as file:
            files = _write(file, copy, settings.data_dir, Manifest(FORMAT, made_at, schema, hash_of(copy), 0))
        archive.replace(target)
    sync(target.parent)
    return f"{target}: the database (version {schema}) and {files} files, {target.stat().st_size / 1e6:.1f} MB."


def _private(path: Path) -> IO[bytes]:
    """A new file that only this user may read: it holds what citizens wrote."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(file: IO[bytes], copy: Path, data: Path, manifest: Manifest) -> int:
    files = 0
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=_LEVEL) as archive:
        archive.add(copy, DATABASE, filter=_nobody)
        for path, name in stored_files(data):
            try:
                archive.add(path, name, filter=_nobody)
            except FileNotFoundError:  # its owner had it erased just now
                continue
            files += 1
        told = orjson.dumps(asdict(manifest) | {"files": files})
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(told)
        archive.addfile(entry, io.BytesIO(told))
    file.flush()
    os.fsync(file.fileno())
    return files


def _nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names of this machine's users."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry


def stored_files(data: Path) -> Iterator[tuple[Path, str]]:
    """Path and name in the archive of each stored file."""
    for path in sorted((data / "files").glob("??/*")):
        name = f"files/{path.parent.name}/{path.name}"
        if FILE.fullmatch(name):
            yield path, name


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
