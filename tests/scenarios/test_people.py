"""Colleagues: invited by an admin or their manager, listed, and let go; from the first day with one dispatcher on."""

from __future__ import annotations

import re

import pytest

from bot.clock import HOUR
from bot.sandbox.message import Button, Message
from bot.sandbox.person import Person
from tests.acting import bare, files, hires, settled
from tests.town import Town


async def to_people(official: Person) -> Message:
    """Opens the list of colleagues, from the desk's home."""
    official.types_key("میز کار")
    official.presses("👥 همکاران", await official.sees("👥 همکاران"))
    return await official.sees("➕ دعوت")


async def invited(official: Person, *choices: str) -> str:
    """Makes an invitation by the buttons; answers its code."""
    official.presses("➕ دعوت", await to_people(official))
    for choice in choices:
        official.presses(choice, await official.sees(choice))
    shown = await official.sees("/start i-")
    found = re.search(r"/start i-(\S+)", shown.text)
    assert found
    return found[1].strip("\u2069")


async def joins(town: Town, name: str, code: str, channel: str = "telegram") -> Person:
    person = await town.newcomer(name, channel)
    person.starts(f"i-{code}")
    await person.sees("خوش آمدید. نقش")
    return person


@pytest.mark.parametrize("channel", ["telegram", "bale"])
async def test_an_admin_invites_an_officer_by_four_taps(town: Town, channel: str) -> None:
    admin = await hires(town, "admin", "admin", channel=channel)
    code = await invited(admin, "کارشناس واحد", "عمران")
    officer = await joins(town, "officer", code, "bale")
    await admin.sees("را پذیرفت", within=15)
    [row] = await town.rows("SELECT role, department, channel FROM invitations WHERE created_by IS NOT NULL")
    assert row == ("officer", "civil", "")
    listed = await to_people(admin)
    assert "officer" in listed.text
    assert "admin" in listed.text
    assert officer.keyboard


