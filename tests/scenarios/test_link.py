"""One person on two messengers: linked by a one-time code, and parted again."""

from __future__ import annotations

import pytest

from bot.actions.link import unlink
from bot.clock import DAY, MINUTE
from bot.sandbox.message import Button
from bot.sandbox.person import Person
from tests.acting import acting, bare, files, hires
from tests.town import Town

PAIRS = pytest.mark.parametrize(("first", "second"), [("telegram", "bale"), ("bale", "telegram")])


async def to_link(person: Person) -> None:
    """Goes to the other messenger's screen by the menu."""
    person.types_key("تنظیمات")
    await person.answer()
    person.presses("پیام‌رسان دیگر")
    await person.answer()


async def gets_code(person: Person) -> str:
    """A fresh code, as it stands on a line of its own."""
    await to_link(person)
    person.presses("گرفتن کد")
    shown = await person.answer()
    return bare(shown).splitlines()[-1].replace(" ", "")


@PAIRS
async def test_a_code_typed_in_the_other_messenger_makes_two_accounts_one(town: Town, first: str, second: str) -> None:
    here, there = await town.newcomer("here", first), await town.newcomer("there", second)
    mine, theirs = await files(town, here, "چراغ اول"), await files(town, there, "چراغ دوم")
    code = await gets_code(here)
    await to_link(there)
    there.presses("نوشتن کد")
    await there.answer()
    there.says(code)
    there.presses("بله", await there.sees("یکی شود"))
    await there.sees("دو حساب شما یکی شد")
    await here.sees("دو حساب شما یکی شد")
    assert len(await town.rows("SELECT DISTINCT person_id FROM accounts")) == 1
    there.types_key("گزارش‌های من")
    there.presses("۲", await there.sees("گزارش‌های شما"))
    assert bare(await there.sees("کد")).find(f"{mine.code[:4]} {mine.code[4:]}") > 0
    here.types_key("گزارش‌های من")
    here.presses("۱", await here.sees("گزارش‌های شما"))
    assert bare(await here.sees("کد")).find(f"{theirs.code[:4]} {theirs.code[4:]}") > 0


async def test_the_code_may_be_the_first_thing_that_is_typed(town: Town) -> None:
    here, there = await town.newcomer("here"), await town.newcomer("there", "bale")
    there.says(await gets_code(here))
    assert "تلگرام" in (await there.answer()).text
    there.presses("بله")
    await here.sees("دو حساب شما یکی شد")


async def test_only_the_hash_of_a_code_is_kept_beside_the_message_that_shows_it(town: Town) -> None:
    here = await town.newcomer("here")
    code = await gets_code(here)
    assert code not in str(await town.rows("SELECT * FROM link_codes"))


async def test_saying_no_links_nothing(town: Town) -> None:
    here, there = await town.newcomer("here"), await town.newcomer("there", "bale")
    there.says(await gets_code(here))
    sure = await there.answer()
    yes = next(button for row in sure.rows for button in row if "بله" in button.text)
    there.presses("نه", sure)
    await there.answer()
    there.presses(Button("بله", yes.data), sure)
    await there.sees("این دکمه قدیمی است")
    assert len(await town.rows("SELECT DISTINCT person_id FROM accounts")) == 2


async def test_a_code_is_good_for_its_minutes_and_for_one_time_only(town: Town) -> None:
    here, there = await town.newcomer("here"), await town.newcomer("there", "bale")
    code = await gets_code(here)
    town.clock.turn(town.app.city.pack.limits.link_code_minutes * MINUTE + 1)
    await to_link(there)
    there.presses("نوشتن کد")
    await there.answer()
    there.says(code)
    await there.sees("زمانش گذشته")
    fresh = await gets_code(here)
    there.says(fresh)
    there.presses("بله", await there.sees("یکی شود"))
    await there.sees("یکی شد")
    other = await town.newcomer("other", "bale")
    await to_link(other)
    other.presses("نوشتن کد")
    await other.answer()
    other.says(fresh)
    await other.sees("زمانش گذشته")


