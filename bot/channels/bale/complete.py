"""Bale's JSON made whole, so that python-telegram-bot parses it and one set of handlers serves both platforms.

python-telegram-bot demands members that Bale leaves out (`is_bot`, dates, durations, sizes, `chat_instance` …). What
is there but can't be parsed (an empty document, a poll of an unknown shape, a contact without a number) is left out:
the raw update is kept elsewhere. An update without `update_id`, message id or chat id stays broken, for intake to set
aside.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

JSON = dict[str, Any]
_MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{1,64})?")
_MILLISECONDS_FROM = 10**11  # read as seconds it would be the year 5138
_YEAR_9999 = 253_402_300_799
_FILE_NUMBERS = ("file_size", "duration", "width", "height")


def complete(raw: JSON, received: int) -> JSON:
    """A completed copy of the update; `received` in milliseconds since 1970 stands in for the date of a new message."""
    update: JSON = {"update_id": raw["update_id"]} if "update_id" in raw else {}
    for kind in _MESSAGES:
        if isinstance(raw.get(kind), dict):
            update[kind] = _message(raw[kind], received // 1000)
    if isinstance(query := raw.get("callback_query"), dict):
        update["callback_query"] = _query(query)
    return update


def _query(raw: JSON) -> JSON:
    """The date of an old button's message is unknown: 0, as Telegram says it."""
    query = {key: raw[key] for key in ("id", "from", "data") if raw.get(key) is not None}
    query["id"] = str(query.get("id", ""))
    query["chat_instance"] = str(raw.get("chat_instance") or "")
    if (sender := _user(raw.get("from"))) is not None:
        query["from"] = sender
    if (message := _nested(raw.get("message"))) is not None:
        query["message"] = message
    return query


def _message(raw: JSON, date: int) -> JSON:
    message: JSON = {}
    for key, value in raw.items():
        make = _MEMBERS.get(key)
        if make is not None and (value := make(value)) is not None:
            message[key] = value
    message["date"] = _date(raw.get("date"), date)
    _add_command(message)
    return message


