"""What intake must know of a raw update before anything parses it: its id, its body's hash, whom it is from."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import orjson

from bot.store.work import Arrival

_KINDS = ("message", "callback_query", "edited_message", "my_chat_member")
_LIMIT = 2**53  # ids have at most 52 significant bits (core.telegram.org/bots/api#user); more is no id


def arrival_of(raw: Any) -> Arrival | None:
    """The arrival, or None for JSON that has no update id and so can't be claimed."""
    if not isinstance(raw, dict) or not _is_id(raw.get("update_id")):
        return None
    digest = blake2b(orjson.dumps(raw, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()
    update_id: int = raw["update_id"]
    for kind in _KINDS:
        body = raw.get(kind)
        if isinstance(body, dict):
            return _from(update_id, digest, kind, body)
    return Arrival(update_id, digest)


def _from(update_id: int, digest: str, kind: str, body: dict[str, Any]) -> Arrival:
    message = body.get("message") if kind == "callback_query" else body
    chat = message.get("chat") if isinstance(message, dict) else None
    user = body.get("from")
    user_id: Any = user.get("id") if isinstance(user, dict) else None
    chat_id: Any = chat.get("id") if isinstance(chat, dict) else user_id
    private = not isinstance(chat, dict) or chat.get("type", "private") == "private"
    if not (private and _is_id(user_id) and _is_id(chat_id)):
        return Arrival(update_id, digest)
    callback = str(body.get("id", "")) if kind == "callback_query" else ""
    return Arrival(update_id, digest, user_id, chat_id, callback, left=kind == "my_chat_member" and _left(body))


def _left(body: dict[str, Any]) -> bool:
    """Whether this change of membership means that the person stopped the bot."""
    now = body.get("new_chat_member")
    return isinstance(now, dict) and now.get("status") in ("kicked", "left")


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -_LIMIT < value < _LIMIT


_KEPT = ("message_id", "date", "chat", "from")


def slim(raw: dict[str, Any]) -> dict[str, Any]:
    """The update without what stood in the message of ours that was pressed or answered: nobody asks for more than its
    id, and parsing all of it would be half of a press.
    """
    for kind, inner in (("callback_query", "message"), ("message", "reply_to_message")):
        body = raw.get(kind)
        if isinstance(body, dict) and isinstance(old := body.get(inner), dict):
            return {**raw, kind: {**body, inner: {key: old[key] for key in _KEPT if key in old}}}
    return raw


def printable(raw: Any) -> Any:
    """The same JSON without lone surrogates and NULs, which no database and no JSON writer takes."""
    try:
        text = orjson.dumps(raw)
    except (TypeError, ValueError):
        return _cleaned(raw)
    return _cleaned(raw) if b"\\u0000" in text else raw


def _cleaned(value: Any, depth: int = 0) -> Any:
    if depth > _DEEP:
        return None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\0", "")
    if isinstance(value, dict):
        return {_cleaned(str(key), depth): _cleaned(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item, depth + 1) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
        return None
    return value


_DEEP = 100  # levels; orjson writes 254, no update has more than a dozen
