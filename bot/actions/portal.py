"""What the portal's reader found: each item once, an edit changes it, what is unsure waits for an editor."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from bot.actions.city import City
from bot.actions.news_casts import change_sent, tell_followers
from bot.actions.showing import Kept as Shown
from bot.actions.showing import check_speaks, note
from bot.actions.staff import load_staff
from bot.clock import DAY
from bot.domain.item import Doubt, Item, digest
from bot.errors import NotFound, Refused
from bot.store import portal, tables
from bot.store.portal import NewsRow
from bot.store.showing import files_of
from bot.store.work import Priority, Work
from bot.understand.normalise import normalise

BOT = "portal"
"""Whose file ids the addresses of pictures are."""
OPEN = ("draft", "unsure")


class Kept(StrEnum):
    """What became of an item."""

    NEW = "new"
    UNSURE = "unsure"
    SAME = "same"
    DOUBLE = "double"  # known under another address
    CHANGED = "changed"
    HELD = "held"  # an editor decides


@dataclass(frozen=True, slots=True)
class Reading:
    """`silent`: the first of a source, whose items are old news. `listed`: the keys of all that it names."""

    silent: bool = False
    listed: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the message about an item needs of it."""

    id: int
    kind: str
    title: str
    words: str
    address: str = ""
    area: str = ""
    pinned_at: int = 0
    published_at: int = 0
    edited_at: int = 0


async def keep_item(work: Work, city: City, item: Item, reading: Reading) -> Kept:
    """Keep what was found, and tell who wants to hear of it. Done twice it does nothing more."""
    known = await work.first(portal.BY_KEY, key=item.key)
    if known is not None:
        return await _again(work, city, known, item)
    since = work.now - city.pack.news.known_days * DAY
    double = await work.first(portal.BY_DIGEST, digest=_digest(item), since=since)
    if double is not None:
        if double.key and double.key not in reading.listed:  # it moved: an edit is looked for where it is now
            work.set(tables.news, double.id, key=item.key, address=item.address)
        return Kept.DOUBLE
    return _new(work, city, item, reading)


def _new(work: Work, city: City, item: Item, reading: Reading) -> Kept:
    old = reading.silent or item.at < work.now - city.pack.news.max_age_days * DAY
    state = "unsure" if item.doubts else "published"
    news_id, pictures = add_news(work, city, item, state, published_at=0 if item.doubts else _when(work, item, old=old))
    note(work, "news", news_id, "found", doubts=item.doubts)
    if item.doubts:
        return Kept.UNSURE
    if not old:
        announce(work, city, Told(news_id, city.pack.news.kind, item.title, item.words), pictures)
    return Kept.NEW


def add_news(work: Work, city: City, item: Item, state: str, **more: Any) -> tuple[int, list[Shown]]:
    """Stage an item and its pictures; answers its id and theirs."""
    news_id = work.add(
        tables.news,
        key=item.key,
        address=item.address,
        state=state,
        kind=city.pack.news.kind,
        created_at=work.now,
        **_content(work, item),
        **more,
    )
    return news_id, [_add_picture(work, news_id, address) for address in item.pictures]


async def _again(work: Work, city: City, known: NewsRow, item: Item) -> Kept:
    if known.state == "withdrawn":
        return Kept.HELD
    if known.digest == _digest(item) and not (known.state == "unsure" and known.doubt and not item.doubts):
        return Kept.SAME
    if known.state == "published" and {Doubt.BODY, Doubt.TITLE, Doubt.PLACE} & set(item.doubts):
        return Kept.HELD  # a page that is broken just now takes nothing from what is known
    if known.digest != _digest_of(known.title, known.words):  # an editor's words stand; the source's new ones are told
        return await _changed_beside(work, city, known, item)
    if known.state == "unsure":
        return await _surer(work, city, known, item)
    await change(work, city, known, item)
    return Kept.CHANGED


async def _changed_beside(work: Work, city: City, known: NewsRow, item: Item) -> Kept:
    work.set(tables.news, known.id, digest=_digest(item))
    note(work, "news", known.id, "source-changed")
    for to in (await load_staff(work)).speakers():
        reader = city.reader(to)
        text = reader.rich("portal-changed", title=known.title, address=known.address)
        work.say(reader.screen(text), to, priority=Priority.PUSH)
    return Kept.HELD


async def _surer(work: Work, city: City, known: NewsRow, item: Item) -> Kept:
    """Nobody has decided yet, and the page says more now."""
    work.set(tables.news, known.id, version=known.version + 1, **_content(work, item))
    await _renew_pictures(work, known.id, item.pictures)
    if item.doubts:
        return Kept.UNSURE
    await publish(work, city, known._replace(title=item.title, words=item.words, dated_at=item.at))
    return Kept.NEW


async def change(work: Work, city: City, known: NewsRow, item: Item) -> None:
    """The source edited it: so is what we show, and what was sent."""
    edited_at = work.now if known.state == "published" else 0
    work.set(tables.news, known.id, version=known.version + 1, edited_at=edited_at, **_content(work, item))
    note(work, "news", known.id, "edited", by="portal")
    await _renew_pictures(work, known.id, item.pictures)
    if known.state == "published":
        told = Told(known.id, city.pack.news.kind, item.title, item.words, address=item.address, edited_at=edited_at)
        await change_sent(work, city, told)


