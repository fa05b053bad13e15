"""A poster or sticker as PNG and PDF: asked for by an admin or editor, drawn once, kept as long as its poster."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import Any

import orjson
import structlog

from bot.actions.city import City
from bot.actions.invite import deep_links
from bot.actions.posters import HOME_VERB, OPEN_VERB
from bot.domain.poster import GENERAL
from bot.domain.rights import speaks
from bot.errors import CityError, NotFound
from bot.media.drawing import Undrawn, draw
from bot.media.erase import unkeep
from bot.media.vault import Draft, Vault
from bot.pictures.printing import Code, Print
from bot.store import export_rows, people, posters, tables
from bot.store.attachments import WantedRow
from bot.store.person import Address
from bot.store.posters import PosterRow
from bot.store.store import Store
from bot.store.work import Work
from bot.talk.posters import thing_and_place
from bot.talk.reader import Reader
from bot.talk.rich import Link
from bot.talk.screen import Media

log = structlog.get_logger(__name__)
Draw = Callable[[Print, Draft, Draft], Awaitable[None]]
MIMES = {"png": "image/png", "pdf": "application/pdf"}


class Poster:
    """The maker of wanted rows of kind "poster". Made twice after a kill, it is said once: with the row's *done*."""

    def __init__(self, store: Store, vault: Vault, city: City, draw: Draw = draw) -> None:
        self._store = store
        self._vault = vault
        self._city = city
        self._draws = draw

    async def __call__(self, row: WantedRow) -> None:
        """Raises NotFound for who has no account or no such role any more, and for a poster that was removed; OSError
        when the disk is full; CityError while no bot's name is known.
        """
        what = orjson.loads(row.data)
        found = await self._store.read(posters.BY_ID, poster_id=what["poster"])
        roles = await self._store.read(export_rows.ROLES, person_id=row.person_id)
        if not found or not speaks([role for role in roles if not role.revoked_at]):
            raise NotFound
        wish = printed(self._city, found[0], what["lang"], what["form"])
        if not wish.codes:
            raise CityError("no bot's name is known yet")
        key = sha256(wish.dump()).hexdigest()
        drawn = await self._store.read(posters.DRAWN, poster_id=found[0].id, key=key)
        kept = {each.mime: each.attachment_id for each in drawn}
        if kept.keys() == set(MIMES.values()):
            await self._settle(row, found[0], [kept[mime] for mime in MIMES.values()])
        else:
            await self._draw(row, found[0], wish, key)

    async def _draw(self, row: WantedRow, poster: PosterRow, wish: Print, key: str) -> None:
        with self._vault.draft() as png, self._vault.draft() as pdf:
            try:
                await self._draws(wish, png, pdf)
            except Undrawn as error:
                if str(error) != "shaping":
                    raise
                log.warning("posters are left out: see doctor", missing="raqm or fribidi")
                await self._settle(row, poster, ())
            else:
                await self._keep(row, poster, (png, pdf), f"{poster.kind}-{wish.form}", key)

    async def _keep(self, row: WantedRow, poster: PosterRow, drafts: Sequence[Draft], name: str, key: str) -> None:
        async with self._vault.lock:
            hashes: list[str] = []
            kept = False
            try:
                for draft in drafts:
                    hashes.append(await draft.keep())
                files = [
                    {"name": f"137-{name}.{end}", "mime": MIMES[end], "sha256": sha, "size": draft.size, "key": key}
                    for end, sha, draft in zip(MIMES, hashes, drafts, strict=True)
                ]
                await self._settle(row, poster, files)
                kept = True
            finally:
                for sha in () if kept else hashes:
                    await unkeep(self._store, self._vault, sha)

    async def _settle(self, row: WantedRow, poster: PosterRow, files: Sequence[int | dict[str, Any]]) -> None:
        """Say them; `files`: attachments that are there, or what is to be one. None: it could not be drawn."""
        async with self._store.unit() as unit:
            work = await unit.work()
            to = await _address(work, row.person_id)
            ids = [file if isinstance(file, int) else _add(work, poster.id, file) for file in files]
            self._say(work, to, poster, ids)
            work.set(tables.wanted, row.id, state="done", error="")
            unit.merge(work)
            await self._store.commit(unit)

    def _say(self, work: Work, to: Address, poster: PosterRow, files: Sequence[int]) -> None:
        reader = self._city.reader(to)
        rows = [[reader.button("btn-poster-open", OPEN_VERB, poster.id), reader.button("btn-posters", HOME_VERB)]]
        if not files:
            links = [(Link(link, link),) for link in self._links(poster).values()]
            work.say(reader.screen(reader.rich("poster-undrawn"), *links, rows=rows), to)
            return
        png, pdf = (Media("document", each) for each in files)
        work.say(reader.screen(reader.rich("poster-png"), media=(png,)), to)
        ready = "poster-ready-general" if poster.kind == GENERAL else "poster-ready"
        work.say(reader.screen(reader.rich(ready), rows=rows, media=(pdf,)), to)

    def _links(self, poster: PosterRow) -> dict[str, str]:
        return deep_links(self._city.bots, f"q-{poster.token}")


def _add(work: Work, poster_id: int, file: dict[str, Any]) -> int:
    """The city's file: it stays when whoever asked for it goes."""
    key = file.pop("key")
    more = {"kind": "document", "bot": "", "file_id": "", "state": "stored", "created_at": work.now}
    attachment = work.add(tables.attachments, person_id=tables.CITY, **file, **more)
    work.add(tables.shown, owner="poster", owner_id=poster_id, attachment_id=attachment, kind="document", key=key)
    return attachment


async def _address(work: Work, person_id: int) -> Address:
    found = await people.addresses(work, [person_id])
    if person_id not in found:
        raise NotFound
    return found[person_id]


def printed(city: City, poster: PosterRow, lang: str, form: str) -> Print:
    """What stands on the paper, in this language. Two codes where both bots are known."""
    reader = Reader(city.texts, city.dates, lang)
    links = deep_links(city.bots, f"q-{poster.token}")
    codes = tuple(Code(reader.line(f"channel-{key}"), city.bots[key], link) for key, link in links.items())
    return Print(
        form,
        city.texts.is_rtl(lang),
        reader.line("poster-head"),
        reader.line("poster-call"),
        reader.line("poster-all-mayors"),
        reader.line("poster-foot"),
        thing_and_place(reader, poster.kind, poster.place),
        codes,
    )