def _date(value: Any, default: int) -> int:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or value != value:
        return default
    seconds = int(value // 1000 if value > _MILLISECONDS_FROM else value) if abs(value) < 2**63 else -1
    return seconds if 0 <= seconds <= _YEAR_9999 else default


def _add_command(message: JSON) -> None:
    text = message.get("text")
    found = _COMMAND.match(text) if isinstance(text, str) else None
    if found is None:
        return
    entities = message.setdefault("entities", [])
    if not any(entity["offset"] == 0 and entity["type"] == "bot_command" for entity in entities):
        entities.insert(0, {"type": "bot_command", "offset": 0, "length": found.end()})


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _user(value: Any) -> JSON | None:
    if not isinstance(value, dict) or not isinstance(value.get("id"), int):
        return None
    user = _scalars(value)
    user["is_bot"] = bool(user.get("is_bot"))
    user["first_name"] = str(user.get("first_name") or "")
    return user


def _users(value: Any) -> list[JSON] | None:
    users = [user for user in map(_user, value) if user] if isinstance(value, list) else []
    return users or None


def _chat(value: Any) -> JSON | None:
    if not isinstance(value, dict) or not isinstance(value.get("id"), int):
        return None
    return {"type": "private"} | _scalars(value)


def _file(**defaults: Any) -> Callable[[Any], JSON | None]:
    """Reader of one file: `defaults` are the members that must be there."""

    def read(value: Any) -> JSON | None:
        if not isinstance(value, dict) or not isinstance(value.get("file_id"), str):
            return None
        file = defaults | _scalars(value)
        file |= {key: _number(file[key]) for key in _FILE_NUMBERS if key in file}
        file.setdefault("file_unique_id", file["file_id"])
        return file

    return read


_SIZE = _file(width=0, height=0)


def _photo(value: Any) -> list[JSON] | None:
    """The sizes, the largest last as on Telegram; Bale's order is told differently by different clients."""
    sizes = [size for size in map(_SIZE, value) if size] if isinstance(value, list) else []
    sizes.sort(key=lambda size: (size["width"] * size["height"], size.get("file_size", 0)))
    return sizes or None


def _contact(value: Any) -> JSON | None:
    if not isinstance(value, dict) or not isinstance(value.get("phone_number"), str):
        return None
    return {"first_name": ""} | _scalars(value)


def _location(value: Any) -> JSON | None:
    if not isinstance(value, dict):
        return None
    spot = {key: value.get(key) for key in ("latitude", "longitude")}
    if not all(isinstance(number, (int, float)) and not isinstance(number, bool) for number in spot.values()):
        return None
    accuracy = value.get("horizontal_accuracy")
    return spot | ({"horizontal_accuracy": accuracy} if isinstance(accuracy, (int, float)) else {})


def _venue(value: Any) -> JSON | None:
    spot = _location(value.get("location")) if isinstance(value, dict) else None
    return {"location": spot, "title": "", "address": ""} | _scalars(value) if spot else None


def _entities(value: Any) -> list[JSON]:
    found = [_scalars(entity) for entity in value if isinstance(entity, dict)] if isinstance(value, list) else []
    return [entity for entity in found if isinstance(entity.get("type"), str) and _placed(entity)]


def _placed(entity: JSON) -> bool:
    return all(isinstance(entity.get(key), int) for key in ("offset", "length"))


def _keyboard(value: Any) -> JSON | None:
    """Buttons under a message; a reply keyboard that is echoed is left out."""
    rows = value.get("inline_keyboard") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        return None
    return {"inline_keyboard": [_buttons(row) for row in rows if isinstance(row, list)]}


def _buttons(row: list[Any]) -> list[JSON]:
    kept = ("text", "url", "callback_data")
    return [
        {key: button[key] for key in kept if isinstance(button.get(key), str)}
        for button in row
        if isinstance(button, dict) and isinstance(button.get("text"), str)
    ]


def _nested(value: Any) -> JSON | None:
    """The message that is answered or pinned, one level deep as on Telegram; a missing date stays unknown (0)."""
    if not isinstance(value, dict) or "message_id" not in value or not isinstance(value.get("chat"), dict):
        return None
    return _message({key: member for key, member in value.items() if key not in _NESTED}, 0)


def _scalars(value: JSON) -> JSON:
    """Members that are neither null nor nested: nested ones are parsed too, and would have to be completed."""
    return {key: member for key, member in value.items() if isinstance(member, (str, int, float))}


def _number(value: Any) -> int:
    return int(value) if isinstance(value, (int, float)) and 0 <= value < 2**53 else 0


def _scalar(value: Any) -> Any:
    return value if isinstance(value, (str, int, float)) else None


_NESTED = ("reply_to_message", "pinned_message")
_MEMBERS: dict[str, Callable[[Any], Any]] = {
    "message_id": _scalar,
    "media_group_id": _scalar,
    "forward_date": _scalar,
    "forward_from_message_id": _scalar,
    "new_chat_title": _scalar,
    "group_chat_created": _scalar,
    "text": _text,
    "caption": _text,
    "from": _user,
    "left_chat_member": _user,
    "new_chat_members": _users,
    "chat": _chat,
    "sender_chat": _chat,
    "edit_date": lambda value: _date(value, 0) or None,
    "entities": _entities,
    "caption_entities": _entities,
    "photo": _photo,
    "voice": _file(duration=0),
    "audio": _file(duration=0),
    "video": _file(duration=0, width=0, height=0),
    "video_note": _file(duration=0, length=0),
    "animation": _file(duration=0, width=0, height=0),
    "document": _file(),
    "sticker": _file(width=0, height=0, is_animated=False, is_video=False, type="regular"),
    "contact": _contact,
    "location": _location,
    "venue": _venue,
    "reply_markup": _keyboard,
    "reply_to_message": _nested,
    "pinned_message": _nested,
}
