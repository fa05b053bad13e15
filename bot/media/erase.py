"""Files that nobody needs any more, once an action has dropped a person's attachments (`store.attachments.DROP`)."""

from __future__ import annotations

import asyncio

import orjson

from bot.media.vault import Vault
from bot.store import attachments
from bot.store.attachments import WantedRow
from bot.store.store import Store


class Erase:
    """The maker of wanted rows of kind "erase". Done twice it does nothing more."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    async def __call__(self, row: WantedRow) -> None:
        await self.erase(row.person_id)
        await self._store.at_once(attachments.LATER_WANTED, id_=row.id, state="done", due_at=0, error="")

    async def erase(self, person_id: int) -> int:
        """Take away the files of this person's dropped attachments that no stored one shares; answers how many."""
        async with self._vault.lock:
            lonely = await self._lonely(person_id)
            for sha256 in lonely:
                await asyncio.to_thread(self._vault.remove, sha256)
            await self._store.at_once(attachments.FORGET, person_id=person_id)
        return len(lonely)

    async def _lonely(self, person_id: int) -> set[str]:
        left = {row.sha256 for row in await self._store.read(attachments.LEFT, person_id=person_id)}
        hashes = orjson.dumps(sorted(left)).decode()
        return left - {row.sha256 for row in await self._store.read(attachments.USED, hashes=hashes)}


async def unkeep(store: Store, vault: Vault, sha256: str) -> None:
    """Take away a file whose row did not come about, unless another row names it. The caller holds the vault's lock."""
    if not await store.read(attachments.USED, hashes=orjson.dumps([sha256]).decode()):
        await asyncio.to_thread(vault.remove, sha256)
