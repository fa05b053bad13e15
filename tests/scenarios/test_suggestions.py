"""Suggestions: made in four taps and a sentence, read by the centre, answered with a reason, contested once."""

from __future__ import annotations

import pytest

from bot.actions.suggest import suggest
from bot.clock import DAY
from bot.domain.draft import Draft
from bot.sandbox.message import Button, Message
from bot.sandbox.person import Person
from tests.acting import acting, bare, files, hires
from tests.scenarios.people import CENTRE, picture
from tests.town import Town

BOTH = pytest.mark.parametrize("channel", ["telegram", "bale"])
IDEA = "در بوستان مرکز شهر چند نیمکت سایه‌دار بگذارید تا سالمندان بتوانند بنشینند."
WHY_NOT = "پیاده‌رو کنار بوستان باریک است و نیمکت راه ویلچر را می‌بندد."
WHY_PLAN = "در طرح نوسازی بوستان، سال آینده ده نیمکت سایه‌دار گذاشته می‌شود."
CITY = "🏙 شهر ما"


async def comes(person: Person) -> Message:
    """By the page "our city" to the first question, where the suggestions of others are to be found as well."""
    person.says(CITY)
    person.presses("💡 پیشنهاد", await person.sees("پیشنهادهای شما"))
    return await person.answer()


async def looks(person: Person) -> Message:
    """At what is published."""
    person.presses("پیشنهادهای مردم", await comes(person))
    return await person.answer()


async def begins(person: Person, standing: str = "صاحب‌نظر") -> Message:
    """The way to the question for the idea, from wherever they are."""
    person.presses(standing, await comes(person))
    return await person.sees("پیشنهاد خود را بنویسید")


async def suggests(person: Person, words: str = IDEA, public: str = "بله") -> str:
    """A whole suggestion without a place; answers its code."""
    await begins(person)
    person.says(words)
    person.presses("رد شدن", await person.sees("برای جای ویژه‌ای است؟"))
    person.presses(public, await person.sees("برای همه دیده شود؟"))
    saved = bare(await person.sees("ثبت شد. کد:"))
    return "".join(filter(str.isdecimal, saved.splitlines()[1]))


async def opens(official: Person, message: Message | None = None) -> Message:
    """The card of the suggestion that has just come."""
    official.presses("دیدن پیشنهاد", message)
    return await official.sees("به گفتهٔ خود او")


async def answers(official: Person, button: str, words: str, card: Message) -> None:
    official.presses(button, card)
    await official.sees("برای پیشنهاددهنده فرستاده می‌شود")
    official.says(words)


async def staffed(town: Town) -> tuple[Person, Person, Person]:
    """A dispatcher, and of the unit for parks an officer and who leads it."""
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    officer = await hires(town, "officer_parks", "officer", "green")
    manager = await hires(town, "manager_parks", "manager", "green", channel="bale")
    return dispatcher, officer, manager


@BOTH
async def test_an_experts_suggestion_is_declined_contested_and_comes_into_the_plan(town: Town, channel: str) -> None:
    dispatcher, officer, manager = await staffed(town)
    expert = await town.newcomer("expert", channel)
    code = await suggests(expert)

    # the centre lets everybody read it, and sends it to the unit
    came = await dispatcher.sees("پیشنهاد تازه")
    assert "صاحب‌نظر" in came.text
    assert IDEA in came.text
    dispatcher.presses("انتشار", came)
    card = await dispatcher.sees("بی‌نام منتشر شد")
    assert len(card.buttons) <= 8
    assert "مهلت" not in card.text
    await expert.sees("دیگران می‌توانند با آن موافقت کنند")
    dispatcher.presses("↪️ ارجاع", card)
    dispatcher.presses("فضای سبز", await dispatcher.sees("کدام واحد"))
    await expert.sees("رسید")

    # a neighbour agrees
    neighbour = await town.newcomer("neighbour", channel)
    await agrees(neighbour)

    # the unit declines it, with a reason that says something
    came = await officer.sees("پیشنهاد تازه")
    assert "منتشر می‌کنید" not in came.text
    card = await opens(officer, came)
    assert "انتشار" not in " ".join(card.buttons)
    officer.presses("❌ پذیرفته نشد", card)
    await officer.sees("چرا پذیرفته نمی‌شود؟")
    officer.says("بررسی شد و اقدام لازم در حال انجام است")
    await officer.sees("همین فرستاده شود")
    officer.says(WHY_NOT)
    await officer.sees("فرستاده شد: \u2068پذیرفته نشد")
    told = await expert.sees(WHY_NOT)
    assert "پذیرفته نشد" in told.text
    short = await neighbour.sees("که با آن موافق بودید")
    assert "پذیرفته نشد" in short.text
    assert WHY_NOT not in short.text

    # contested with one tap: who leads the unit decides, not who declined
    expert.presses("بازبینی می‌خواهم", told)
    await expert.sees("بازبینی پیشنهاد")
    asked = await manager.sees("نپذیرفتن")
    assert WHY_NOT in asked.text
    card = await opens(manager, asked)
    await answers(manager, "🗓 در برنامه است", WHY_PLAN, card)
    await manager.sees("نتیجهٔ بازبینی")
    told = await expert.sees(WHY_PLAN)
    assert "در برنامه قرار گرفت" in told.text
    assert "بازبینی می‌خواهم" not in told.buttons
    short = await neighbour.sees("در برنامه قرار گرفت")
    assert WHY_PLAN not in short.text

    assert await town.rows("SELECT kind, standing, state, closed_how, code FROM cases") == [
        ("suggestion", "expert", "closed", "planned", code)
    ]
    kinds = [kind for (kind,) in await town.rows("SELECT kind FROM events ORDER BY id")]
    assert kinds == ["filed", "published", "referred", "declined", "review-asked", "review-planned"]
    assert await town.rows("SELECT count(*) FROM timers WHERE job IN ('late', 'silence', 'done-reminder')") == [(0,)]


