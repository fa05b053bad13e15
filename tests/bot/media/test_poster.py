"""The maker of posters: honest where it can't draw, once where it is made twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import NamedTuple

import pytest
from sqlalchemy import select

from bot.actions.city import City
from bot.media import Media, Poster
from bot.media.drawing import Undrawn
from bot.media.poster import printed
from bot.media.vault import Draft
from bot.pictures.printing import Print
from bot.store import tables
from bot.store.posters import PosterRow
from bot.store.statements import Query
from bot.store.work import Said
from bot.talk.rich import visible
from tests.faults.file_platform import Bench, eventually
from tests.house import a_city

DAY = 1_764_000_000_000
ROW = PosterRow(1, "Ab3dEf9hIjKl", "lamp", "street_light", "بلوار ۱۲", 35.1, 47.8, 0, DAY)


class WantedState(NamedTuple):
    state: str
    error: str


STATE = Query(select(tables.wanted.c.state, tables.wanted.c.error), WantedState)


@pytest.fixture
def qorveh() -> City:
    return replace(a_city(), bots={"telegram": "qorveh_bot", "bale": "qorveh"})


class Pens:
    """Stands in for the process that draws. `fails`: the word for why it can't."""

    def __init__(self, fails: str = "") -> None:
        self.fails = fails
        self.drawn: list[Print] = []

    async def __call__(self, what: Print, png: Draft, pdf: Draft) -> None:
        if self.fails:
            raise Undrawn(self.fails)
        self.drawn.append(what)
        for draft, content in ((png, b"PNG"), (pdf, b"PDF")):
            draft.path.write_bytes(content)
            draft.measure()


@pytest.fixture
async def media(city: Bench) -> AsyncIterator[Media]:
    media = city.media()
    async with city.running(media):
        yield media


async def a_poster(city: Bench, role: str = "editor", **columns: object) -> int:
    """One that somebody in this role made."""
    await city.add(tables.roles, person_id=city.reporter, role=role, department="", created_at=DAY)
    row = {name: getattr(ROW, name) for name in ("token", "kind", "category", "place", "lat", "lon")}
    return await city.add(tables.posters, **{**row, "created_at": DAY, **columns})


async def asks(city: Bench, poster: int, lang: str = "fa") -> None:
    data = f'{{"poster":{poster},"lang":"{lang}","form":"sticker"}}'
    await city.add(tables.wanted, kind="poster", person_id=city.reporter, created_at=DAY, data=data)


def listening(city: Bench) -> list[Said]:
    heard: list[Said] = []
    city.store.told.append(lambda said, toasts: heard.extend(said))
    return heard


async def states(city: Bench, *expected: tuple[str, str]) -> None:
    async def reached() -> bool:
        return [tuple(row) for row in await city.store.read(STATE)] == list(expected)

    await eventually(reached)


async def test_without_shaping_nothing_is_drawn_and_the_admin_reads_why(
    city: Bench, media: Media, qorveh: City
) -> None:
    media.makers["poster"], heard = Poster(city.store, media.vault, qorveh, Pens("shaping")), listening(city)
    await asks(city, await a_poster(city))
    await states(city, ("done", ""))
    (said,) = heard
    text = visible(said.screen.text)
    assert not said.screen.media
    assert "حروف فارسی را درست نمی‌چیند" in text
    assert "https://t.me/qorveh_bot?start=q-Ab3dEf9hIjKl" in text
    assert city.stored() == []


async def test_equal_prints_are_drawn_once_and_others_anew(city: Bench, media: Media, qorveh: City) -> None:
    pens, heard = Pens(), listening(city)
    media.makers["poster"], poster = Poster(city.store, media.vault, qorveh, pens), await a_poster(city)
    for lang in ("fa", "fa", "ckb"):
        await asks(city, poster, lang)
    await states(city, *[("done", "")] * 3)
    assert len({what.dump() for what in pens.drawn}) == 2
    assert len(heard) == 6
    assert {media.kind for said in heard for media in said.screen.media} == {"document"}


async def test_what_else_goes_wrong_is_tried_again(city: Bench, media: Media, qorveh: City) -> None:
    media.makers["poster"] = Poster(city.store, media.vault, qorveh, Pens("slow"))
    await asks(city, await a_poster(city))
    await states(city, ("wanted", "Undrawn"))
    assert city.stored() == []


async def test_until_a_bots_name_is_known_it_waits(city: Bench, media: Media, qorveh: City) -> None:
    media.makers["poster"] = Poster(city.store, media.vault, replace(qorveh, bots={}), Pens())
    await asks(city, await a_poster(city))
    await states(city, ("wanted", "CityError"))


@pytest.mark.parametrize(("role", "removed_at"), [("dispatcher", 0), ("admin", DAY)])
async def test_a_role_or_a_poster_that_is_gone_makes_nothing(
    city: Bench, media: Media, qorveh: City, role: str, removed_at: int
) -> None:
    media.makers["poster"], heard = Poster(city.store, media.vault, qorveh, Pens()), listening(city)
    await asks(city, await a_poster(city, role, removed_at=removed_at))
    await states(city, ("failed", "NotFound"))
    assert heard == []


# What stands on the paper


def test_each_bot_that_is_known_has_its_code(qorveh: City) -> None:
    both = printed(qorveh, ROW, "fa", "poster")
    assert [code.label for code in both.codes] == ["تلگرام", "بله"]
    one = printed(replace(qorveh, bots={"bale": "qorveh"}), ROW, "fa", "poster")
    assert [code.address for code in one.codes] == ["https://ble.ir/qorveh?start=q-Ab3dEf9hIjKl"]


@pytest.mark.parametrize(
    ("lang", "kind", "place", "said"),
    [
        ("fa", "lamp", "بلوار 12", "تیر چراغ، بلوار ۱۲"),
        ("fa", "lamp", "تیر چراغ ۱۲", "تیر چراغ ۱۲"),
        ("fa", "lamp", "", "تیر چراغ"),
        ("fa", "general", "", ""),
        ("en", "lamp", "۱۲", "Lamp post, 12"),
        ("az", "lamp", "تیر چراغ 12", "تیر چراغ ۱۲"),
        ("ckb", "bin", "۱۲", "سەبەتەی زبڵ، ١٢"),
    ],
)
def test_the_thing_and_its_place_are_named(qorveh: City, lang: str, kind: str, place: str, said: str) -> None:
    row = ROW._replace(kind=kind, place=place)
    marks = str.maketrans("", "", "\u200f\u2068\u2069")
    assert printed(qorveh, row, lang, "poster").place.translate(marks) == said


@pytest.mark.parametrize("lang", ["fa", "ckb", "az", "en"])
def test_every_language_has_words_of_its_own(qorveh: City, lang: str) -> None:
    texts = ("poster-head", "poster-call", "poster-foot", "poster-all-mayors", "poster-share", "btn-share")
    assert {qorveh.texts.found(lang, text) for text in texts} == {lang}
