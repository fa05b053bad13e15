"""Posters and stickers: a code on paper that begins a report which knows its place and its topic already."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import orjson

from bot.actions.city import City
from bot.actions.showing import check_speaks, note
from bot.domain.draft import Draft, Place
from bot.domain.poster import FORMS, GENERAL, MAX_PLACE
from bot.errors import NotFound, Refused
from bot.pack.pack import Pack
from bot.store import posters, tables
from bot.store.posters import PosterRow
from bot.store.showing import SHOW_NOTHING
from bot.store.work import Work

HOME_VERB, OPEN_VERB = "po-home", "po-one"
_BYTES = 9  # of a token: 72 bits, twelve letters, and so a code with few and large modules


@dataclass(frozen=True, slots=True)
class Wish:
    """What wears the code, where that is in words, and as a pin in degrees."""

    kind: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None


async def make_poster(work: Work, city: City, wish: Wish) -> int:
    """Its id. The same wish again is the same poster, so that what comes by it is counted together.

    Raises Refused for whoever may not, for a kind that the pack does not have, and for a place that is too long.
    """
    check_speaks(work)
    if wish.kind != GENERAL and wish.kind not in city.pack.posters:
        raise Refused("err-old-button")
    if len(wish.place) > MAX_PLACE:
        raise Refused("poster-place-long", max=MAX_PLACE)
    columns = {name: getattr(wish, name) for name in ("kind", "place", "lat", "lon")}
    columns["category"] = city.pack.posters.get(wish.kind, "")
    found = await work.first(posters.SAME, **columns)
    if found:
        return found.id
    made = {"token": secrets.token_urlsafe(_BYTES), "author_id": work.person.id, "created_at": work.now}
    poster_id = work.add(tables.posters, **columns, **made)
    note(work, "poster", poster_id, "made")
    return poster_id


async def want_print(work: Work, city: City, poster_id: int, lang: str, form: str) -> None:
    """Ask for its files in this language and form; media makes them. Raises Refused while the same is being made."""
    check_speaks(work)
    if lang not in city.pack.languages.offered or form not in FORMS:
        raise Refused("err-old-button")
    data = orjson.dumps({"poster": poster_id, "lang": lang, "form": form}).decode()
    if await work.first(posters.WAITING, person_id=work.person.id, data=data):
        raise Refused("poster-waiting")
    work.add(tables.wanted, kind="poster", person_id=work.person.id, data=data, created_at=work.now)


async def load_poster(work: Work, poster_id: int) -> PosterRow:
    """Raises NotFound for none, and for one that was removed; Refused for whoever keeps no posters."""
    check_speaks(work)
    row = await work.first(posters.BY_ID, poster_id=poster_id)
    if row is None:
        raise NotFound(poster_id)
    return row


async def remove_poster(work: Work, poster_id: int) -> PosterRow:
    """Its code begins an ordinary report from now on. Raises as `load_poster` does."""
    row = await load_poster(work, poster_id)
    work.set(tables.posters, row.id, removed_at=work.now)
    work.do(SHOW_NOTHING, owner="poster", owner_id=row.id)
    note(work, "poster", row.id, "removed")
    return row


async def scan(work: Work, token: str) -> PosterRow | None:
    """The poster whose code was scanned, counted; None for a token that is forged or removed."""
    row = await work.first(posters.BY_TOKEN, token=token)
    if row:
        work.do(posters.OPENED, poster_id=row.id)
    return row


def begun(pack: Pack, row: PosterRow) -> Draft:
    """The report that begins at it. A pin far away was put there on purpose; a picture says enough where the topic is
    known.
    """
    category = pack.categories.get(row.category)
    known = category.key if category and not (category.retired or category.private) else ""
    draft = Draft(place=_place(pack, row), category=known, poster=row.id)
    return draft.tell("cannot-write") if known else draft


def _place(pack: Pack, row: PosterRow) -> Place | None:
    if row.lat is None or row.lon is None:
        return Place(address=row.place) if row.place else None
    area, far = pack.area_of(row.lat, row.lon), not pack.geo.in_city(row.lat, row.lon)
    return Place(row.lat, row.lon, address=row.place, area=area.key if area else "", far=far, sure=True)