async def agrees(person: Person) -> Message:
    """By the list, with one tap; and what they read of it."""
    page = await looks(person)
    assert "پیشنهادهای منتشرشده" in page.text
    assert "در حال بررسی" in page.text
    person.presses("۱", page)
    person.presses("من هم موافقم", await person.sees("موافق: \u2068۰"))
    return await person.sees("موافقت شما ثبت شد")


@BOTH
async def test_agreement_is_one_tap_and_is_taken_back_with_one(town: Town, channel: str) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    expert = await town.newcomer("expert")
    await suggests(expert)
    dispatcher.presses("انتشار", await dispatcher.sees("پیشنهاد تازه"))
    await dispatcher.sees("بی‌نام منتشر شد")
    neighbour = await town.newcomer("neighbour", channel)
    shown = await agrees(neighbour)
    assert "۱" in shown.text
    neighbour.presses(Button("again", "sg-agree:0:" + await number(town)), shown)
    await neighbour.sees("پیش‌تر موافقت")
    neighbour.presses("دیگر موافق نیستم", shown)
    assert "۰" in (await neighbour.sees("برداشته شد")).text
    neighbour.presses(Button("again", "sg-off:0:" + await number(town)), shown)
    await neighbour.sees("موافقتی از شما ثبت نیست")
    expert.presses(Button("own", "sg-agree:0:" + await number(town)), await expert.sees("موافقت کنند"))
    await expert.sees("از خود شماست")
    assert await town.rows("SELECT supporters FROM cases") == [(0,)]


async def number(town: Town) -> str:
    [(case,)] = await town.rows("SELECT max(id) FROM cases")
    return str(case)


@BOTH
async def test_one_that_needs_more_study_stays_open_and_may_be_answered_later(town: Town, channel: str) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    citizen = await town.newcomer("citizen", channel)
    await suggests(citizen, public="نه")
    came = await dispatcher.sees("پیشنهاد تازه")
    assert "منتشر می‌کنید" not in came.text
    card = await opens(dispatcher, came)
    await answers(dispatcher, "🔎 بررسی بیشتر", "باید دید خاک آنجا برای پایهٔ نیمکت مناسب است.", card)
    assert "نیازمند بررسی بیشتر" in (await citizen.sees("خاک آنجا")).text
    assert await town.rows("SELECT state FROM cases") == [("in_progress",)]
    dispatcher.says("بعدی")
    card = await dispatcher.sees("به گفتهٔ خود او")
    await answers(dispatcher, "✅ پذیرفته شد", "خاک بررسی شد و نیمکت‌ها تا پایان مهر نصب می‌شود.", card)
    told = await citizen.sees("پایان مهر")
    assert "پذیرفته شد" in told.text
    assert not any("حل شد" in message.text for message in citizen.inbox)


