"""Everything that is kept about a person, as one archive: a page, and the files that they sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from bot.clock import Clock
from bot.errors import NotFound
from bot.media.erase import unkeep
from bot.media.export_page import Kept, render
from bot.media.vault import Draft, Vault
from bot.pack.pack import Pack
from bot.store import export_rows as rows
from bot.store import people, tables
from bot.store.attachments import WantedRow
from bot.store.export_rows import FileRow
from bot.store.person import Address
from bot.store.store import Store
from bot.store.work import Work
from bot.talk.reader import Reader
from bot.talk.screen import Media

ROOM = 18 << 20  # bytes of files in one archive; a live bot on Bale found 20 MB to be the most that it may upload
NAME = "shahr137-data.zip"


class Export:
    """The maker of wanted rows of kind "export". Made twice after a kill, it is said once: with the row's *done*."""

    def __init__(
        self, store: Store, vault: Vault, clock: Clock, pack: Callable[[], Pack], reader: Callable[[Address], Reader]
    ) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._pack = pack
        self._reader = reader

    async def __call__(self, row: WantedRow) -> None:
        """Raises NotFound for a person who has no account any more, OSError when the disk is full."""
        kept = await self._read(row.person_id)
        address = await self._address(row.person_id)
        inside = await asyncio.to_thread(chosen, kept.files, self._vault)
        page = render(kept, inside, self._reader(address), self._pack(), self._clock.now())
        with self._vault.draft() as draft:
            content = {inside[file.id]: self._vault.path(file.sha256) for file in kept.files if file.id in inside}
            await asyncio.to_thread(_write, draft, page, content)
            await self._keep(row, draft)

    async def _keep(self, row: WantedRow, draft: Draft) -> None:
        async with self._vault.lock:
            sha256, kept = await draft.keep(), False
            try:
                await self._settle(row, draft.size, sha256)
                kept = True
            finally:
                if not kept:
                    await unkeep(self._store, self._vault, sha256)

    async def _settle(self, row: WantedRow, size: int, sha256: str) -> None:
        async with self._store.unit() as unit:
            work = await unit.work()
            self._say(work, await _address(work, row.person_id), size, sha256)
            work.set(tables.wanted, row.id, state="done", error="")
            unit.merge(work)
            await self._store.commit(unit)

    def _say(self, work: Work, address: Address, size: int, sha256: str) -> None:
        file = {"kind": "document", "bot": "", "file_id": "", "name": NAME, "mime": rows.EXPORT_MIME}
        kept = {"state": "stored", "sha256": sha256, "size": size, "created_at": work.now}
        attachment = work.add(tables.attachments, person_id=address.person_id, **file, **kept)
        reader = self._reader(address)
        work.say(reader.screen(reader.rich("set-export-ready"), media=(Media("document", attachment),)), address)

    async def _address(self, person_id: int) -> Address:
        found = await self._store.read(people.ACCOUNTS, ids=f"[{person_id}]")
        if not found:
            raise NotFound
        return found[0].address

    async def _read(self, person_id: int) -> Kept:
        read, me = self._store.read, {"person_id": person_id}
        found = await read(rows.PERSON, **me)
        if not found:
            raise NotFound
        return Kept(
            found[0],
            await read(rows.ACCOUNTS, **me),
            await read(rows.ROLES, **me),
            await read(rows.CASES, **me),
            await read(rows.JOINED, **me),
            await read(rows.EVENTS, **me),
            await read(rows.ADDITIONS, **me),
            await read(rows.MESSAGES, **me),
            await read(rows.DIALOGUES, **me),
            await read(rows.FILES, **me),
            await read(rows.WISHES, **me),
        )


async def _address(work: Work, person_id: int) -> Address:
    """Looked up again inside the unit: the person may have been erased meanwhile. Raises NotFound."""
    found = await people.addresses(work, [person_id])
    if person_id not in found:
        raise NotFound
    return found[person_id]


def chosen(files: Sequence[FileRow], vault: Vault) -> Mapping[int, str]:
    """Where in the archive each file lies: the newest first, as many as fit in ROOM. Blocks: looks at the disk."""
    inside: dict[int, str] = {}
    room = ROOM
    for file in reversed(files):
        if file.state == "stored" and file.size <= room and vault.path(file.sha256).is_file():
            inside[file.id] = f"files/{Path(file.name).name or file.id}"
            room -= file.size
    return inside


def _write(draft: Draft, page: bytes, content: Mapping[str, Path]) -> None:
    with ZipFile(draft.path, "w") as archive:
        archive.writestr("data.html", page, ZIP_DEFLATED)
        for name, path in content.items():
            archive.write(path, name)
    draft.measure()
