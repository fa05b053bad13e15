"""python-telegram-bot as its documentation shows it: ConversationHandler, run_polling."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBUserWarning

from benchmarks.peers.script import TOKEN, URL, Reply, Turn, load

Context = ContextTypes.DEFAULT_TYPE
Handler = Callable[[Update, Context], Coroutine[Any, Any, int]]
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def markup(reply: Reply) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if reply.rows:
        rows = [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in reply.rows]
        return InlineKeyboardMarkup(rows)
    if reply.keys:
        keys = [[KeyboardButton(text, request_location=asks or None) for text, asks in row] for row in reply.keys]
        return ReplyKeyboardMarkup(
            keys, resize_keyboard=True, is_persistent=True, input_field_placeholder=reply.hint or None
        )
    return None


async def say(message: Message, reply: Reply) -> None:
    mode = "HTML" if reply.html else None
    if reply.method == "editMessageText":
        board = markup(reply)
        assert not isinstance(board, ReplyKeyboardMarkup)
        await message.edit_text(reply.text, mode, reply_markup=board, link_preview_options=NO_PREVIEW)
    else:
        await message.reply_text(
            reply.text, mode, reply_markup=markup(reply), link_preview_options=NO_PREVIEW, do_quote=False
        )


def on(turn: Turn, after: int) -> Handler:
    async def handle(update: Update, context: Context) -> int:
        query, message = update.callback_query, update.effective_message
        assert isinstance(message, Message)
        assert context.user_data is not None
        context.user_data[turn.what] = query.data if query else message.location or message.text
        for reply in turn.replies:
            if reply.method == "answerCallbackQuery":
                assert query is not None
                await query.answer(reply.text or None)
            else:
                await say(message, reply)
        return after

    return handle


def conversation(turns: list[Turn]) -> ConversationHandler[Context]:
    states: dict[object, list[Any]] = {}
    for number, turn in enumerate(turns):
        after = ConversationHandler.END if number + 1 == len(turns) else number + 1
        if turn.does == "presses":
            states[number] = [CallbackQueryHandler(on(turn, after), pattern=turn.data.split(":")[0])]
        else:
            kind = filters.LOCATION if turn.does == "pins" else filters.TEXT
            states[number] = [MessageHandler(kind & ~filters.COMMAND, on(turn, after))]
    return ConversationHandler([CommandHandler("start", on(turns[0], 1))], states, fallbacks=[], allow_reentry=True)


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    warnings.filterwarnings("ignore", category=PTBUserWarning)  # a hint about per_message, as in its examples
    application = Application.builder().token(TOKEN).base_url(f"{URL}/bot").build()
    application.add_handler(conversation(load()))
    application.run_polling()


if __name__ == "__main__":
    main()