@BOTH
async def test_a_question_is_answered_and_the_answer_comes_to_the_desk(town: Town, channel: str) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    citizen = await town.newcomer("citizen", channel)
    await suggests(citizen)
    card = await opens(dispatcher, await dispatcher.sees("پیشنهاد تازه"))
    dispatcher.presses("پرسش از شهروند", card)
    await dispatcher.sees("لغو")
    dispatcher.says("چند نیمکت و کنار کدام در؟")
    await dispatcher.sees("فرستاده شد")
    citizen.presses("پاسخ می‌دهم", await citizen.sees("کنار کدام در؟"))
    await citizen.sees("بفرستید")
    citizen.says("شش نیمکت کنار در شمالی")
    await citizen.sees("به پیشنهاد")
    assert "در شمالی" in (await dispatcher.sees("پاسخ شهروند")).text
    assert await town.rows("SELECT state FROM cases") == [("received",)]


@BOTH
async def test_it_may_be_spoken_and_have_a_photo_and_a_place(town: Town, channel: str) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    citizen = await town.newcomer("citizen", channel)
    await begins(citizen, "سمن")
    citizen.sends_photo(picture())
    await citizen.sees("یک جمله هم بنویسید")
    citizen.says(IDEA)
    await citizen.sees("برای جای ویژه‌ای است؟")
    citizen.sends_pin(*CENTRE)
    citizen.presses("بله", await citizen.sees("برای همه دیده شود؟"))
    await citizen.sees("ثبت شد. کد:")
    assert "سمن" in (await dispatcher.sees("پیشنهاد تازه")).text
    assert await town.rows("SELECT standing, public, round(lat, 4) FROM cases") == [("ngo", 1, CENTRE[0])]
    assert await town.rows("SELECT count(*) FROM attachments WHERE case_id IS NOT NULL") == [(1,)]


