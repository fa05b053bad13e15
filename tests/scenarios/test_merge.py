"""Officials make several reports one and one report several; people keep their codes and are told once."""

from __future__ import annotations

from bot.actions.file_case import Filed
from bot.domain.draft import Place
from bot.sandbox.message import Message
from bot.sandbox.person import Person
from tests.acting import LAMP, bare, files, hires
from tests.town import Town

MORE, REPAIR = "⋯ کارهای دیگر", "🛠 اصلاح گزارش"
HERE = (35.1667, 47.8047)


def shown(filed: Filed) -> str:
    return f"{filed.code[:4]} {filed.code[4:]}"


async def lamp(town: Town, person: Person, north: int = 0, words: str = "چراغ") -> Filed:
    """A lamp so many metres north."""
    return await files(town, person, words, LAMP, Place(HERE[0] + north / 111_195, HERE[1], area="center"))


async def more_of(dispatcher: Person, filed: Filed) -> Message:
    """The second page of the case's card."""
    while True:
        alert = await dispatcher.sees("🆕")
        if shown(filed) in bare(alert):
            break
    dispatcher.presses("دیدن گزارش", alert)
    dispatcher.presses(MORE, await dispatcher.sees("ثبت شده"))
    dispatcher.presses(REPAIR, await dispatcher.sees(REPAIR))
    while True:
        card = await dispatcher.answer()
        if any("ادغام" in label for label in card.buttons):
            return card


async def test_a_near_one_is_chosen_looked_at_and_merged(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    first, second = await town.newcomer("first"), await town.newcomer("second")
    new = await lamp(town, first)
    old = await lamp(town, second, 20)
    dispatcher.presses("ادغام", await more_of(dispatcher, old))
    asked = await dispatcher.sees("با کدام گزارش یکی شود؟")
    assert "20 متر" in bare(asked)
    assert shown(new) in bare(asked)
    dispatcher.presses("۱", asked)
    preview = await dispatcher.sees("ادغام شود؟")
    assert shown(old) in bare(preview)
    assert shown(new) in bare(preview)
    dispatcher.presses("بله", preview)
    await dispatcher.sees("خبر گرفتند")
    told = await second.sees("یکی شد")
    assert shown(old) in bare(told)
    assert shown(new) in bare(told)
    second.says(old.code)
    card = await second.sees("گزارشی که شما هم دارید")
    assert shown(new) in bare(card)
    reported = "SELECT state, supporters FROM cases WHERE channel <> 'place' ORDER BY id"
    assert await town.rows(reported) == [("received", 1), ("merged", 0)]


async def test_by_its_code_and_what_is_wrong_is_said(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    first, second = await town.newcomer("first"), await town.newcomer("second")
    new = await lamp(town, first, 3_000)
    old = await lamp(town, second)
    dispatcher.presses("ادغام", await more_of(dispatcher, old))
    await dispatcher.sees("با کدام گزارش یکی شود؟")
    for typed, why in (
        (old.code, "همین گزارش"),
        ("12345678", "گزارشی با این کد نیست"),
        ("سلام", "گزارشی با این کد نیست"),
    ):
        dispatcher.says(typed)
        assert why in (await dispatcher.sees("ادغام")).text
    dispatcher.says(new.code)
    dispatcher.presses("❌ نه", await dispatcher.sees("ادغام شود؟"))
    await dispatcher.sees("با کدام گزارش یکی شود؟")
    dispatcher.says(new.code)
    dispatcher.presses("بله", await dispatcher.sees("ادغام شود؟"))
    await dispatcher.sees("خبر گرفتند")
    assert await town.rows("SELECT state FROM cases ORDER BY id") == [("received",), ("merged",)]


async def test_all_near_ones_with_one_tap(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    people = [await town.newcomer(f"neighbour {number}") for number in range(3)]
    made = [await lamp(town, person, 10 * number) for number, person in enumerate(people)]
    dispatcher.presses("ادغام", await more_of(dispatcher, made[2]))
    dispatcher.presses("همهٔ نزدیک‌ها", await dispatcher.sees("با کدام گزارش یکی شود؟"))
    dispatcher.presses("بله", await dispatcher.sees("همه در"))
    await dispatcher.sees("خبر گرفتند: ")
    for person in people[:2]:
        await person.sees("یکی شد")
    reported = "SELECT state, supporters FROM cases WHERE channel <> 'place' ORDER BY id"
    assert await town.rows(reported) == [
        ("merged", 0),
        ("merged", 0),
        ("received", 2),
    ]


async def test_a_report_of_several_problems_becomes_several(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    reporter = await town.newcomer("reporter")
    filed = await lamp(town, reporter, words="چراغ خاموش است و وسط خیابان چاله است")
    dispatcher.presses("چند گزارش است", await more_of(dispatcher, filed))
    await dispatcher.sees("هر مشکل را")
    dispatcher.says("چراغ کوچه خاموش است")
    dispatcher.presses("ذخیره", await dispatcher.sees("یادداشت شد"))
    await dispatcher.sees("دست‌کم دو")
    dispatcher.says("چاله بزرگ وسط خیابان است")
    noted = await dispatcher.sees("یادداشت شد")
    dispatcher.presses("ذخیره", noted)
    await dispatcher.sees("تقسیم شد")
    told = bare(await reporter.sees("جدا شد"))
    [(code,)] = await town.rows("SELECT code FROM cases WHERE id <> ?", filed.id)
    assert f"{code[:4]} {code[4:]}" in told
    assert shown(filed) in told
    await dispatcher.sees("🆕")
    reporter.says(code)
    card = await reporter.sees("کد:")
    assert "چاله بزرگ وسط خیابان است" in card.text
    reporter.presses("سیر رسیدگی", card)
    assert shown(filed) in bare(await reporter.sees("جدا شد"))
