"""People choose what comes and how: at once, in the evening's summary, or nothing at all."""

from __future__ import annotations

import pytest

from bot.actions.broadcasts import Announcement, do_broadcast
from bot.clock import DAY, HOUR
from bot.domain.broadcast import Audience
from bot.sandbox.person import Person
from bot.talk.rich import Plain
from bot.talk.screen import Screen
from tests.acting import acting, files, hires
from tests.scenarios.test_broadcast import lives, taps
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])


async def told(town: Town, words: str, kind: str = "outage", **audience: object) -> None:
    """Tell everybody whom it is for."""
    what = Announcement(kind, words, {"fa": Screen((Plain(words),))}, Audience(topic=kind, **audience))  # type: ignore[arg-type]
    async with town.app.store.unit() as unit:
        work = await unit.work()
        do_broadcast(work, what)
        unit.merge(work)
        await town.app.store.commit(unit)


async def opens_wishes(person: Person) -> None:
    person.types_key("تنظیمات")
    await taps(person, "🔔 خبرها")


@BOTH
async def test_what_is_turned_off_does_not_come_and_warnings_still_do(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    await opens_wishes(citizen)
    await taps(citizen, "🔔 قطعی", "🗞 قطعی")
    await citizen.sees("🔕 قطعی")
    await told(town, "آب قطع است")
    await told(town, "سیل می‌آید", "safety")
    await citizen.sees("سیل می‌آید")
    assert not any("آب قطع" in message.text for message in citizen.inbox)


@BOTH
async def test_the_evenings_summary_has_what_concerns_each_and_comes_once(town: Town, channel: str) -> None:
    north = await lives(town, "north", "north", channel)
    south = await lives(town, "south", "south", channel)
    for person in (north, south):
        await opens_wishes(person)
        await taps(person, "🔔 قطعی")
        await person.sees("ساعت")
    await town.app.schedule.settle()  # as in each hour
    await told(town, "آب شمال قطع است", areas=("north",))
    await told(town, "پل بسته است")
    town.clock.turn(8 * HOUR + 5_000)
    town.app.schedule.wake()
    both, one = await north.sees("خلاصهٔ", within=15), await south.sees("خلاصهٔ", within=15)
    assert "آب شمال" in both.text
    assert "پل بسته است" in both.text
    assert "آب شمال" not in one.text
    town.clock.turn(DAY)
    town.app.schedule.wake()
    await told(town, "سیل می‌آید", "safety")
    await north.sees("سیل")
    assert sum("🗞 خلاصهٔ" in message.text for message in north.inbox) == 1


@BOTH
async def test_stop_everything_is_one_tap_and_means_it_until_they_want_messages_again(town: Town, channel: str) -> None:
    officer = await hires(town, "officer", "officer", "civil")
    citizen = await town.newcomer("citizen", channel)
    case = await files(town, citizen, "چالهٔ بزرگ", category="pothole")
    await opens_wishes(citizen)
    await taps(citizen, "🔕 هیچ پیامی نیاید")
    await taps(citizen, "🔕 هیچ پیامی نیاید")
    await citizen.sees("دیگر پیامی نمی‌آید")
    await told(town, "سیل می‌آید", "safety")
    officer.types_key("میز کار")
    async with acting(town, officer) as work:
        from bot.actions.fields import Fields
        from bot.actions.move import as_whom, move_case
        from bot.store.cases import BY_ID

        row = await work.first(BY_ID, case_id=case.id)
        assert row is not None
        await move_case(work, town.app.city, as_whom(work, row), row, "accept", Fields())
    citizen.says("/help")
    await citizen.sees("۱۱۵")
    assert not any("سیل" in m.text or "آغاز شد" in m.text for m in citizen.inbox)
    await opens_wishes(citizen)
    await taps(citizen, "🔔 پیام‌ها بیاید")
    await told(town, "پل بسته است")
    await citizen.sees("پل بسته است")
