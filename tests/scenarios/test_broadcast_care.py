"""Before many are told: a number to type, a second person, a time, quiet hours, and rights that are looked at again."""

from __future__ import annotations

import pytest

from bot.actions.casting import approve
from bot.clock import DAY, HOUR
from bot.errors import Refused
from bot.sandbox.message import Message
from bot.sandbox.person import Person
from bot.store import tables
from tests.acting import acting, hires, revokes
from tests.scenarios.test_broadcast import lives, taps
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])


async def writes(admin: Person, *kind: str, words: str = "فردا جشن شهر در پارک است") -> Message:
    """A free text to everybody who wants its kind; answers the preview."""
    admin.types_key("میز کار")
    await admin.sees("میز کار باز است")
    admin.types_key("مدیریت")
    await taps(admin, "📣 پیام همگانی", "➕ پیام تازه", *kind)
    await admin.sees("متن پیام")
    admin.says(words)
    await taps(admin, "همه")
    return await admin.sees("پیش‌نمایش")


async def many(town: Town, number: int) -> None:
    """So many people who stand in the database and can't be reached by anybody's phone."""
    async with town.app.store.unit() as unit:
        work = await unit.work()
        for each in range(number):
            person = work.add(tables.people, lang="fa", created_at=work.now - DAY)
            row = {"channel": "telegram", "user_id": 10_000_000 + each, "chat_id": 10_000_000 + each}
            work.add(tables.accounts, person_id=person, seen_at=1, **row)
        unit.merge(work)
        await town.app.store.commit(unit)


async def state_of(town: Town) -> str:
    [(state,)] = await town.rows("SELECT state FROM broadcasts WHERE relation = '' ORDER BY id DESC LIMIT 1")
    return str(state)


