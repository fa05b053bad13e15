"""aiogram 3 at its best: uvloop, orjson, state in memory, updates handled as tasks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
)

from benchmarks.peers.script import TOKEN, URL, Reply, Turn, load

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | None
Handler = Callable[..., Awaitable[Any]]


def markup(reply: Reply) -> Markup:
    if reply.rows:
        rows = [[InlineKeyboardButton(text=text, callback_data=data) for text, data in row] for row in reply.rows]
        return InlineKeyboardMarkup(inline_keyboard=rows)
    if reply.keys:
        keys = [[KeyboardButton(text=text, request_location=asks or None) for text, asks in row] for row in reply.keys]
        return ReplyKeyboardMarkup(
            keyboard=keys, resize_keyboard=True, is_persistent=True, input_field_placeholder=reply.hint or None
        )
    return None


async def say(message: Message, reply: Reply) -> None:
    mode = "HTML" if reply.html else None
    if reply.method == "editMessageText":
        board = markup(reply)
        assert not isinstance(board, ReplyKeyboardMarkup)
        await message.edit_text(reply.text, parse_mode=mode, reply_markup=board, link_preview_options=NO_PREVIEW)
    else:
        await message.answer(reply.text, parse_mode=mode, reply_markup=markup(reply), link_preview_options=NO_PREVIEW)


def on_message(turn: Turn, after: State) -> Handler:
    async def handle(message: Message, state: FSMContext) -> None:
        if message.location is not None:
            await state.update_data(place=(message.location.latitude, message.location.longitude))
        else:
            await state.update_data(text=message.text)
        await state.set_state(after)
        for reply in turn.replies:
            await say(message, reply)

    return handle


def on_press(turn: Turn, after: State) -> Handler:
    async def handle(query: CallbackQuery, state: FSMContext) -> None:
        await state.update_data({turn.what: query.data})
        await state.set_state(after)
        for reply in turn.replies:
            if reply.method == "answerCallbackQuery":
                await query.answer(reply.text or None)
            elif isinstance(query.message, Message):
                await say(query.message, reply)

    return handle


def routes(turns: list[Turn]) -> Router:
    router = Router()
    states = [State(f"step{number}", group_name="Report") for number in range(len(turns) + 1)]
    for number, turn in enumerate(turns):
        here, after = states[number], states[number + 1]
        if turn.does == "presses":
            router.callback_query.register(
                on_press(turn, after), StateFilter(here), F.data.startswith(turn.data.split(":")[0])
            )
        elif number == 0:
            router.message.register(on_message(turn, after), CommandStart())
        else:
            router.message.register(
                on_message(turn, after), StateFilter(here), F.location if turn.does == "pins" else F.text
            )
    return router


async def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    session = AiohttpSession(
        api=TelegramAPIServer.from_base(URL),
        json_loads=orjson.loads,
        json_dumps=lambda value: orjson.dumps(value).decode(),
    )
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(routes(load()))
    await dispatcher.start_polling(Bot(TOKEN, session=session), polling_timeout=50, handle_as_tasks=True)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
