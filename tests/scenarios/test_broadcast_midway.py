"""A broadcast that is stopped, paused, corrected or taken back while it goes out, or that time overtakes."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from bot.actions.erase import erase
from bot.clock import DAY, HOUR
from bot.sandbox.person import Person
from bot.store import tables
from tests.acting import acting, bare, hires
from tests.scenarios.test_broadcast import taps
from tests.scenarios.test_broadcast_care import writes
from tests.town import Town

CROWD = 60
OLD, NEW = "پل تا عصر بسته است", "پل تا فردا بسته است"


async def crowd(town: Town) -> list[Person]:
    """People on a platform that is slow enough to be stopped midway."""
    people = [town.person(f"citizen {number}") for number in range(CROWD)]
    async with town.app.store.unit() as unit:
        work = await unit.work()
        for person in people:
            person.chat.started = True
            made = work.add(tables.people, lang="fa", created_at=work.now - DAY)
            row = {"channel": "telegram", "user_id": person.id, "chat_id": person.id}
            work.add(tables.accounts, person_id=made, seen_at=1, **row)
        unit.merge(work)
        await town.app.store.commit(unit)
    return people


async def begins(town: Town, admin: Person) -> int:
    """A broadcast of which some are sent and most are not."""
    preview = await writes(admin, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words=OLD)
    town.sandbox.telegram.faults.add("slow", "sendMessage", seconds=0.5)
    admin.presses("📨 فرستادن", preview)
    await admin.sees("عدد")
    admin.says(str(CROWD + 1))
    [(cast,)] = await town.rows("SELECT id FROM broadcasts")
    while True:
        [(sent,)] = await town.rows("SELECT count(*) FROM outbox WHERE broadcast_id = ? AND state = 'sent'", cast)
        if sent >= 10:
            return int(cast)
        await asyncio.sleep(0.01)


def has(person: Person, words: str) -> int:
    return sum(words in message.text for message in person.chat.messages.values() if not message.deleted)


async def ends(town: Town, cast: int) -> dict[str, int]:
    """Waits for its end; answers what became of its deliveries."""
    while not (await town.rows("SELECT finished_at FROM broadcasts WHERE id = ?", cast))[0][0]:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    return dict(await town.rows("SELECT state, count(*) FROM outbox WHERE broadcast_id = ? GROUP BY state", cast))


async def test_after_the_stop_nobody_gets_it_and_the_account_is_exact(town: Town) -> None:
    admin = await hires(town, "admin", "admin", channel="bale")
    people = await crowd(town)
    cast = await begins(town, admin)
    card = await admin.sees("⏹ توقف")
    admin.presses("⏹ توقف", card)
    states = await ends(town, cast)
    got = sum(has(person, OLD) for person in people)
    assert 0 < got < CROWD
    assert states["sent"] in (got, got + 1)  # the author is one of all
    account = bare(await admin.sees("نتیجهٔ پیام", within=15))
    assert f"نرسید: {states['stopped']}" in account


async def test_paused_it_waits_and_resumed_everybody_gets_it_once(town: Town) -> None:
    admin = await hires(town, "admin", "admin", channel="bale")
    people = await crowd(town)
    cast = await begins(town, admin)
    admin.presses("⏸ درنگ", await admin.sees("⏸ درنگ"))
    paused = await admin.sees("▶️ ادامه")
    while await town.rows("SELECT 1 FROM outbox WHERE broadcast_id = ? AND state = 'sending'", cast):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    before = sum(has(person, OLD) for person in people)
    assert before < CROWD
    town.sandbox.telegram.faults.clear()
    admin.presses("▶️ ادامه", paused)
    await ends(town, cast)
    assert Counter(has(person, OLD) for person in people) == {1: CROWD}


async def test_corrected_midway_everybody_knows_which_text_is_right(town: Town) -> None:
    admin = await hires(town, "admin", "admin", channel="bale")
    people = await crowd(town)
    cast = await begins(town, admin)
    admin.presses("✏️ اصلاح", await admin.sees("✏️ اصلاح"))
    await admin.sees("متن درست")
    admin.says(NEW)
    admin.presses("✅ بله", await admin.sees("فرستاده شود؟"))
    await admin.sees("اصلاح شد")
    town.sandbox.telegram.faults.clear()
    await ends(town, cast)
    [(child,)] = await town.rows("SELECT id FROM broadcasts WHERE parent_id = ?", cast)
    await ends(town, child)
    for person in people:
        corrected = has(person, "اصلاح پیام پیشین")
        assert has(person, OLD) == corrected, "whoever got the old text got its correction"
        assert has(person, NEW) == 1
    assert 0 < sum(has(person, OLD) for person in people) < CROWD


async def test_what_is_over_meanwhile_is_not_sent_any_more(town: Town) -> None:
    admin = await hires(town, "admin", "admin", channel="bale")
    people = await crowd(town)
    cast = await begins(town, admin)
    town.clock.turn(13 * HOUR)
    town.app.schedule.wake()
    states = await ends(town, cast)
    assert states["expired"] > 0
    assert sum(has(person, OLD) for person in people) < CROWD
    await admin.sees("زمان پیام گذشت", within=15)


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_taken_back_it_is_gone_where_the_platform_allows_it_and_the_rest_is_counted(
    town: Town, channel: str
) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    citizen, deleted = await town.newcomer("citizen"), await town.newcomer("deleted", "bale")
    preview = await writes(admin, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words=OLD)
    admin.presses("📨 فرستادن", preview)
    await admin.sees("عدد")
    admin.says("3")
    told = await deleted.sees(OLD)
    done = await admin.sees("نتیجهٔ پیام", within=20)
    told.deleted = True
    admin.presses("↩️ جمع‌کردن پیام", done)
    await taps(admin, "✅ بله")
    account = bare(await admin.sees("جمع شد", within=20))
    assert "جمع شد: 2" in account
    assert "مانده است: 1" in account
    assert not has(citizen, OLD)


async def test_who_deletes_their_data_midway_gets_nothing_more(town: Town) -> None:
    admin = await hires(town, "admin", "admin", channel="bale")
    leaver = await town.newcomer("leaver", "bale")
    await crowd(town)
    preview = await writes(admin, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words=OLD)
    town.sandbox.bale.faults.add("slow", "sendMessage", seconds=0.5)
    async with acting(town, leaver) as work:
        await erase(work, town.app.city)
    admin.presses("📨 فرستادن", preview)
    await admin.sees("عدد")
    admin.says(str(CROWD + 2))
    [(cast,)] = await town.rows("SELECT id FROM broadcasts")
    await ends(town, cast)
    assert not has(leaver, OLD)
    assert await town.rows("SELECT count(*) FROM outbox WHERE broadcast_id = ?", cast) == [(CROWD + 1,)]
