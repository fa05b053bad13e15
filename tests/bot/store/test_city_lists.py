"""Lists of projects and programmes: nothing is lost between pages, and what comes first stands first."""

from __future__ import annotations

from pathlib import Path

from bot.clock import DAY, HOUR
from bot.store import tables
from bot.store.city_lists import ListedRow
from bot.store.programmes import COMING
from bot.store.projects import ALL_PROJECTS, SHOWN_PROJECTS
from handlers.paging import Listing, Page, load_page
from tests.house import House, house

NOW = 1_796_452_200_000


async def pages(home: House, listing: Listing[ListedRow], **params: int) -> list[Page[ListedRow]]:
    """All of them, turned by the last id of each, and back again to the first."""
    found: list[Page[ListedRow]] = []
    cursor = ""
    async with home.work() as work:
        while (page := await load_page(work, listing, 2, cursor, **params)).rows and len(found) < 10:
            found.append(page)
            if page.end >= page.total:
                break
            cursor = f"o{page.rows[-1].id}"
        if len(found) > 1:
            back = await load_page(work, listing, 2, f"n{found[1].rows[0].id}", **params)
            assert [row.id for row in back.rows] == [row.id for row in found[0].rows]
    return found


def ids(found: list[Page[ListedRow]]) -> list[int]:
    return [row.item_id for page in found for row in page.rows]


async def test_projects_of_one_millisecond_are_all_shown(tmp_path: Path) -> None:
    async with house(tmp_path) as home:
        async with home.work() as work:
            for number in range(1, 6):
                stamps = {"created_at": NOW, "updated_at": NOW if number < 5 else NOW + 1}
                state = "published" if number != 2 else "draft"
                work.add(tables.projects, id=number, state=state, title=f"{number}", lat=None, lon=None, **stamps)
        assert ids(await pages(home, Listing(*SHOWN_PROJECTS))) == [5, 4, 3, 1]
        assert ids(await pages(home, Listing(*ALL_PROJECTS))) == [5, 4, 3, 2, 1]


async def test_programmes_stand_by_their_beginning_until_they_are_over(tmp_path: Path) -> None:
    begins = {1: NOW + DAY, 2: NOW - HOUR, 3: NOW - 3 * HOUR, 4: NOW + HOUR, 5: NOW + DAY, 6: NOW - 3 * HOUR}
    async with house(tmp_path) as home:
        async with home.work() as work:
            for number, starts_at in begins.items():
                stamps = {"created_at": NOW, "updated_at": NOW, "lat": None, "lon": None}
                ends = NOW + HOUR if number == 6 else 0
                state = "cancelled" if number == 4 else "published"
                named = {"id": number, "title": f"{number}", "state": state}
                work.add(tables.programmes, **named, starts_at=starts_at, ends_at=ends, **stamps)
        assert ids(await pages(home, Listing(*COMING), now=NOW)) == [6, 2, 4, 1, 5]
