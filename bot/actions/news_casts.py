"""What is sent of an item of news: to those who want it, once; and its correction or end to those who got it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import orjson

from bot.actions.broadcasts import Announcement, do_broadcast, render
from bot.actions.city import City
from bot.actions.showing import Kept, as_media
from bot.clock import HOUR
from bot.domain.broadcast import OVER, Audience, Cast, Mode
from bot.store import deliveries, news, tables
from bot.store.news import CastRow
from bot.store.work import Work
from bot.talk import screen as screens
from bot.talk.news import Item, push_screen, withdrawn_screen
from bot.talk.reader import Reader
from bot.talk.screen import Media, Screen

NEWS = "news"  # the relation of what wrote itself: no account of it comes to anybody


def tell_followers(work: Work, city: City, item: Item, files: Sequence[Kept]) -> int:
    """Tell those who want such news at once; of one part of the town, but for who wants only what is near them.
    Answers the broadcast's id.
    """
    media = as_media([file for file in files if file[1] == "photo"])
    expires = work.now + city.pack.broadcast[item.kind].expiry_hours * HOUR
    audience, drawn = Audience(topic=item.kind, about=item.area), _pushes(city, item, media)
    told = Announcement(item.kind, item.title, drawn, audience, relation=NEWS, news_id=item.id, expires_at=expires)
    return do_broadcast(work, told)


async def change_sent(work: Work, city: City, item: Item) -> None:
    """Who got it sees the new words in place; who still waits for it gets them at once. Its picture stays."""
    for cast in await work.query(news.CASTS, news_id=item.id):
        media = _media(cast)
        if cast.state not in OVER:
            render(work, cast.id, _pushes(city, item, media), cast.version + 1)
            work.set(tables.broadcasts, cast.id, version=cast.version + 1, title=item.title)
            work.do(deliveries.CORRECT, broadcast_id=cast.id, version=cast.version + 1)
        _say_after(work, cast, item, Mode.EDIT, _pushes(city, item, media, corrected=True))


async def withdraw_sent(work: Work, city: City, item: Item) -> None:
    """Nobody gets it any more, and from those who did it is taken back."""
    for cast in await work.query(news.CASTS, news_id=item.id):
        if cast.state not in OVER:
            work.set(tables.broadcasts, cast.id, state=str(Cast.STOPPED))
            work.do(deliveries.STOP, broadcast_id=cast.id, to="stopped")
        media = _media(cast)
        drawn = {reader.lang: withdrawn_screen(reader, media) for reader in _readers(city)}
        _say_after(work, cast, item, Mode.WITHDRAW, drawn)


async def followers(work: Work, city: City, kind: str) -> int:
    """How many may be told at once, at most: whether each can be reached is only seen while it is sent."""
    if city.pack.broadcast[kind].on_by_default:
        everybody = (await work.query(news.EVERYBODY))[0].n
        return max(everybody - (await work.query(news.REFUSED, topic=kind))[0].n, 0)
    return (await work.query(news.ASKED_FOR, topic=kind))[0].n


def _say_after(work: Work, cast: CastRow, item: Item, mode: Mode, drawn: dict[str, Screen]) -> None:
    relation = "edited" if mode is Mode.EDIT else "withdrawn"
    to = Audience(reached_by=cast.id)
    said = Announcement(cast.kind, item.title, drawn, to, mode, relation, parent_id=cast.id, news_id=item.id)
    do_broadcast(work, replace(said, more={"version": cast.version + 1}))


def _media(cast: CastRow) -> tuple[Media, ...]:
    """The picture that it was sent with: a message with a picture stays one."""
    return screens.load(orjson.loads(cast.screen)).media


def _pushes(city: City, item: Item, media: Sequence[Media], *, corrected: bool = False) -> dict[str, Screen]:
    return {reader.lang: push_screen(reader, item, media, corrected=corrected) for reader in _readers(city)}


def _readers(city: City) -> Iterator[Reader]:
    return (Reader(city.texts, city.dates, lang) for lang in city.pack.languages.offered)
