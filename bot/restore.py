"""A backup put in the place of what is there. Looked through whole before anything is touched; then old or new, never
half: the new database is made ready beside the old one and takes its name in one step.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from gzip import BadGzipFile
from pathlib import Path
from typing import IO

import orjson

from bot.backup import DATABASE, FILE, FORMAT, MANIFEST, Manifest, hash_of, sync
from bot.clock import utc
from bot.errors import DatabaseError, OperatorError
from bot.lock import ServiceLock
from bot.settings import Settings
from bot.store.copies import Held, check_copy, counters, make_ready, settle

_CHUNK = 1 << 20


def restore(settings: Settings, archive: Path) -> list[str]:
    """Restore an archive of `make_backup`; answers lines for the operator.

    The service must not run (the lock is held meanwhile). Messages that had not gone out are held until `release`;
    ids and case numbers jump ahead. What is replaced stays beside as `.before-restore`. Raises OperatorError, OSError.
    """
    database = settings.database_url
    lock = ServiceLock(database)
    lock.take()
    try:
        for left in database.parent.glob(".restore-*"):  # of a restore that was killed
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=database.parent, prefix=".restore-") as folder:
            side = Path(folder, DATABASE)
            manifest = _check(archive, side)
            kept = _before(database)
            held = make_ready(side, _seen(database, kept))
            sync(side)
            _take_files(archive, settings.data_dir)
            replaced = database.exists()
            if replaced:
                _keep(database, kept)
            side.replace(database)
            sync(database.parent)
    finally:
        lock.release()
    return _told(manifest, held, kept if replaced else None)


def _told(manifest: Manifest, held: Held, kept: Path | None) -> list[str]:
    lines = [f"Restored what was there on {utc(manifest.made_at):%Y-%m-%d %H:%M} UTC, with {manifest.files} files."]
    if kept is not None:
        lines.append(f"What it replaced is {kept}: remove it when all is well, it holds what people wrote.")
    if held.messages or held.files:
        lines.append(
            f"Held: {held.messages} messages and {held.files} files that had not gone out. They may have since: "
            "look at `python bot.py release`, then --send or --drop."
        )
    return lines


def _before(database: Path) -> Path:
    return database.with_name(database.name + ".before-restore")


def _seen(*databases: Path) -> dict[str, int]:
    """The highest counters of these databases: codes that were given since the backup are not given again."""
    seen: dict[str, int] = {}
    for path in filter(Path.exists, databases):
        for key, value in counters(path).items():
            seen[key] = max(seen.get(key, 0), value)
    return seen


def _keep(database: Path, kept: Path) -> None:
    """A second name for the old database, and nothing of its log beside the new one: SQLite would play it back."""
    settled = settle(database)
    for path in _beside(kept):
        path.unlink(missing_ok=True)
    second = kept.with_name(kept.name + ".new")
    second.unlink(missing_ok=True)
    os.link(database, second)
    second.replace(kept)
    for path, other in zip(_beside(database), _beside(kept), strict=True):
        if path.exists() and not settled:  # of a damaged database, for whoever tries to mend it
            path.replace(other)
        path.unlink(missing_ok=True)
    sync(database.parent)


def _beside(database: Path) -> list[Path]:
    return [database.with_name(database.name + end) for end in ("-wal", "-shm")]


def _check(archive: Path, side: Path) -> Manifest:
    """Look at every byte of the archive, and unpack its database to `side`."""
    files, found, manifest = 0, "", None
    with _opened(archive) as members:
        for entry, content in members:
            if FILE.fullmatch(entry.name):
                _check_file(entry, content)
                files += 1
            elif entry.name == DATABASE:
                _unpack(content, side)
                found = hash_of(side)
            elif entry.name == MANIFEST:
                manifest = Manifest(**orjson.loads(content.read()))
            else:
                raise ValueError(f"{entry.name[:80]!r} does not belong into a backup")
        if manifest is None or manifest.files != files or manifest.database != found:
            raise ValueError("it is not whole")
    if manifest.format != FORMAT:
        raise OperatorError(f"{archive} is a backup of a newer program.", "Restore it with that program.")
    check_copy(side)
    return manifest


def _check_file(entry: tarfile.TarInfo, content: IO[bytes]) -> None:
    found = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        found.update(chunk)
    if not entry.name.endswith(found.hexdigest()):
        raise ValueError(f"{entry.name} is damaged")


@contextmanager
def _opened(archive: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    """The plain files of an archive. What is wrong with it, here or in the block, is one DatabaseError."""
    if not archive.is_file():
        raise OperatorError(f"There is no file {archive}.", "Give the path of a backup.")
    try:
        with tarfile.open(archive, "r:gz") as opened:
            yield ((entry, content) for entry in opened if (content := opened.extractfile(entry)) is not None)
    except (tarfile.TarError, BadGzipFile, zlib.error, EOFError, ValueError, TypeError) as error:
        raise DatabaseError(f"{archive} is no usable backup ({error}).", "Nothing was changed; try another.") from None


def _take_files(archive: Path, data: Path) -> None:
    """Put the archive's files to those that are there: their names are their hashes, so none is ever replaced."""
    with _opened(archive) as members:
        for entry, content in members:
            if FILE.fullmatch(entry.name) and not (target := data / entry.name).exists():
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                part = target.with_name(target.name + ".part")
                _unpack(content, part)
                part.replace(target)
                sync(target.parent)


def _unpack(content: IO[bytes], path: Path) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        while chunk := content.read(_CHUNK):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
