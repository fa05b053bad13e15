"""Codes on paper: who makes them, when two are the same, what begins at one, what is forgotten with a person."""

from __future__ import annotations

import pytest

from bot.actions.erase import erase
from bot.actions.posters import Wish, begun, load_poster, make_poster, remove_poster, scan, want_print
from bot.domain.draft import Place
from bot.errors import NotFound, Refused
from bot.store.posters import PosterRow
from tests.house import House

BIN = Wish("bin", "خیابان امام", 35.1671, 47.8051)
ROW = PosterRow(7, "token", "bin", "waste_bin", "خیابان امام", 35.1671, 47.8051, 0, 0)
EDITOR, OFFICER = 1, 2


async def made(home: House, wish: Wish = BIN) -> int:
    await home.gives(EDITOR, "editor")
    async with home.work(EDITOR) as work:
        return await make_poster(work, home.city, wish)


async def test_the_same_wish_is_the_same_poster_until_it_is_removed(home: House) -> None:
    first, second, bare = await made(home), await made(home), await made(home, Wish("bin", "خیابان امام"))
    again = await made(home, Wish("bin", "خیابان امام"))
    assert first == second
    assert bare == again != first
    async with home.work(EDITOR) as work:
        await remove_poster(work, first)
    assert await made(home) not in (first, bare)


@pytest.mark.parametrize(
    ("wish", "text"), [(Wish("moon"), "err-old-button"), (Wish("bin", "ب" * 81), "poster-place-long")]
)
async def test_what_can_not_be_made_is_refused(home: House, wish: Wish, text: str) -> None:
    with pytest.raises(Refused, match=text):
        await made(home, wish)


async def test_only_who_speaks_for_the_city_makes_prints_and_removes(home: House) -> None:
    poster = await made(home)
    await home.gives(OFFICER, "dispatcher")
    async with home.work(OFFICER) as work:
        for attempt in (
            make_poster(work, home.city, BIN),
            want_print(work, home.city, poster, "fa", "sticker"),
            remove_poster(work, poster),
        ):
            with pytest.raises(Refused, match="err-not-allowed"):
                await attempt


async def test_the_same_print_is_not_asked_for_twice_at_once(home: House) -> None:
    poster = await made(home)
    async with home.work(EDITOR) as work:
        await want_print(work, home.city, poster, "fa", "sticker")
    async with home.work(EDITOR) as work:
        await want_print(work, home.city, poster, "en", "sticker")
        with pytest.raises(Refused, match="poster-waiting"):
            await want_print(work, home.city, poster, "fa", "sticker")
        with pytest.raises(Refused, match="err-old-button"):
            await want_print(work, home.city, poster, "xx", "sticker")


async def test_a_scan_is_counted_and_a_removed_one_is_none(home: House) -> None:
    poster = await made(home)
    ((token,),) = await home.rows("SELECT token FROM posters")
    async with home.work(OFFICER) as work:
        row = await scan(work, token)
        assert row is not None
        assert await scan(work, token + "x") is None
    async with home.work(EDITOR) as work:
        await remove_poster(work, poster)
    async with home.work(EDITOR) as work:
        assert await scan(work, token) is None
        with pytest.raises(NotFound):
            await load_poster(work, poster)
    assert await home.rows("SELECT opened, removed_at > 0 FROM posters") == [(1, 1)]


def test_a_report_begins_with_what_the_code_knows(home: House) -> None:
    draft = begun(home.city.pack, ROW)
    assert draft.place == Place(35.1671, 47.8051, address="خیابان امام", area="center", sure=True)
    assert (draft.category, draft.poster) == ("waste_bin", 7)
    words = begun(home.city.pack, ROW._replace(lat=None, lon=None))
    assert words.place == Place(address="خیابان امام")
    gone = begun(home.city.pack, ROW._replace(category="no_more", place="", lat=None, lon=None))
    assert (gone.category, gone.place, gone.said) == ("", None, frozenset())


async def test_erasing_a_person_keeps_the_count_but_not_of_a_confidential_report(home: House) -> None:
    poster = await made(home)
    await home.gives(OFFICER, "officer", "inspection")
    open_one = await home.files(3, poster=poster)
    private = await home.files(3, "staff_service", poster=poster)
    async with home.work(3) as work:
        await erase(work, home.city)
    kept = dict(await home.rows("SELECT id, poster_id FROM cases"))
    assert kept == {open_one.id: poster, private.id: None}
    assert await home.rows("SELECT count(*) FROM posters WHERE id = ?", poster) == [(1,)]