async def publish(work: Work, city: City, row: NewsRow) -> None:
    """From now on everybody may read it; who wants such news at once is told, unless it is old."""
    old = bool(row.dated_at) and row.dated_at < work.now - city.pack.news.max_age_days * DAY
    at = row.dated_at if old else work.now
    work.set(tables.news, row.id, state="published", doubt="", published_at=at, updated_at=work.now)
    note(work, "news", row.id, "published")
    if not old:
        told = Told(row.id, city.pack.news.kind, row.title, row.words, address=row.address)
        announce(work, city, told, await files_of(work, "news", row.id))


def announce(work: Work, city: City, told: Told, pictures: Sequence[Shown]) -> None:
    """Tell who wants news at once; with the first picture, as soon as it is there."""
    tell_followers(work, city, told, pictures)


def _content(work: Work, item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "words": item.words,
        "found_by": normalise(f"{item.title} {item.words}"),
        "digest": _digest(item),
        "doubt": ",".join(item.doubts),
        "dated_at": item.at,
        "updated_at": work.now,
    }


def _digest(item: Item) -> str:
    return _digest_of(item.title, item.words)


def _digest_of(title: str, words: str) -> str:
    return digest(f"{normalise(title)}\n{normalise(words)}")


def _when(work: Work, item: Item, *, old: bool) -> int:
    return item.at if old and item.at else work.now


# pictures: fetched after the commit as any file is, and the city's


def _add_picture(work: Work, news_id: int, address: str) -> Shown:
    file = {"kind": "photo", "bot": BOT, "file_id": address, "state": "pending", "created_at": work.now}
    attachment = work.add(tables.attachments, person_id=tables.CITY, **file)
    work.add(tables.shown, owner="news", owner_id=news_id, attachment_id=attachment, kind="photo", key=address)
    return attachment, "photo"


async def _renew_pictures(work: Work, news_id: int, addresses: Collection[str]) -> None:
    there = {row.key for row in await work.query(portal.PICTURES, news_id=news_id)}
    work.do(portal.HIDE_OTHERS, news_id=news_id, keys=orjson.dumps(list(addresses)).decode())
    for address in addresses:
        if address not in there:
            _add_picture(work, news_id, address)


def picture_settled(work: Work, attachment_id: int, *, good: bool) -> None:
    """A picture came, or never will: then the item goes on without it."""
    if not good:
        work.do(portal.HIDE_FILE, attachment_id=attachment_id)


# what editors decide


@dataclass(frozen=True, slots=True)
class Wanted:
    """What became of a page that an editor asked for. `draft`: what they may decide on; without one it is decided."""

    state: str
    draft: NewsRow | None
    fresh: bool = False


async def keep_asked(work: Work, city: City, item: Item, person_id: int) -> Wanted:
    """The page as a draft of this editor, unless it is known already."""
    known = await work.first(portal.BY_KEY, key=item.key)
    if known is None:
        since = work.now - city.pack.news.known_days * DAY
        known = await work.first(portal.BY_DIGEST, digest=_digest(item), since=since)
    if known is None:
        news_id, _ = add_news(work, city, item, "draft", author_id=person_id)
        note(work, "news", news_id, "found", by="link")
        draft = NewsRow(news_id, item.key, item.address, "draft", item.title, item.words, 1, "", "", None, item.at, 0)
        return Wanted("draft", draft._replace(doubt=",".join(item.doubts)), fresh=True)
    return Wanted(known.state, known if known.state in OPEN else None)


async def load_open(work: Work, news_id: int, version: int) -> NewsRow:
    """An item that waits for an editor. Raises Refused when it was decided on or changed meanwhile, and by rights."""
    check_speaks(work)
    row = await work.first(portal.BY_ID, news_id=news_id)
    if row is None:
        raise NotFound(news_id)
    if row.state not in OPEN or row.version != version:
        raise Refused("portal-decided")
    return row


async def do_publish(work: Work, city: City, row: NewsRow) -> None:
    """The editor stands for it. Raises Refused where there is nothing to read."""
    if not row.title or not row.words:
        raise Refused("portal-nothing")
    await publish(work, city, row)
    work.set(tables.news, row.id, version=row.version + 1, author_id=work.person.id)


def do_drop(work: Work, row: NewsRow) -> None:
    """It will never be shown, however often the portal lists it."""
    work.set(tables.news, row.id, state="withdrawn", version=row.version + 1, updated_at=work.now)
    note(work, "news", row.id, "dropped")


def do_rewrite(work: Work, row: NewsRow, title: str, words: str) -> NewsRow:
    """The editor's own words; what the source gave is still known by its digest."""
    changed = {"title": title, "words": words, "version": row.version + 1, "doubt": ""}
    found_by = normalise(f"{title} {words}")
    work.set(tables.news, row.id, found_by=found_by, author_id=work.person.id, updated_at=work.now, **changed)
    note(work, "news", row.id, "rewritten")
    return row._replace(title=title, words=words, version=row.version + 1, doubt="")
