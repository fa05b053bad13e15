"""One announcement to many, as it arrives: once each, to who wants it, whatever happens on the way."""

from __future__ import annotations

from pathlib import Path

from bot.actions.broadcasts import Announcement, do_broadcast
from bot.domain.broadcast import Audience, Mode
from bot.store import tables
from bot.talk.rich import Plain
from bot.talk.screen import Screen
from tests.acting import acting, hires
from tests.town import Town, living

WATER = Screen((Plain("فردا آب قطع است"),))


async def announces(town: Town, person: object, **more: object) -> int:
    what = {"kind": "outage", "title": "آب", "screens": {"fa": WATER}, "audience": Audience(topic="outage"), **more}
    async with acting(town, person) as work:  # type: ignore[arg-type]
        return do_broadcast(work, Announcement(**what))  # type: ignore[arg-type]


async def ended(town: Town, broadcast: int) -> tuple[object, ...]:
    import asyncio

    while True:
        [(state, finished)] = await town.rows("SELECT state, finished_at FROM broadcasts WHERE id = ?", broadcast)
        if finished:
            return (state,)
        await asyncio.sleep(0.01)


async def test_everybody_who_wants_it_gets_it_once_on_both_platforms(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        admin = await hires(town, "admin", "admin")
        here, there = await town.newcomer("here"), await town.newcomer("there", "bale")
        deaf = await town.newcomer("deaf")
        async with acting(town, deaf) as work:
            work.add(tables.subscriptions, person_id=work.person.id, topic="outage", mode="off", updated_at=work.now)
        broadcast = await announces(town, admin)
        assert await ended(town, broadcast) == ("done",)
        for person, times in ((here, 1), (there, 1), (deaf, 0), (admin, 1)):
            assert sum("فردا آب" in m.text for m in person.chat.messages.values()) == times
        back = await announces(
            town, admin, screens={}, mode=Mode.WITHDRAW, parent_id=broadcast, audience=Audience(reached_by=broadcast)
        )
        assert await ended(town, back) == ("done",)
        for person in (here, there, admin):
            assert not any("فردا آب" in m.text for m in person.chat.messages.values() if not m.deleted)
