"""Files on disk."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.media.vault import TooLarge, Vault


async def pieces(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = Vault(tmp_path / "files")
    made.prepare()
    return made


async def test_what_is_kept_lies_under_its_hash_and_only_we_can_read_it(vault: Vault) -> None:
    with vault.draft() as draft:
        await draft.take(pieces(b"one ", b"two"), 100)
        sha256 = await draft.keep()
    assert sha256 == hashlib.sha256(b"one two").hexdigest()
    path = vault.path(sha256)
    assert (path.read_bytes(), path.parent.name, path.stat().st_mode & 0o077) == (b"one two", sha256[:2], 0)
    assert not draft.path.exists()


async def test_what_is_not_kept_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    with vault.draft() as draft:
        await draft.take(pieces(b"half"), 100)
        assert files_in(tmp_path) == [draft.path]
    assert files_in(tmp_path) == []


async def test_the_first_byte_too_many_stops_the_writing(vault: Vault) -> None:
    with vault.draft() as draft:
        await draft.take(pieces(b"1234"), 4)
        with pytest.raises(TooLarge):
            await draft.take(pieces(b"5"), 4)
        assert draft.path.stat().st_size == 4


async def test_a_file_filled_by_somebody_else_is_hashed_all_the_same(vault: Vault) -> None:
    with vault.draft() as draft:
        draft.path.write_bytes(b"a zip")
        draft.measure()
        assert (draft.size, await draft.keep()) == (5, hashlib.sha256(b"a zip").hexdigest())


def test_removing_what_is_not_there_is_no_error_and_an_empty_hash_removes_nothing(vault: Vault, tmp_path: Path) -> None:
    vault.remove("ab" * 32)
    vault.remove("")
    assert (tmp_path / "files").exists()
