"""The daily summary: what was told since the last one, to those who want it together, each with what concerns them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import orjson

from bot.actions.broadcasts import Announcement, do_broadcast
from bot.actions.casting import readers
from bot.actions.city import City
from bot.clock import DAY
from bot.domain.broadcast import Audience, Kind, load_audience
from bot.domain.quiet import next_clock
from bot.store.summaries import LAST, TOLD, ToldRow
from bot.store.timers import TimerRow, arm
from bot.store.work import Work
from bot.talk import summary

JOB = "summary"
RELATION = "summary"
_MOST = 30  # lines; nobody reads more
_LASTS = DAY  # a summary of yesterday is none


def arm_summary(work: Work, city: City) -> None:
    """Let the next one be made; as often as anybody likes, for a job at a time runs once."""
    arm(work, JOB, 0, next_clock(work.now, city.pack.time.zone, city.pack.digests["citizen_summary"].at))


async def summarise(work: Work, city: City, timer: TimerRow) -> None:
    """One announcement to each group of people who want the same of it; none where there is nothing to say."""
    arm_summary(work, city)
    last = await work.first(LAST, timer_id=timer.id)
    since = last.at if last and last.at else timer.due_at - DAY
    items = [
        row for row in await work.query(TOLD, since=since, until=timer.due_at, most=_MOST) if row.kind != Kind.SAFETY
    ]
    for audience in _groups(items, [area.key for area in city.pack.areas]):
        chosen = [row for row in items if _is_for(row, audience)]
        if chosen:
            _tell(work, city, audience, chosen)


def _tell(work: Work, city: City, audience: Audience, items: Sequence[ToldRow]) -> None:
    made = {lang: summary.screen(reader, items, work.now) for lang, reader in readers(city).items()}
    title = readers(city)[city.pack.languages.default].line("cast-summary-title")
    what = Announcement(Kind.NEWS, title, made, audience, relation=RELATION, expires_at=work.now + _LASTS)
    do_broadcast(work, what)


def _groups(items: Sequence[ToldRow], areas: Sequence[str]) -> Iterator[Audience]:
    """Everybody stands in one: by the kinds that they want together, and where it matters by neighbourhood."""
    local = sorted({area for row in items for area in _areas(row)})
    rest = tuple(area for area in ("", *areas) if area not in local)
    places: list[tuple[str, ...]] = [*((area,) for area in local), rest] if local else [()]
    nears = ("no", "yes") if any(_about(row) for row in items) else ("",)
    for kinds in _subsets([kind for kind in Kind if kind != Kind.SAFETY]):
        for place in places:
            for near in nears:
                yield Audience(daily=kinds, areas=place, near=near)


def _subsets(kinds: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(kinds) + 1):
        yield from combinations(sorted(map(str, kinds)), size)


def _areas(row: ToldRow) -> Iterable[str]:
    """Where people live whom it concerns; nothing where it concerns all."""
    audience = load_audience(orjson.loads(row.audience))
    return (*audience.areas, *((audience.about,) if audience.about else ()))


def _about(row: ToldRow) -> str:
    return load_audience(orjson.loads(row.audience)).about


def _is_for(row: ToldRow, audience: Audience) -> bool:
    """Whether this group reads of it: of its kind, for their place, and near enough for who wants only that."""
    told = load_audience(orjson.loads(row.audience))
    here = not told.areas or set(audience.areas) <= set(told.areas)
    near = audience.near != "yes" or not told.about or audience.areas == (told.about,)
    return row.kind in audience.daily and here and near