async def test_the_link_of_each_messenger_is_shown_once_and_kept_nowhere(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    code = await invited(admin, "کارشناس مرکز")
    shown = admin.last
    assert f"https://t.me/{town.app.city.bots['telegram']}?start=i-{code}" in shown.text
    assert f"https://ble.ir/{town.app.city.bots['bale']}?start=i-{code}" in shown.text
    await settled(town)
    assert code not in str(await town.rows("SELECT * FROM outbox"))
    assert code not in str(await town.rows("SELECT * FROM invitations"))


async def test_an_invitation_that_was_taken_back_says_so_kindly(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    code = await invited(admin, "کارشناس مرکز")
    admin.presses("📨 دعوت‌های باز", await to_people(admin))
    opened = await admin.sees("برای پس‌گرفتن")
    assert "کارشناس مرکز ۱۳۷ — از admin" in bare(opened).replace("137", "۱۳۷")
    admin.presses("۱", opened)
    await admin.sees("پس گرفته شد")
    late = await town.newcomer("late")
    late.starts(f"i-{code}")
    await late.sees("این دعوت پس گرفته شده است")
    [(invitation,)] = await town.rows("SELECT id FROM invitations WHERE revoked_at > 0")
    admin.presses(Button("old", f"a-void:0:{invitation}"))
    await admin.sees("پیش‌تر انجام شده")


async def test_a_role_is_taken_after_a_second_tap_and_both_read_of_it(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    dispatcher.types_key("میز کار")
    await dispatcher.sees("تازه‌ها")
    listed = await to_people(admin)
    admin.presses("۱", listed)
    one = await admin.sees("لغو دسترسی")
    assert "سر کار" in one.text
    admin.presses("لغو دسترسی", one)
    asked = await admin.sees("برداشته شود؟")
    admin.presses("لغو دسترسی", asked)
    await admin.sees("برداشته شد")
    await dispatcher.sees("پایان یافت")
    assert not any("میز کار" in label for row in dispatcher.keyboard for label in row)
    dispatcher.presses(Button("old", "v-home:0:"))
    await dispatcher.sees("از حساب شما ممکن نیست")


async def test_the_last_admin_reads_why_they_stay(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    admin.presses("۱", await to_people(admin))
    admin.presses("لغو دسترسی", await admin.sees("لغو دسترسی"))
    admin.presses("لغو دسترسی", await admin.sees("برداشته شود؟"))
    await admin.sees("دست‌کم یک مدیر لازم است")
    assert await town.rows("SELECT revoked_at FROM roles") == [(0,)]


async def test_a_manager_invites_and_sees_officers_of_their_department_alone(town: Town) -> None:
    await hires(town, "admin", "admin")
    manager = await hires(town, "manager_roads", "manager", "civil")
    other = await hires(town, "officer_parks", "officer", "green")
    manager.types_key("میز کار")
    manager.presses("👥 همکاران", await manager.sees("👥 همکاران"))
    listed = await manager.sees("هنوز همکاری")
    assert "officer_parks" not in listed.text
    manager.presses("➕ دعوت", listed)
    units = await manager.sees("برای کدام واحد")
    assert sum("بازگشت" not in label for label in units.buttons) == 1
    for forged in ("a-make:0:admin.", "a-make:0:officer.green", "a-make:0:manager.civil"):
        manager.presses(Button("forged", forged))
        await manager.sees("از حساب شما ممکن نیست")
    assert await town.rows("SELECT count(*) FROM invitations WHERE created_by IS NOT NULL") == [(0,)]
    [(person,)] = await town.rows("SELECT person_id FROM accounts WHERE user_id = ?", other.id)
    manager.presses(Button("forged", f"a-one:0:{person}"))
    await manager.sees("از حساب شما ممکن نیست")


async def test_an_officer_who_moves_to_another_department_sees_the_new_one_alone(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    officer = await hires(town, "officer", "officer", "civil")
    [(role,)] = await town.rows("SELECT id FROM roles WHERE role = 'officer'")
    admin.presses(Button("revoke", f"a-revoke:0:{role}"))
    await officer.sees("پایان یافت")
    officer.starts(f"i-{await invited(admin, 'کارشناس واحد', 'فضای سبز')}")
    assert "فضای سبز" in (await officer.sees("خوش آمدید. نقش")).text
    officer.starts()
    told = await officer.sees("همکار شهرداری هم هستید")
    assert "فضای سبز" in told.text
    assert "عمران" not in told.text


async def test_an_invitation_that_is_over_is_no_longer_listed(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    await invited(admin, "کارشناس مرکز")
    town.clock.turn(town.app.city.pack.limits.invite_hours * HOUR)
    admin.presses("📨 دعوت‌های باز", await to_people(admin))
    await admin.sees("دعوت بازی نیست")


async def test_from_the_first_day_with_one_dispatcher_to_an_officer_and_back(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    admin = await hires(town, "admin", "admin", channel="bale")
    reporter = await town.newcomer("reporter")
    filed = await files(town, reporter, "چالهٔ بزرگ", "pothole")
    await dispatcher.sees("کسی ثبت نشده است")
    officer = await joins(town, "officer", await invited(admin, "کارشناس واحد", "عمران"))
    assert "روی میز شماست: 1" in bare(officer.last)
    assert "رفت: 1" in bare(await dispatcher.sees("همکار دارد"))
    dispatcher.types_key("میز کار")
    await dispatcher.sees("در نوبت نیست")
    officer.types_key("میز کار")
    officer.presses("🆕 تازه‌ها (۱)", await officer.sees("تازه‌ها"))
    assert f"{filed.code[:4]} {filed.code[4:]}" in bare(await officer.sees("گزارش‌های تازه"))
    [(role,)] = await town.rows("SELECT id FROM roles WHERE role = 'officer'")
    admin.presses(Button("revoke", f"a-revoke:0:{role}"))
    await officer.sees("پایان یافت")
    await dispatcher.sees("دیگر کسی نیست")
    dispatcher.types_key("میز کار")
    await dispatcher.sees("تازه‌ها (۱)")
    assert await town.rows("SELECT state, desk FROM cases") == [("received", "center137")]


async def test_the_log_names_officials_and_codes_and_no_citizen(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    dispatcher = await hires(town, "dispatcher", "dispatcher")
    reporter = await town.newcomer("reporter")
    filed = await files(town, reporter, "سیم لخت")
    dispatcher.presses("دیدن گزارش", await dispatcher.sees("سیم لخت"))
    dispatcher.presses("✅ می‌پذیرم", await dispatcher.sees("✅ می‌پذیرم"))
    await dispatcher.sees("↩️")
    admin.presses("🧾 کارنامه", await to_people(admin))
    log = await admin.sees("کارنامه، از تازه")
    assert "dispatcher — " in bare(log)
    assert f"{filed.code[:4]} {filed.code[4:]}: کار آغاز شد" in bare(log)
    assert "شهروند — " in bare(log)
    assert "نقش «کارشناس مرکز 137» را پذیرفت" in bare(log)
    assert "سیم لخت" not in log.text
    assert "reporter" not in log.text


async def test_a_long_log_is_read_page_by_page(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    reporter = await town.newcomer("reporter")
    for number in range(11):
        await files(town, reporter, f"شمارهٔ {number}")
    admin.presses("🧾 کارنامه", await to_people(admin))
    first = await admin.sees("کارنامه، از تازه")
    newest = first.text
    assert not any("تازه‌تر" in label for label in first.buttons)
    admin.presses(next(label for label in first.buttons if "قدیمی" in label), first)
    second = await admin.sees("کارنامه، از تازه")
    assert "را پذیرفت" in second.text
    assert "را پذیرفت" not in newest


async def test_an_admin_who_ends_their_own_role_is_a_citizen_again(town: Town) -> None:
    admin = await hires(town, "admin", "admin")
    await hires(town, "second", "admin")
    await to_people(admin)
    [(role,)] = await town.rows(
        "SELECT r.id FROM roles r JOIN accounts a ON a.person_id = r.person_id WHERE a.user_id = ?", admin.id
    )
    admin.presses(Button("revoke", f"a-revoke:0:{role}"))
    await admin.sees("برداشته شد")
    assert not any("میز کار" in label for row in admin.keyboard for label in row)
    admin.presses(Button("people", "a-people:0:"))
    await admin.sees("از حساب شما ممکن نیست")