async def test_a_newer_code_ends_the_older_one(town: Town) -> None:
    here, there = await town.newcomer("here"), await town.newcomer("there", "bale")
    old = await gets_code(here)
    await gets_code(here)
    await to_link(there)
    there.presses("نوشتن کد")
    await there.answer()
    there.says(old)
    await there.sees("درست نیست")


async def test_ones_own_code_belongs_into_the_other_messenger(town: Town) -> None:
    here = await town.newcomer("here")
    code = await gets_code(here)
    await to_link(here)
    here.presses("نوشتن کد")
    await here.answer()
    here.says(code)
    await here.sees("از همین حساب است")


async def test_after_five_wrong_codes_even_the_right_one_waits(town: Town) -> None:
    here, guesser = await town.newcomer("here"), await town.newcomer("guesser", "bale")
    code = await gets_code(here)
    await to_link(guesser)
    guesser.presses("نوشتن کد")
    await guesser.answer()
    guesser.says("12345")
    await guesser.sees("درست نیست")
    for number in range(town.app.city.pack.limits.code_guesses_per_hour):
        guesser.says(f"0000000{number + 1}")
        await guesser.sees("درست نیست")
    guesser.says(code)
    await guesser.sees("از ساعت")
    assert len(await town.rows("SELECT DISTINCT person_id FROM accounts")) == 2


async def test_who_writes_about_a_problem_instead_of_a_code_is_heard(town: Town) -> None:
    citizen = await town.newcomer("citizen")
    await to_link(citizen)
    citizen.presses("نوشتن کد")
    await citizen.answer()
    citizen.says("آسفالت کوچه ما خراب شده است")
    assert "درست نیست" not in (await citizen.answer()).text
    assert "آسفالت" in str(await town.rows("SELECT draft FROM dialogues WHERE name = 'report'"))


async def test_an_unfinished_report_goes_on_in_the_other_messenger(town: Town) -> None:
    here, there = await town.newcomer("here"), await town.newcomer("there", "bale")
    there.says("آسفالت کوچه ما خراب شده است")
    await there.answer()
    there.says(await gets_code(here))
    there.presses("بله", await there.sees("یکی شود"))
    await there.sees("یکی شد")
    here.types_key("ثبت گزارش")
    await here.sees("نیمه‌کاره")


async def test_a_role_counts_in_both_messengers(town: Town) -> None:
    here, official = await town.newcomer("here"), await hires(town, "official", "dispatcher", channel="bale")
    official.says(await gets_code(here))
    official.presses("بله", await official.sees("یکی شود"))
    await here.sees("یکی شد")
    assert any("میز کار" in key for row in here.keyboard for key in row)
    assert len(await town.rows("SELECT * FROM roles WHERE revoked_at = 0")) == 1


async def test_unlinking_is_no_way_out_of_a_block(town: Town) -> None:
    here, there = await town.newcomer("here"), await town.newcomer("there", "bale")
    there.says(await gets_code(here))
    there.presses("بله", await there.sees("یکی شود"))
    await here.sees("یکی شد")
    async with acting(town, here) as work:
        work.know(blocked_until=work.now + DAY)
    async with acting(town, here) as work:
        await unlink(work, town.app.city)
    there.types_key("ثبت گزارش")
    await there.sees("بسته است")


@PAIRS
async def test_unlinking_leaves_the_reports_where_it_was_asked_for(town: Town, first: str, second: str) -> None:
    here, there = await town.newcomer("here", first), await town.newcomer("there", second)
    await files(town, there)
    there.says(await gets_code(here))
    there.presses("بله", await there.sees("یکی شود"))
    await here.sees("یکی شد")
    here.types_key("تنظیمات")
    await here.answer()
    here.presses("پیام‌رسان دیگر")
    assert "پیوند دارد" in (await here.answer()).text
    here.presses("قطع پیوند")
    assert "در همین پیام‌رسان می‌ماند" in (await here.answer()).text
    here.presses("قطع پیوند")
    await here.sees("قطع شد")
    await there.sees("قطع شد")
    there.says("/mine")
    await there.sees("هنوز گزارشی ثبت نکرده‌اید")
    here.says("/mine")
    await here.sees("گزارش‌های شما")
