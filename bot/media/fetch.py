"""One file: from the platform into the vault, and one unit of work that says what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from bot.domain.filename import clean_name
from bot.errors import CityError
from bot.media.cleaning import AT_ONCE, Unclean, clean
from bot.media.erase import unkeep
from bot.media.types import OPAQUE, Type, type_of
from bot.media.vault import Draft, TooLarge, Vault
from bot.store import attachments
from bot.store.attachments import OwnerRow, PendingRow
from bot.store.driver import FlushRefused
from bot.store.store import Store
from bot.store.tables import attachments as table
from bot.store.unit import Unit
from bot.store.work import Work

log = structlog.get_logger(__name__)
DEADLINE = 300.0  # seconds for one download, however slowly its bytes drip


class House(Protocol):
    """What is needed of `channels.http.Http`."""

    async def file(self, file_id: str) -> tuple[str, int | None]: ...

    def stream(self, path: str) -> AsyncIterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Arrived:
    """The outcome of one file, as the action hears of it inside the unit that keeps it.

    `state` is *stored* or *failed*; latitude and longitude are those that a picture carried.
    """

    attachment_id: int
    person_id: int
    case_id: int | None
    kind: str
    state: str
    lat: float | None = None
    lon: float | None = None


Heard = Callable[[Work, Arrived], Awaitable[None]]


class Spoiled(CityError):
    """This file will never be kept; `str()` is the word for it: empty, not_a_picture."""


class Fetcher:
    """Fetches files that are claimed. `most`: bytes of the largest file that is taken."""

    def __init__(self, store: Store, vault: Vault, houses: Mapping[str, House], most: int, arrived: Heard) -> None:
        self._store = store
        self._vault = vault
        self._houses = houses
        self.most = most
        self._arrived = arrived
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, row: PendingRow) -> None:
        """Fetch and keep it. Raises what makes a later try worthwhile, and FileRefused, TooLarge, Unclean, Spoiled."""
        with self._vault.draft() as raw:
            async with asyncio.timeout(DEADLINE):
                await self._download(row, raw)
            type_ = type_of(raw.head)
            if not raw.size:
                raise Spoiled("empty")
            if type_.picture:
                with self._vault.draft() as anew:
                    await self._keep(row, anew, **await _picture(raw, type_, anew, self._turn))
            elif row.kind == "photo" and type_ is OPAQUE:
                raise Spoiled("not_a_picture")
            else:
                await self._keep(row, raw, kind=type_.kind_for(row.kind), mime=type_.mime, suffix=type_.suffix)

    async def fail(self, row: PendingRow, error: str) -> None:
        """Give it up: the case goes on without it."""
        await self._settle(row, {"state": "failed", "error": error, "kind": row.kind})

    async def _download(self, row: PendingRow, into: Draft) -> None:
        house = self._houses[row.bot]
        path, told = await house.file(row.file_id)
        if told is not None and told > self.most:
            raise TooLarge
        stream = house.stream(path)
        try:
            await into.take(stream, self.most)
        finally:
            if isinstance(stream, AsyncGenerator):
                await stream.aclose()

    async def _keep(self, row: PendingRow, draft: Draft, *, kind: str, mime: str, suffix: str, **more: Any) -> None:
        name = _name(row, kind, suffix)
        values = {"state": "stored", "kind": kind, "mime": mime, "name": name, "size": draft.size, "error": "", **more}
        async with self._vault.lock:
            sha256, kept = await draft.keep(), False
            try:
                kept = await self._settle(row, {**values, "sha256": sha256})
            finally:
                if not kept:
                    await unkeep(self._store, self._vault, sha256)

    async def _settle(self, row: PendingRow, values: dict[str, Any]) -> bool:
        """Commit the outcome; False when the row was dropped meanwhile."""
        try:
            return await self._commit(row, values, tell=True)
        except FlushRefused:
            log.exception("what follows a file was refused", attachment=row.id)
            return await self._commit(row, values, tell=False)

    async def _commit(self, row: PendingRow, values: dict[str, Any], *, tell: bool) -> bool:
        async with self._store.unit() as unit:
            work = await unit.work()
            owner = await work.first(attachments.OWNER, id_=row.id)
            if owner is None or owner.state != "pending":
                return False
            # The platform would not take its file id for another kind, and gives a document as it came, place and all.
            if values["kind"] != owner.kind or (values.get("inline") and owner.kind == "document"):
                values |= {"bot": "", "file_id": ""}
            work.set(table, row.id, **values)
            unit.merge(work)
            if tell:
                await self._tell(unit, owner, values)
            await self._store.commit(unit)
        return True

    async def _tell(self, unit: Unit, owner: OwnerRow, values: Mapping[str, Any]) -> None:
        """What the action stages is dropped when it raises; the file is kept all the same."""
        work = await unit.work()
        place = values.get("lat"), values.get("lon")
        try:
            await self._arrived(
                work, Arrived(owner.id, owner.person_id, owner.case_id, values["kind"], values["state"], *place)
            )
        except Exception:
            log.exception("what follows a file failed", attachment=owner.id)
            if unit.refused:  # nothing of this transaction can be trusted
                raise FlushRefused from None
        else:
            unit.merge(work)


async def _picture(raw: Draft, type_: Type, anew: Draft, turn: asyncio.Semaphore) -> dict[str, Any]:
    try:
        picture = await clean(raw.path, type_, anew, turn)
    except TooLarge:
        raise Unclean("bomb") from None
    kind = "photo" if picture.is_photo else "document"
    return {
        "kind": kind,
        "mime": "image/jpeg",
        "suffix": "jpg",
        "inline": True,
        "lat": picture.lat,
        "lon": picture.lon,
    }


def _name(row: PendingRow, kind: str, suffix: str) -> str:
    """Our own name; behind it, for documents, what its sender called it. The suffix is always ours."""
    if kind != "document":
        return f"{kind}-{row.id}.{suffix}"
    stem = clean_name(row.name).rpartition(".")[0] or clean_name(row.name)
    return f"file-{row.id} {stem}.{suffix}" if stem else f"file-{row.id}.{suffix}"
