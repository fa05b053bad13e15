"""Telegram, by the Bot API 10.0 that python-telegram-bot 22.8 knows."""

from bot.channels.telegram.channel import Telegram

__all__ = ["Telegram"]
