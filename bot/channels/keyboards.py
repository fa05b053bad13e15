"""Buttons and keys as the JSON that both platforms take; the only place that turns rows around."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

import orjson

from bot.channels.abilities import Abilities
from bot.channels.limits import COPY_TEXT, PLACEHOLDER, cut
from bot.talk.screen import Button, Key, Keys, Screen

_REMOVE = '{"remove_keyboard":true}'
_Item = TypeVar("_Item", Button, Key)


def markup(screen: Screen, can: Abilities) -> str:
    """The screen's `reply_markup`, or "" where it has none, or none that this platform can show."""
    turn = screen.rtl and can.turn_rows
    if screen.rows:
        return _inline(screen.rows, turn, can)
    return "" if screen.keys is None else _reply(screen.keys, turn, can)


def _inline(rows: tuple[tuple[Button, ...], ...], turn: bool, can: Abilities) -> str:
    lines = [[_button(button) for button in _laid(row, turn) if _shown(button, can)] for row in rows]
    lines = [line for line in lines if line]
    return _json({"inline_keyboard": lines}) if lines else ""


@lru_cache(maxsize=256)
def _reply(keys: Keys, turn: bool, can: Abilities) -> str:
    lines = [[_key(key) for key in _laid(row, turn) if can.place_key or not key.ask_place] for row in keys.rows]
    lines = [line for line in lines if line]
    if not lines:
        return _REMOVE
    board: dict[str, Any] = {"keyboard": lines, "resize_keyboard": True}
    board["is_persistent" if keys.lasting else "one_time_keyboard"] = True
    if keys.placeholder:
        board["input_field_placeholder"] = cut(keys.placeholder, PLACEHOLDER)
    return _json(board)


def _laid(row: tuple[_Item, ...], turn: bool) -> tuple[_Item, ...]:
    return row[::-1] if turn else row


def _shown(button: Button, can: Abilities) -> bool:
    return bool(button.data or (button.url and can.url_button) or (button.copy and can.copy_text))


def _button(button: Button) -> dict[str, Any]:
    if button.data:
        return {"text": button.label, "callback_data": button.data}
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "copy_text": {"text": cut(button.copy, COPY_TEXT)}}


def _key(key: Key) -> dict[str, Any]:
    return {"text": key.label, "request_location": True} if key.ask_place else {"text": key.label}


def _json(value: dict[str, Any]) -> str:
    return orjson.dumps(value).decode()
