"""python-telegram-bot, as everybody uses it, takes the sandbox for Telegram."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.sandbox import Person, Sandbox, Server

JPEG = b"\xff\xd8\xff a picture"
TOKEN = "4711:secret"


@pytest.fixture
def bot(server: Server, monkeypatch: pytest.MonkeyPatch) -> Bot:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    url = server.url("telegram")
    return Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")


async def test_it_sends_edits_answers_and_fetches(bot: Bot, reporter: Person) -> None:
    async with bot:
        assert bot.username == "shahr137_bot"
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("b", callback_data="c", style="primary")]])
        mine = reporter.says("lamp")
        sent = await bot.send_message(
            reporter.id, "<b>a</b>", "HTML", reply_markup=keyboard, reply_parameters=ReplyParameters(mine.id)
        )
        reporter.presses("b")
        reporter.sends_photo(JPEG, "caption")
        _, _, pressed, photo = await bot.get_updates(timeout=1)
        assert pressed.callback_query is not None
        await bot.answer_callback_query(pressed.callback_query.id, "toast")
        await bot.edit_message_text("<i>b</i>", reporter.id, sent.message_id, parse_mode="HTML")
        assert photo.message is not None
        file = await bot.get_file(photo.message.photo[-1].file_id)
        assert bytes(await file.download_as_bytearray()) == JPEG
        album = await bot.send_media_group(reporter.id, [InputMediaPhoto(JPEG, "one"), InputMediaPhoto(JPEG)])
        await bot.send_photo(reporter.id, album[0].photo[-1].file_id)
        await bot.set_my_commands([("start", "شروع")])
        chat = await bot.get_chat(reporter.id)
        assert (chat.first_name, reporter.toasts) == ("Reporter", ["toast"])
        assert [each.text for each in reporter.inbox] == ["b", "one", "", ""]


async def test_it_knows_each_refusal(sandbox: Sandbox, bot: Bot, reporter: Person) -> None:
    async with bot:
        with pytest.raises(BadRequest, match="Can't parse entities"):
            await bot.send_message(reporter.id, "<b", "HTML")
        sandbox.telegram.faults.add("429", times=1, retry_after=7)
        with pytest.raises(RetryAfter):
            await bot.send_message(reporter.id, "a")
        other = sandbox.telegram.person()
        other.says("hello")
        other.blocks()
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(other.id, "a")
        sandbox.telegram.revoke(TOKEN)
        with pytest.raises(InvalidToken):
            await bot.get_me()
