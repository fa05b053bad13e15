"""Stories of a report that hold wherever the sandbox and the service run: here, or each in a process of its own."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from tests.scenarios.people import CENTRE, PARIS, picture

SUBMIT = "📨 ثبت نهایی"
# So far apart that no story is offered the report of another one.
EDITED, TAKEN_BACK, NEXT, PARISIAN = ((CENTRE[0], CENTRE[1] + steps * 0.0015) for steps in range(1, 5))
CODE = re.compile(r"[۱-۹][۰-۹]{3} [۰-۹]{4}")


class Scene(Protocol):
    """Where a story is played."""

    async def newcomer(self, name: str, channel: str = "telegram") -> Any:
        """Somebody who has started the bot and chosen Persian."""

    async def rows(self, sql: str) -> list[Any]:
        """What the service's database holds."""


async def finish(person: Any) -> str:
    """Submit, and answer the code as it was shown."""
    await person.presses(SUBMIT)
    shown = CODE.search((await person.sees("کد رهگیری")).text)
    assert shown
    return shown[0]


async def a_captioned_photo_and_a_pin_make_a_report_in_two_messages(scene: Scene, channel: str) -> None:
    reporter = await scene.newcomer("reporter", channel)
    await reporter.sends_photo(picture(), "چراغ کوچه ما خاموشه")
    await reporter.answer()
    await reporter.sends_pin(*CENTRE)
    await reporter.answer()
    await reporter.presses("💡 چراغ خیابان")
    await reporter.sees("گزارش شما")
    await finish(reporter)
    assert await scene.rows("SELECT category, lat, lon, area FROM cases") == [("street_light", *CENTRE, "center")]
    assert await scene.rows("SELECT count(*) FROM attachments WHERE case_id IS NOT NULL") == [(1,)]
    assert await scene.rows("SELECT count(*) FROM failed_updates") == [(0,)]


async def a_voice_and_a_place_alone_are_a_whole_report(scene: Scene, channel: str) -> None:
    reporter = await scene.newcomer("reporter", channel)
    await reporter.sends_voice()
    assert "مرکز ۱۳۷" in (await reporter.answer()).text
    await reporter.sends_pin(*CENTRE)
    await reporter.sees(SUBMIT)
    await finish(reporter)
    assert await filed(scene) == [("other", "")]


async def an_address_in_words_is_a_place_with_its_part_of_the_town(scene: Scene, channel: str) -> None:
    reporter = await scene.newcomer("reporter", channel)
    await reporter.says("چراغ کوچه ما خاموشه")
    await reporter.answer()
    await reporter.presses("💡 چراغ خیابان")
    await reporter.sees("مشکل کجاست؟")
    await reporter.says("خیابان مطهری، کوچهٔ سوم")
    await reporter.sees("کدام بخش شهر است؟")
    await reporter.presses("مرکز شهر")
    await reporter.sees("خیابان مطهری، کوچهٔ سوم")
    await finish(reporter)
    assert await scene.rows("SELECT address, area, landmark, lat FROM cases") == [
        ("خیابان مطهری، کوچهٔ سوم", "center", "motahari_street", None)
    ]


async def editing_ones_message_changes_the_open_draft(scene: Scene, channel: str) -> None:
    reporter = await scene.newcomer("reporter", channel)
    written = await reporter.says("چراغ کوچه ما خاموشه")
    await reporter.answer()
    await reporter.edits(written, "چراغ کوچهٔ سوم خاموشه")
    assert "تازه شد" in (await reporter.answer()).text
    await reporter.sends_pin(*EDITED)
    await reporter.answer()
    await reporter.presses("💡 چراغ خیابان")
    await reporter.sees("چراغ کوچهٔ سوم خاموشه")


