"""Officials: invited once, told of what concerns them, and of nothing else."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import HOUR
from tests.acting import SQUARE, bare, files, files_photos, hires, invites, revokes
from tests.faults.pictures import drawn, written
from tests.town import Town


async def test_somebody_invited_takes_the_role_and_gets_a_desk(town: Town) -> None:
    dispatcher = await town.newcomer("dispatcher")
    dispatcher.starts(f"i-{await invites(town, 'dispatcher')}")
    assert "مرکز ۱۳۷" in (await dispatcher.sees("خوش آمدید")).text
    assert any("میز کار" in label for row in dispatcher.keyboard for label in row)


async def test_an_invitation_works_once(town: Town) -> None:
    code = await invites(town, "dispatcher")
    first, second = await town.newcomer("first"), await town.newcomer("second")
    first.starts(f"i-{code}")
    await first.sees("خوش آمدید")
    second.starts(f"i-{code}")
    await second.sees("پیش‌تر به کار رفته")
    assert await town.rows("SELECT count(*) FROM roles") == [(1,)]


async def test_an_invitation_that_is_too_old_says_so(town: Town) -> None:
    code = await invites(town, "dispatcher")
    late = await town.newcomer("late")
    town.clock.turn(49 * HOUR)
    late.starts(f"i-{code}")
    await late.sees("زمان این دعوت گذشته")


async def test_an_invitation_for_the_other_messenger_names_it(town: Town) -> None:
    code = await invites(town, "dispatcher", channel="bale")
    somebody = await town.newcomer("somebody")
    somebody.starts(f"i-{code}")
    await somebody.sees("بله")
    assert await town.rows("SELECT count(*) FROM roles") == [(0,)]


async def test_a_guessed_invitation_opens_nothing(town: Town) -> None:
    stranger = await town.newcomer("stranger")
    stranger.starts("i-AAAAAAAAAAAAAAAAAAAAAAAAAAA")
    await stranger.sees("این دعوت درست نیست")


async def test_whoever_has_the_role_keeps_the_invitation_for_a_colleague(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    code = await invites(town, "dispatcher")
    dispatcher.starts(f"i-{code}")
    await dispatcher.sees("همین نقش را دارید")
    colleague = await town.newcomer("colleague")
    colleague.starts(f"i-{code}")
    await colleague.sees("خوش آمدید")


async def test_an_admin_hears_who_joined(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    await hires(town, "officer_roads", "officer", "civil", "bale")
    assert "officer_roads" in (await admin.sees("دعوت")).text


async def test_nothing_in_the_database_opens_a_role(town: Town) -> None:
    code = await invites(town, "admin")
    dump = str(await town.rows("SELECT * FROM invitations"))
    assert code not in dump


async def test_a_dispatcher_on_the_other_messenger_is_told_of_a_report_with_its_place(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    reporter = await town.newcomer("reporter", "telegram")
    filed = await files(town, reporter)
    card = await dispatcher.sees("چراغ کوچه خاموش است")
    assert "reporter" not in card.text
    assert card.buttons == ["📂 دیدن گزارش"]
    pin = next(message.pin for message in dispatcher.inbox if message.pin)
    assert (pin.lat, pin.lon) == (SQUARE.lat, SQUARE.lon)
    assert f"{filed.code[:4]} {filed.code[4:]}" in bare(card)


async def test_photos_from_the_other_messenger_come_as_an_album(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    reporter = await town.newcomer("reporter", "telegram")
    await files_photos(town, reporter, [written(drawn()), written(drawn((48, 64)))])
    await dispatcher.sees("🆕", within=10)
    while len(photos := [message for message in dispatcher.inbox if message.photo]) < 2:
        await dispatcher.answer(within=10)
    assert len({photo.album for photo in photos}) == 1


async def test_staff_conduct_is_told_to_inspection_alone_and_without_its_words(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    inspection = await hires(town, "inspection", "officer", "inspection")
    office = await hires(town, "office", "manager", "mayor_office")
    reporter = await town.newcomer("reporter")
    await files(town, reporter, "کارمند باجه پول خواست", "staff_service")
    await files(town, reporter)
    alert = await inspection.sees("محرمانه")
    assert "پول خواست" not in alert.text
    inspection.presses("دیدن گزارش", alert)
    await inspection.sees("پول خواست")
    await dispatcher.sees("چراغ کوچه")
    assert not any("محرمانه" in message.text for message in dispatcher.inbox + office.inbox)


async def test_without_inspection_the_head_of_the_mayors_office_is_told(town: Town) -> None:
    office = await hires(town, "office", "manager", "mayor_office")
    reporter = await town.newcomer("reporter")
    await files(town, reporter, "کارمند باجه پول خواست", "staff_service")
    office.presses("دیدن گزارش", await office.sees("محرمانه"))
    await office.sees("پول خواست")


async def test_the_desk_lists_new_reports_five_a_page(town: Town) -> None:
    reporter = await town.newcomer("reporter")
    for number in range(7):
        await files(town, reporter, f"شمارهٔ {number}", place=replace(SQUARE, lat=35.16 + number / 500))
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    dispatcher.types_key("میز کار")
    home = await dispatcher.sees("تازه‌ها")
    dispatcher.presses("🆕 تازه‌ها (۷)", home)
    first = await dispatcher.sees("گزارش‌های تازه")
    assert set(first.buttons) == {"۱", "۲", "۳", "۴", "۵", "بعدی‌ها", "📄 خروجی اکسل", "🗂 میز کار"}
    assert "1 تا 5 از 7" in bare(first)
    dispatcher.presses("بعدی‌ها", first)
    second = await dispatcher.sees("فوری‌تر")
    assert "6 تا 7 از 7" in bare(second)
    dispatcher.presses("۲", second)
    assert "شمارهٔ 6" in (await dispatcher.sees("شمارهٔ")).text


async def test_whoever_lost_the_role_gets_nothing_by_old_buttons(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    await files(town, await town.newcomer("reporter"))
    alert = await dispatcher.sees("چراغ کوچه")
    await revokes(town, dispatcher)
    dispatcher.presses("دیدن گزارش", alert)
    await dispatcher.sees("حساب شما")
