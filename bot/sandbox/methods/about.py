"""About the bot, its updates, its files and its chats."""

from __future__ import annotations

import re
from typing import Any

import orjson

from bot.sandbox.message import JSON
from bot.sandbox.methods.request import Request
from bot.sandbox.profile import MB
from bot.sandbox.refusal import ApiError, bad
from bot.sandbox.shapes import shape_chat
from bot.sandbox.words import utf16

DOWNLOAD_LIMIT = 20 * MB
LONGEST_POLL = 50
_COMMAND = re.compile("[a-z0-9_]{1,32}")
_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def get_me(request: Request) -> JSON:
    user = request.bot.as_user()
    if request.platform.profile.poor:
        return user
    rights = ("can_join_groups", "can_connect_to_business", "has_main_web_app")
    return {
        **user,
        **dict.fromkeys(rights, False),
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(request: Request) -> list[orjson.Fragment]:
    params, updates = request.params, request.bot.updates
    if request.bot.webhook:
        raise ApiError(409, _WEBHOOK)
    allowed = params.json("allowed_updates")
    if allowed is not None and not request.platform.profile.poor:
        if not isinstance(allowed, list):
            raise bad("can't parse allowed updates: Array of String expected")
        updates.allowed = frozenset(map(str, allowed)) or None
    limit, timeout = params.integer("limit"), params.integer("timeout") or 0
    limit = 100 if limit is None or not 1 <= limit <= 100 else limit
    batch = await updates.poll(params.integer("offset"), limit, min(max(timeout, 0), LONGEST_POLL))
    return [orjson.Fragment(body) for body in batch]


def set_webhook(request: Request) -> bool:
    url = request.params.text("url") or ""
    if url and not url.startswith("https://"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    request.bot.webhook = url
    return True


def delete_webhook(request: Request) -> bool:
    request.bot.webhook = ""
    return True


def get_webhook_info(request: Request) -> JSON:
    if request.platform.profile.poor:
        return {"url": request.bot.webhook}
    pending = len(request.bot.updates)
    return {"url": request.bot.webhook, "has_custom_certificate": False, "pending_update_count": pending}


def get_file(request: Request) -> JSON:
    """A link that is good for an hour. Raises 400 for foreign ids and over 20 MB."""
    file_id = request.params.text("file_id") or ""
    media = request.bot.files.get(file_id.removesuffix("-s"))
    if media is None:
        raise bad("wrong file_id or the file is temporarily unavailable" if file_id else "file_id not specified")
    if media.size > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    path = request.bot.link(media)
    return {"file_id": file_id, "file_unique_id": f"u{file_id[-12:]}", "file_size": media.size, "file_path": path}


def get_chat(request: Request) -> JSON:
    number = request.params.integer("chat_id") or 0
    chat = request.bot.chats.get(number)
    if chat is None:
        raise ApiError(404, "no such group or user") if request.platform.profile.poor else bad("chat not found")
    body = shape_chat(request.platform, chat)
    if request.platform.profile.poor:
        return body
    return {**body, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}


_GIFTS = dict.fromkeys(
    ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"], False
)


def set_commands(request: Request) -> bool:
    commands = request.params.objects("commands")
    if commands is None or len(commands) > 100:
        raise bad("can't parse commands: Array of at most 100 expected")
    for each in commands:
        if not _COMMAND.fullmatch(str(each.get("command"))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= utf16(str(each.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    key = f"setmycommands:{request.params.text('language_code') or ''}"
    request.bot.told[key] = {"commands": commands}
    return True


def _taken(name: str) -> Any:
    def take(request: Request) -> bool:
        request.bot.told[name.lower()] = request.params.values
        return True

    return take


METHODS: dict[str, Any] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
    "getChat": get_chat,
    "setMyCommands": set_commands,
    **{
        name: _taken(name)
        for name in [
            "deleteMyCommands",
            "setChatMenuButton",
            "setMyName",
            "setMyDescription",
            "setMyShortDescription",
            "leaveChat",
            "pinChatMessage",
            "unpinChatMessage",
            "logOut",
            "close",
        ]
    },
}