async def test_a_voice_alone_is_never_asked_whether_all_may_read_it(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    citizen = await town.newcomer("citizen")
    await begins(citizen)
    citizen.sends_voice(b"OggS" + bytes(200), 5)
    citizen.presses("رد شدن", await citizen.sees("برای جای ویژه‌ای است؟"))
    await citizen.sees("ثبت شد. کد:")
    assert "گوش دهید" in (await dispatcher.sees("پیشنهاد تازه")).text
    assert await town.rows("SELECT public, words FROM cases") == [(0, "")]


@BOTH
async def test_what_is_not_published_comes_with_its_reason_and_is_seen_by_nobody(town: Town, channel: str) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    citizen = await town.newcomer("citizen", channel)
    await suggests(citizen)
    dispatcher.presses("منتشر نشود", await dispatcher.sees("پیشنهاد تازه"))
    await dispatcher.sees("چرا منتشر نشود؟")
    dispatcher.says("نام یک مغازه‌دار در متن آمده است و نمی‌شود آن را همه ببینند.")
    await dispatcher.sees("منتشر نمی‌شود")
    await citizen.sees("نام یک مغازه‌دار")
    assert "هنوز پیشنهادی منتشر نشده" in (await looks(citizen)).text
    neighbour = await town.newcomer("neighbour")
    for verb in ("sg-see", "sg-agree", "sg-off"):
        neighbour.says("/settings")
        neighbour.presses(Button("forged", f"{verb}:0:{await number(town)}"), await neighbour.sees("تنظیمات"))
        await neighbour.sees("منتشر نیست")
    assert await town.rows("SELECT count(*) FROM supporters") == [(0,)]


async def test_what_was_published_goes_when_its_author_takes_it_back(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    citizen, neighbour = await town.newcomer("citizen"), await town.newcomer("neighbour")
    await suggests(citizen)
    dispatcher.presses("انتشار", await dispatcher.sees("پیشنهاد تازه"))
    await dispatcher.sees("بی‌نام منتشر شد")
    await agrees(neighbour)
    citizen.presses("پیشنهاد من")
    card = await citizen.sees("💡 پیشنهاد")
    assert IDEA in card.text
    citizen.presses("پس می‌گیرم", card)
    citizen.presses("بله", await citizen.sees("پس گرفته شود؟"))
    await citizen.sees("دیگر منتشر نیست")
    assert "پس گرفته شد" in (await neighbour.sees("که با آن موافق بودید")).text
    assert "هنوز پیشنهادی منتشر نشده" in (await looks(neighbour)).text
    assert await town.rows("SELECT state, supporters FROM cases") == [("cancelled", 1)]


async def test_a_week_has_room_for_so_many(town: Town) -> None:
    await hires(town, "dispatcher", "dispatcher", channel="bale")
    citizen = await town.newcomer("citizen")
    for _ in range(town.app.city.pack.limits.suggestions_per_week - 1):
        async with acting(town, citizen) as work:
            await suggest(work, town.app.city, "citizen", Draft(((0, "چراغ پارک شب‌ها روشن بماند"),)))
    await suggests(citizen)
    assert "این هفته \u2068۵" in (await comes(citizen)).text
    citizen.presses(Button("forged", "sg-as:0:expert"))
    await citizen.sees("این هفته \u2068۵")
    town.clock.turn(7 * DAY)
    await begins(citizen)
    filed = await files(town, citizen)
    assert filed.code  # reports are counted by themselves


@BOTH
async def test_what_says_nothing_is_asked_for_again(town: Town, channel: str) -> None:
    citizen = await town.newcomer("citizen", channel)
    asked = await begins(citizen)
    for words in ("؟؟؟", "🙂🙂🙂", "پارک"):
        citizen.says(words)
        await citizen.sees("یک جمله هم بنویسید")
    citizen.presses("لغو", asked)
    await citizen.sees("پیشنهادی ثبت نشد")
    assert await town.rows("SELECT count(*) FROM cases") == [(0,)]


async def test_a_forged_or_late_button_registers_nothing_twice(town: Town) -> None:
    await hires(town, "dispatcher", "dispatcher", channel="bale")
    citizen = await town.newcomer("citizen")
    await begins(citizen)
    citizen.says(IDEA)
    place = await citizen.sees("برای جای ویژه‌ای است؟")
    citizen.presses(Button("forged", "sg-say:1:yes"), place)
    await citizen.sees("این دکمه قدیمی است")
    citizen.presses(Button("forged", "sg-as:0:king"), place)
    await citizen.sees("این دکمه قدیمی است")
    citizen.presses("رد شدن", place)
    asked = await citizen.sees("برای همه دیده شود؟")
    citizen.presses("بله", asked)
    citizen.presses(Button("again", "sg-say:1:yes"), asked)
    await citizen.sees("ثبت شد. کد:")
    await citizen.sees("این دکمه قدیمی است")
    assert await town.rows("SELECT count(*) FROM cases") == [(1,)]


@BOTH
async def test_a_strangers_code_shows_where_it_stands_and_not_a_word(town: Town, channel: str) -> None:
    await hires(town, "dispatcher", "dispatcher", channel="bale")
    author, stranger = await town.newcomer("author"), await town.newcomer("stranger", channel)
    code = await suggests(author)
    stranger.says(code)
    shown = await stranger.sees("با حساب دیگری")
    assert "در حال بررسی" in shown.text
    assert "نیمکت" not in shown.text
    case = await number(town)
    for verb in ("m-open", "m-time", "m-drop", "w-review", "w-answer", "r-join", "j-time", "j-leave", "v-card"):
        stranger.says("/settings")
        stranger.presses(Button("forged", f"{verb}:1:{case}"), await stranger.sees("تنظیمات"))
        answer = await stranger.answer()
        assert "نیمکت" not in answer.text, verb
    assert await town.rows("SELECT state, supporters FROM cases") == [("received", 0)]


async def test_it_stands_in_ones_own_list_and_is_counted_among_no_reports(town: Town) -> None:
    await hires(town, "dispatcher", "dispatcher", channel="bale")
    citizen = await town.newcomer("citizen")
    code = await suggests(citizen)
    citizen.says("/mine")
    assert "💡 پیشنهاد" in (await citizen.sees("گزارش‌های شما")).text
    citizen.says(code)
    card = await citizen.sees("وضعیت:")
    assert "در حال بررسی" in card.text
    citizen.says("/start")
    assert "گزارش‌های باز شما" not in (await citizen.sees("خوش آمدید")).text


async def test_an_official_does_not_answer_their_own_suggestion(town: Town) -> None:
    dispatcher = await hires(town, "dispatcher", "dispatcher", channel="bale")
    await suggests(dispatcher)
    came = await dispatcher.sees("پیشنهاد تازه")
    assert "انتشار" not in " ".join(came.buttons)
    card = await opens(dispatcher, came)
    assert not [label for label in card.buttons if "پذیرفته" in label or "برنامه" in label]
    case = await number(town)
    for arrow in ("adopt", "publish", "decline"):
        dispatcher.presses(Button("forged", f"v-move:1:{case}.{arrow}"), card)
        assert (await dispatcher.answer()).text.startswith("این کار")
    assert await town.rows("SELECT state, published FROM cases") == [("received", 0)]
