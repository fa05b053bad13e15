"""Cases near a point: exactly those in the circle, nearest first, and whatever moves a case is followed by itself."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from bot.domain import geo
from bot.domain.geo import Point
from bot.store import erasure, near
from bot.store.near import Around
from bot.store.store import Store
from tests.bot.store.filed import change, file, file_all

HERE = (35.1667, 47.8047)
STATES = ("received", "in_progress", "need_info", "done", "closed", "merged", "cancelled")


def east(metres: float, of: Point = HERE) -> dict[str, Any]:
    """A point so far east."""
    return {"lat": of[0], "lon": geo.around(of, metres)[2]}


async def similar(
    store: Store, point: Point = HERE, radius: float = 100, since: int = 0, most: int = 3
) -> list[tuple[int, int]]:
    """Ids and whole metres."""
    async with store.unit() as unit:
        found = await near.near(await unit.work(), "street_light", Around(point, radius), since, most)
    return [(each.case.id, round(each.metres)) for each in found]


async def same(store: Store, radius: float = 50, since: int = 0) -> int:
    async with store.unit() as unit:
        return await near.same_place(await unit.work(), "street_light", Around(HERE, radius), since)


async def field(store: Store, most: int = 5, desks: list[str] | None = None) -> list[int]:
    async with store.unit() as unit:
        return [each.case.id for each in await near.nearest(await unit.work(), HERE, most, desks)]


async def test_the_nearest_come_first_and_no_more_than_asked_for(store: Store) -> None:
    far, here, middle = [await file(store, **east(metres)) for metres in (90, 0, 40)]
    await file(store, **east(101))
    assert await similar(store) == [(here, 0), (middle, 40), (far, 90)]
    assert await similar(store, most=2) == [(here, 0), (middle, 40)]


@pytest.mark.parametrize("centre", [HERE, (0.0, 0.0), (-33.4489, -70.6693), (71.0, 25.8)])
async def test_the_circle_holds_exactly_what_lies_in_it(store: Store, centre: Point) -> None:
    """Compared with looking at every case."""
    random = Random(137)
    west, south, east_, north = geo.around(centre, 900)
    points = [(random.uniform(south, north), random.uniform(west, east_)) for _ in range(300)]
    rows = [{"lat": lat, "lon": lon, "created_at": random.randint(1, 9)} for lat, lon in points]
    ids = await file_all(store, rows)
    for _ in range(40):
        at, radius, since = random.choice(points), random.choice([30, 100, 250, 900]), random.randint(0, 9)
        expected = sorted(
            (geo.distance(at, point), case_id)
            for case_id, point, row in zip(ids, points, rows, strict=True)
            if row["created_at"] > since and geo.distance(at, point) <= radius
        )
        shown = [(case_id, round(metres)) for metres, case_id in expected]
        assert await similar(store, at, radius, since, most=5) == shown[:5]
        assert await similar(store, at, radius, since, most=500) == shown


@pytest.mark.parametrize("lost", [{"category": "pothole"}, {"private": True}, {"lat": None, "lon": None}])
async def test_others_are_not_similar(store: Store, lost: dict[str, Any]) -> None:
    await file(store, **lost)
    assert await similar(store) == []


async def test_only_what_is_open_is_offered_and_done_is_not_closed_yet(store: Store) -> None:
    made = {state: await file(store, state=state) for state in STATES}
    found = {case_id for case_id, _ in await similar(store, most=9)}
    assert found == {made[state] for state in ("received", "in_progress", "need_info", "done")}


async def test_a_case_is_found_where_it_was_moved_to(store: Store) -> None:
    case_id = await file(store)
    await change(store, case_id, **east(5_000))
    assert await similar(store) == []
    moved = east(5_000)
    assert await similar(store, (moved["lat"], moved["lon"])) == [(case_id, 0)]
    await change(store, case_id, lat=None, lon=None)
    assert await similar(store, (moved["lat"], moved["lon"])) == []


async def test_a_case_that_got_another_category_is_of_the_old_kind_no_more(store: Store) -> None:
    case_id = await file(store)
    await change(store, case_id, category="pothole")
    assert await similar(store) == []
    assert await same(store) == 0


async def test_after_an_erasure_a_case_is_found_at_its_rounded_place(store: Store) -> None:
    case_id = await file(store, lat=35.16674, lon=47.80472)
    [(person_id,)] = await store.look("SELECT person_id FROM cases")
    async with store.unit() as unit:
        work = await unit.work()
        for statement in erasure.EVERYTHING:
            work.do(statement, person_id=person_id, now=2)
        unit.merge(work)
        await store.commit(unit)
    assert await similar(store, (35.167, 47.805), radius=1) == [(case_id, 0)]


async def test_a_place_counts_what_happened_there_whatever_became_of_it(store: Store) -> None:
    for state in STATES:
        await file(store, state=state)
    await file(store, created_at=500)
    await file(store, **east(60))
    await file(store, category="pothole")
    assert await same(store, since=500) == 5
    assert await same(store, since=499) == 6
    assert await same(store, radius=61, since=499) == 7


@pytest.mark.parametrize("metres", [10, 200, 900, 4_900])
async def test_who_stands_in_the_field_looks_farther_until_there_is_enough(store: Store, metres: float) -> None:
    far = await file(store, **east(metres))
    assert await field(store) == [far]
    here = await file(store)
    assert await field(store) == [here, far]
    assert await field(store, most=1) == [here]


async def test_in_the_field_only_what_can_be_worked_on_is_shown(store: Store) -> None:
    made = {state: await file(store, state=state) for state in (*STATES, "reopened", "contested", "referred")}
    await file(store, private=True)
    await file(store, **east(5_100))
    work = {made[state] for state in ("received", "in_progress", "reopened", "contested", "referred")}
    assert set(await field(store, most=50)) == work


async def test_in_the_field_some_see_only_what_is_on_their_desks(store: Store) -> None:
    roads, parks, _ = [await file(store, desk=desk) for desk in ("roads", "parks", "fire")]
    assert await field(store, desks=["roads", "parks"]) == [roads, parks]
    assert await field(store, desks=["waste"]) == []
    assert len(await field(store)) == 3
