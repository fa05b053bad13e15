"""aiogram 3 tells everybody, as broadcasts are written for it: a loop over the chats at the allowed rate. Beside it
the bot answers /help.
"""

from __future__ import annotations

import asyncio
import logging
import os

import orjson
import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from aiogram.filters import Command
from aiogram.types import LinkPreviewOptions, Message

from benchmarks.peers.script import TOKEN, URL

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TEXT, FIRST, PEOPLE = os.environ["BENCH_TEXT"], int(os.environ["BENCH_FIRST"]), int(os.environ["BENCH_PEOPLE"])
RATE = float(os.environ["BENCH_RATE"])
SAVED = 0.9  # seconds


class Limit:
    """So many a second, with a second's worth saved up, less a tenth for the way. Answers take their turn too:
    without that they would be told to wait all the time.
    """

    def __init__(self) -> None:
        self._clock = asyncio.get_running_loop().time
        self._free_at = self._clock() - SAVED

    async def turn(self) -> None:
        now = self._clock()
        self._free_at = max(self._free_at, now - SAVED) + 1 / RATE
        if self._free_at > now:
            await asyncio.sleep(self._free_at - now)


async def send(bot: Bot, chat: int) -> None:
    try:
        await bot.send_message(chat, TEXT, parse_mode="HTML", link_preview_options=NO_PREVIEW)
    except TelegramRetryAfter as error:
        await asyncio.sleep(error.retry_after)
        await send(bot, chat)


async def broadcast(bot: Bot, limit: Limit) -> None:
    for chat in range(FIRST, FIRST + PEOPLE):
        await limit.turn()
        await send(bot, chat)


async def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    session = AiohttpSession(
        api=TelegramAPIServer.from_base(URL),
        json_loads=orjson.loads,
        json_dumps=lambda value: orjson.dumps(value).decode(),
    )
    bot, dispatcher, limit = Bot(TOKEN, session=session), Dispatcher(), Limit()

    @dispatcher.message(Command("help"))
    async def answer(message: Message) -> None:
        await limit.turn()
        await message.answer("راهنما", parse_mode="HTML", link_preview_options=NO_PREVIEW)

    sending = asyncio.create_task(broadcast(bot, limit))
    await dispatcher.start_polling(bot, polling_timeout=50, handle_as_tasks=True)
    await sending


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