@BOTH
async def test_a_wrong_number_sends_nothing_and_the_right_one_in_any_digits_does(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    citizen = await town.newcomer("citizen")
    preview = await writes(admin, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words="پل بسته است")
    admin.presses("📨 فرستادن", preview)
    await admin.sees("عدد")
    admin.says("3")
    await admin.sees("چیزی فرستاده نشد")
    assert await state_of(town) == "draft"
    admin.says("2")
    await citizen.sees("پل بسته است")
    await admin.sees("نتیجهٔ پیام", within=20)


@BOTH
async def test_above_the_packs_size_somebody_else_must_agree_and_never_the_author(town: Town, channel: str) -> None:
    author = await hires(town, "author", "admin", channel=channel)
    citizen = await town.newcomer("citizen")
    await many(town, 250)
    preview = await writes(author, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words="پل بسته است")
    author.presses("📨 فرستادن", preview)
    await author.sees("عدد")
    author.says("252")
    await author.sees("نفر دومی برای تأیید ثبت نشده است")
    second = await hires(town, "second", "admin", channel="bale")
    [(cast,)] = await town.rows("SELECT id FROM broadcasts")
    async with acting(town, author) as work:
        with pytest.raises(Refused, match="cast-second-self"):
            await approve(work, town.app.city, cast)
    second.types_key("میز کار")
    await second.sees("میز کار باز است")
    second.types_key("مدیریت")
    await taps(second, "📣 پیام همگانی")
    second.presses("۱", await second.sees("منتظر تأیید"))
    await taps(second, "✅ تأیید می‌کنم")
    await author.sees("را تأیید کرد")
    await citizen.sees("پل بسته است")
    assert await state_of(town) in ("sending", "done")


@BOTH
async def test_who_does_not_agree_says_why_and_nothing_is_sent(town: Town, channel: str) -> None:
    author = await hires(town, "author", "admin", channel=channel)
    second = await hires(town, "second", "admin")
    citizen = await town.newcomer("citizen")
    await many(town, 250)
    preview = await writes(author, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words="پل بسته است")
    author.presses("📨 فرستادن", preview)
    await author.sees("عدد")
    author.says("253")
    await author.sees("منتظر تأیید نفر دوم")
    asked = await second.sees("تأیید می‌کنید")
    second.presses("❌ تأیید نمی‌کنم", asked)
    await second.sees("چرا نه")
    second.says("نام پل را بنویسید")
    await author.sees("نام پل را بنویسید")
    assert await state_of(town) == "rejected"
    second.presses("✅ تأیید می‌کنم", asked)
    await second.sees("پیش‌تر")
    assert not any("پل بسته" in message.text for message in citizen.inbox)


@BOTH
async def test_a_warning_goes_at_once_with_a_reason_and_the_managers_are_told(town: Town, channel: str) -> None:
    author = await hires(town, "author", "admin", channel=channel)
    manager = await hires(town, "manager", "manager", "civil")
    citizen = await town.newcomer("citizen")
    await many(town, 250)
    preview = await writes(author, "⚠️ هشدار ایمنی", "✍️ متن آزاد", words="از رودخانه دور شوید")
    author.presses("📨 فرستادن", preview)
    await author.sees("چرا اکنون")
    author.says("سیل نزدیک است")
    await author.sees("عدد")
    author.says("۲۵۳")
    await citizen.sees("از رودخانه دور شوید")
    told = await manager.sees("بی‌تأیید نفر دوم")
    assert "سیل نزدیک است" in told.text


@BOTH
async def test_at_night_it_is_offered_for_the_morning_and_begins_then_once(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    citizen = await town.newcomer("citizen")
    town.clock.turn(13 * HOUR)  # 23:00
    preview = await writes(admin, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words="پل بسته است")
    admin.presses("📨 فرستادن", preview)
    await taps(admin, "✅ بله")
    await admin.sees("عدد")
    admin.says("۲")
    await admin.sees("زمان‌بندی شد")
    assert await state_of(town) == "scheduled"
    town.clock.turn(10 * HOUR)
    town.app.schedule.wake()
    await citizen.sees("پل بسته است", within=15)
    town.app.schedule.wake()
    await admin.sees("نتیجهٔ پیام", within=20)
    assert sum("پل بسته" in message.text for message in citizen.inbox) == 1


@BOTH
async def test_what_was_scheduled_by_somebody_who_lost_the_role_is_not_sent(town: Town, channel: str) -> None:
    author = await hires(town, "author", "admin", channel=channel)
    other = await hires(town, "other", "admin")
    citizen = await town.newcomer("citizen")
    preview = await writes(author, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words="پل بسته است")
    author.presses("🕓 زمان‌بندی", preview)
    await author.sees("چه روز و ساعتی")
    wrong = {"۳۱ مهر ۱۰": "چنین روزی", "دیروز": "این‌طور", "۲۳ آبان ۱۴۰۴ ۱۰": "گذشته است", "فردا ۲۳": "ساعت آرام"}
    for typed, answer in wrong.items():
        author.says(typed)
        await author.sees(answer)
    author.says("فردا ۱۰")
    await author.sees("عدد")
    author.says("3")
    await author.sees("زمان‌بندی شد")
    await revokes(town, author)
    town.clock.turn(DAY + HOUR)
    town.app.schedule.wake()
    await other.sees("دیگر مدیر نیست", within=15)
    assert await state_of(town) == "cancelled"
    assert not any("پل بسته" in message.text for message in citizen.inbox)


@BOTH
async def test_the_limit_of_a_day_leaves_people_in_peace_until_tomorrow(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    citizen = await lives(town, "citizen", "north")
    [(account,)] = await town.rows("SELECT id FROM accounts WHERE user_id = ?", citizen.id)
    async with town.app.store.unit() as unit:
        work = await unit.work()
        for _ in range(town.app.city.pack.limits.pushes_per_day):
            cast = work.add(tables.broadcasts, kind="news", state="done", finished_at=1, created_at=work.now)
            row = {"channel": "telegram", "chat_id": citizen.id, "priority": 3, "state": "sent", "screen": "{}"}
            work.add(tables.outbox, account_id=account, broadcast_id=cast, created_at=work.now, **row)
        unit.merge(work)
        await town.app.store.commit(unit)
    preview = await writes(admin, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words="پل بسته است")
    admin.presses("📨 فرستادن", preview)
    await admin.sees("عدد")
    admin.says("2")
    await admin.sees("فردا به آنان می‌رسد", within=15)
    assert not any("پل بسته" in message.text for message in citizen.inbox)
    assert await town.rows("SELECT count(*) FROM outbox WHERE state = 'waiting' AND due_at > 0") == [(1,)]


@BOTH
async def test_an_answer_to_an_announcement_reaches_the_centre_or_becomes_a_report(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin")
    citizen = await town.newcomer("citizen", channel)
    preview = await writes(admin, "🔧 قطعی و راه‌بندان", "✍️ متن آزاد", words="پل بسته است")
    admin.presses("📨 فرستادن", preview)
    await admin.sees("عدد")
    admin.says("2")
    told = await citizen.sees("پل بسته است")
    await admin.sees("نتیجهٔ پیام", within=20)
    citizen.replies(told, "از کدام راه برویم؟")
    await citizen.sees("به کارشناس ۱۳۷ رسید")
    letter = await admin.sees("از کدام راه برویم؟")
    assert "پل بسته است" in letter.text
    await revokes(town, admin)
    citizen.replies(told, "جلوی پل چاله هست")
    await citizen.sees("چاله")
