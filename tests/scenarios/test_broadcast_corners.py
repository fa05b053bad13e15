"""What went wrong with announcements once, and for whom."""

from __future__ import annotations

import pytest

from bot.actions import afterwards
from bot.actions.casting import aim, launch, load_cast
from bot.actions.people import revoke
from bot.clock import DAY, HOUR
from bot.domain.broadcast import Audience
from bot.errors import Refused
from bot.sandbox.person import Person
from tests.acting import acting, hires
from tests.scenarios.test_broadcast import cuts_the_water, lives, taps
from tests.scenarios.test_broadcast_care import writes
from tests.scenarios.test_broadcast_midway import begins, crowd, ends, has
from tests.town import Town


async def water_is_cut(town: Town, admin: Person) -> int:
    """A water cut that everybody has; answers its id."""
    await cuts_the_water(admin)
    await taps(admin, "همه")
    preview = await admin.sees("پیش‌نمایش")
    admin.presses("📨 فرستادن", preview)
    await admin.sees("عدد")
    [(cast, size)] = await town.rows("SELECT id, size FROM broadcasts")
    admin.says(str(size))
    await ends(town, cast)
    return int(cast)


async def test_two_admins_said_that_the_water_is_back_and_people_read_it_once(town: Town) -> None:
    first, second = await hires(town, "first", "admin"), await hires(town, "second", "admin", channel="bale")
    citizen = await lives(town, "citizen", "north")
    cast = await water_is_cut(town, first)
    async with acting(town, first) as work:
        await afterwards.over(work, town.app.city, cast)
    async with acting(town, second) as work:
        with pytest.raises(Refused, match="err-already"):
            await afterwards.over(work, town.app.city, cast)
    await citizen.sees("وصل شد", within=15)
    [(child,)] = await town.rows("SELECT id FROM broadcasts WHERE parent_id = ?", cast)
    await ends(town, child)
    assert has(citizen, "وصل شد") == 1


async def test_a_new_end_that_was_earlier_than_the_old_one_is_not_told(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    cast = await water_is_cut(town, admin)
    async with acting(town, admin) as work:
        with pytest.raises(Refused, match="cast-extend-before"):
            await afterwards.extend(work, town.app.city, cast, work.now + HOUR)
        await afterwards.extend(work, town.app.city, cast, work.now + 3 * DAY)
    await admin.sees("طولانی‌تر شد", within=15)


async def test_what_is_aimed_at_others_is_not_sent_before_they_are_counted(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    await writes(admin, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words="پل بسته است")
    [(cast,)] = await town.rows("SELECT id FROM broadcasts")
    async with acting(town, admin) as work:
        aim(work, await load_cast(work, cast), Audience(topic="outage", areas=("north",)))
    async with acting(town, admin) as work:
        with pytest.raises(Refused, match="cast-uncounted"):
            await launch(work, town.app.city, await load_cast(work, cast), 0)
    assert await town.rows("SELECT count(*) FROM outbox WHERE broadcast_id IS NOT NULL") == [(0,)]


async def test_a_withdrawal_midway_reached_those_who_got_it_last(town: Town) -> None:
    admin = await hires(town, "admin", "admin", channel="bale")
    people = await crowd(town)
    cast = await begins(town, admin)
    async with acting(town, admin) as work:
        back = await afterwards.withdraw(work, town.app.city, cast)
    town.sandbox.telegram.faults.clear()
    await ends(town, cast)
    await ends(town, back)
    assert sum(has(person, "پل تا عصر") for person in people) == 0


async def test_a_delivery_that_failed_for_now_did_not_come_after_the_stop(town: Town) -> None:
    admin = await hires(town, "admin", "admin", channel="bale")
    people = await crowd(town)
    cast = await begins(town, admin)
    town.sandbox.telegram.faults.add("500", "sendMessage")
    async with acting(town, admin) as work:
        await afterwards.stop(work, cast)
    await ends(town, cast)
    town.sandbox.telegram.faults.clear()
    got = sum(has(person, "پل تا عصر") for person in people)
    town.clock.turn(HOUR)
    town.app.schedule.wake()
    admin.says("/help")
    await admin.sees("۱۱۵")
    assert sum(has(person, "پل تا عصر") for person in people) == got
    assert await town.rows("SELECT count(*) FROM outbox WHERE broadcast_id = ? AND state = 'waiting'", cast) == [(0,)]


async def test_who_was_an_admin_a_moment_ago_wrote_a_report_and_not_into_an_announcement(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    other = await hires(town, "other", "admin")
    admin.types_key("میز کار")
    await admin.sees("میز کار باز است")
    admin.types_key("مدیریت")
    await taps(admin, "📣 پیام همگانی", "➕ پیام تازه", "📰 خبر")
    await admin.sees("متن پیام")
    [(role,)] = await town.rows(
        "SELECT r.id FROM roles r JOIN accounts a ON a.person_id = r.person_id WHERE a.user_id = ?", admin.id
    )
    async with acting(town, other) as work:
        await revoke(work, town.app.city, role)
    await admin.sees("پایان یافت")
    admin.says("جلوی خانهٔ ما چاله هست")
    await admin.sees("چاله")
    assert await town.rows("SELECT count(*) FROM broadcasts") == [(0,)]
