"""Open cases that are likely to be the same problem: near and of the same kind, or told in the same words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.city import City
from bot.clock import DAY
from bot.domain.draft import Draft, Place
from bot.domain.geo import Point
from bot.store import alike as words
from bot.store.alike import AlikeRow
from bot.store.cases import CaseRow
from bot.store.near import Around, Near, SimilarRow, near, same_place
from bot.store.supporters import SUPPORT
from bot.store.work import Work
from bot.understand.alike import ALIKE, alike
from bot.understand.normalise import normalise

_COUNTED = 50  # similar ones about a case, at most


@dataclass(frozen=True, slots=True)
class Offer:
    """One of them, as it is shown to somebody else: never its words. `metres`: None where no point is known.
    `seen`: its owner lets everybody see the photos, and they were looked through.
    """

    id: int
    code: str
    person_id: int
    category: str
    area: str
    state: str
    closed_how: str
    created_at: int
    people: int
    seen: bool
    metres: float | None


async def near_to(work: Work, city: City, category: str, point: Point, most: int) -> list[Near[SimilarRow]]:
    """Open ordinary cases of this kind within its radius, of the pack's last days, nearest first."""
    kind = city.pack.categories.get(category)
    if kind is None or kind.private or not kind.similar or not city.pack.geo.in_county(*point):
        return []  # near a pole a circle of metres would touch squares without end
    since = work.now - city.pack.limits.similar_days * DAY
    return await near(work, category, Around(point, city.pack.radius_m(category)), since, most)


async def count_near(work: Work, city: City, case: CaseRow) -> int:
    """How many similar ones there are about a case, besides itself."""
    if case.lat is None or case.lon is None or case.private:
        return 0
    found = await near_to(work, city, case.category, (case.lat, case.lon), _COUNTED)
    return sum(each.case.id != case.id for each in found)


async def recurs(work: Work, city: City, case: CaseRow) -> tuple[int, int, int] | None:
    """Where a case is one of many at its place: how many, within how many metres and days."""
    limits, kind = city.pack.limits, city.pack.categories.get(case.category)
    if case.lat is None or case.lon is None or case.private or kind is None or not kind.similar:
        return None
    if not city.pack.geo.in_county(case.lat, case.lon):
        return None
    around, since = Around((case.lat, case.lon), limits.recurring_radius_m), work.now - limits.recurring_days * DAY
    count = await same_place(work, case.category, around, since)
    return (count, limits.recurring_radius_m, limits.recurring_days) if count >= limits.recurring_count else None


async def similar_to(work: Work, city: City, draft: Draft) -> list[Offer]:
    """What somebody is asked about before they submit; their own come first, what they have joined is left out."""
    kind, place = city.pack.categories.get(draft.category), draft.place or Place()
    if kind is None or kind.private or not kind.similar:
        return []
    most = city.pack.limits.similar_shown
    if place.lat is not None and place.lon is not None:
        found = await near_to(work, city, kind.key, (place.lat, place.lon), 2 * most)
        offers = [_offer(each.case, each.metres) for each in found]
    else:
        offers = [_offer(row) for row in await _told_alike(work, city, draft, place)]
    others = [offer for offer in offers if not await _has_joined(work, offer)]
    return sorted(others, key=lambda offer: offer.person_id != work.person.id)[:most]


async def _told_alike(work: Work, city: City, draft: Draft, place: Place) -> list[AlikeRow]:
    """The same words, and no other part of the town."""
    told = normalise(" ".join((draft.text, place.address, place.landmark)))
    since = work.now - city.pack.limits.similar_days * DAY
    rows = await words.sharing(work, draft.category, told, since)
    found = [(alike(told, row.found_by), row) for row in rows if not (place.area and row.area not in ("", place.area))]
    return [row for share, row in sorted(found, key=lambda each: -each[0]) if share >= ALIKE]


async def _has_joined(work: Work, offer: Offer) -> bool:
    row = await work.first(SUPPORT, case_id=offer.id, person_id=work.person.id)
    return row is not None and not row.left_at


def _offer(row: SimilarRow | AlikeRow, metres: float | None = None) -> Offer:
    return Offer(
        row.id,
        row.code,
        row.person_id,
        row.category,
        row.area,
        row.state,
        row.closed_how,
        row.created_at,
        row.supporters + 1,
        bool(row.public and row.published and not row.hidden),
        metres,
    )
