"""The one ordered list of handlers. Few and coarse: what a press or a message means is decided in the dialogues."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, TypeHandler, filters

from handlers import errors, message, press, table
from handlers.context import CityApplication, Context

_PRIVATE = filters.ChatType.PRIVATE


def handlers() -> list[BaseHandler[Any, Context, None]]:
    """Commands first, then presses, edits and whatever else people send."""
    fresh = _PRIVATE & filters.UpdateType.MESSAGE
    return [
        CommandHandler(list(table.commands()), message.commanded, filters=fresh),
        CallbackQueryHandler(press.pressed),
        MessageHandler(_PRIVATE & filters.UpdateType.EDITED_MESSAGE, message.edited),
        MessageHandler(fresh, message.written),
        TypeHandler(Update, message.other),
    ]


def register(application: CityApplication) -> None:
    """Give an application all handlers, and the one that marks what failed."""
    application.add_handlers(handlers())
    application.add_error_handler(errors.mark)