async def a_report_taken_back_is_a_draft_again(scene: Scene, channel: str) -> None:
    reporter = await scene.newcomer("reporter", channel)
    await reporter.sends_photo(picture(), "چراغ کوچه ما خاموشه")
    await reporter.answer()
    await reporter.sends_pin(*TAKEN_BACK)
    await reporter.answer()
    await reporter.presses("💡 چراغ خیابان")
    await reporter.sees(SUBMIT)
    first = await finish(reporter)
    await reporter.presses("↩️ پس گرفتن")
    undone = await reporter.sees("پس گرفته شد")
    assert SUBMIT in undone.buttons
    assert await finish(reporter) != first
    assert await scene.rows("SELECT state FROM cases ORDER BY id") == [("cancelled",), ("received",)]


async def the_next_problem_at_the_same_place_needs_no_pin(scene: Scene, channel: str) -> None:
    reporter = await scene.newcomer("reporter", channel)
    await reporter.sends_photo(picture(), "چراغ کوچه ما خاموشه")
    await reporter.answer()
    await reporter.sends_pin(*NEXT)
    await reporter.answer()
    await reporter.presses("💡 چراغ خیابان")
    await reporter.sees(SUBMIT)
    await finish(reporter)
    await reporter.presses("➕ همین‌جا، دیگری")
    await reporter.sees("همان جای گزارش پیشین")
    await reporter.sends_photo(picture(), "چاله بزرگ وسط خیابون")
    await reporter.answer()
    await reporter.presses("🕳 چاله و آسفالت")
    await reporter.sees(SUBMIT)
    await finish(reporter)
    assert await scene.rows("SELECT DISTINCT lat, lon FROM cases") == [NEXT]


async def danger_brings_its_number_before_any_question(scene: Scene, channel: str) -> None:
    reporter = await scene.newcomer("reporter", channel)
    await reporter.says("بوی گاز شدید میاد تو کوچه")
    told = await reporter.answer()
    assert "۱۹۴" in told.text
    assert "۱۲۵" in told.text
    await reporter.presses("ادامه")
    await reporter.answer()
    assert await scene.rows("SELECT count(*) FROM cases") == [(0,)]


async def a_pin_in_another_country_is_asked_about_and_not_refused(scene: Scene, channel: str) -> None:
    reporter = await scene.newcomer("reporter", channel)
    await reporter.sends_photo(picture(), "چراغ کوچه ما خاموشه")
    await reporter.answer()
    await reporter.sends_pin(*PARIS)
    assert "بیرون از شهرستان" in (await reporter.answer()).text
    await reporter.presses("جای دیگری است")
    await reporter.sees("کدام؟")
    await reporter.sends_pin(*PARISIAN)
    await reporter.answer()
    await reporter.presses("💡 چراغ خیابان")
    await reporter.sees("مرکز شهر")


async def pressing_submit_twice_files_once(scene: Scene, channel: str) -> None:
    reporter = await scene.newcomer("reporter", channel)
    await reporter.sends_voice()
    await reporter.answer()
    await reporter.sends_pin(*CENTRE)
    review = await reporter.sees(SUBMIT)
    await reporter.presses(SUBMIT, review)
    await reporter.presses(SUBMIT, review)
    await reporter.sees("کد رهگیری")
    await reporter.sees("قدیمی")
    assert len(await filed(scene)) == 1


async def filed(scene: Scene) -> list[tuple[str, str]]:
    return [tuple(row) for row in await scene.rows("SELECT category, words FROM cases ORDER BY id")]


Story = Callable[[Scene, str], Awaitable[None]]
STORIES: tuple[Story, ...] = (
    a_captioned_photo_and_a_pin_make_a_report_in_two_messages,
    a_voice_and_a_place_alone_are_a_whole_report,
    an_address_in_words_is_a_place_with_its_part_of_the_town,
    editing_ones_message_changes_the_open_draft,
    a_report_taken_back_is_a_draft_again,
    the_next_problem_at_the_same_place_needs_no_pin,
    danger_brings_its_number_before_any_question,
    a_pin_in_another_country_is_asked_about_and_not_refused,
    pressing_submit_twice_files_once,
)
