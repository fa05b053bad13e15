"""Messages as the Bot API writes them: whole for Telegram, as poor as docs.bale.ai and its users report for Bale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.clock import DAY
from bot.sandbox.bots import Bot, Chat
from bot.sandbox.message import JSON, Button, Media, Message

if TYPE_CHECKING:
    from bot.sandbox.platform import Platform


def shape_message(platform: Platform, bot: Bot, message: Message, depth: int = 0) -> JSON:
    """The message's JSON, with the one it replies to inside (one level)."""
    poor = platform.profile.poor
    chat = bot.chats[message.chat_id]
    body: JSON = {"message_id": message.id, "chat": shape_chat(platform, chat), "date": message.date // 1000}
    if chat.kind != "channel":
        body["from"] = bot.as_user() if message.by_bot else platform.people[message.sender_id].as_user(message.id)
    if message.edited_at:
        body["edit_date"] = message.edited_at // 1000
    _add_words(body, message, poor)
    if message.media is not None:
        body |= _media(message.media, message.id, poor)
    _add_place(body, message, poor)
    _add_context(body, message, poor)
    if depth == 0 and message.reply_to in chat.messages:
        body["reply_to_message"] = shape_message(platform, bot, chat.messages[message.reply_to], depth + 1)
    return body


def shape_chat(platform: Platform, chat: Chat) -> JSON:
    """A chat's JSON inside messages."""
    if chat.kind == "private":
        return {"id": chat.id, "first_name": chat.title, "type": "private"}
    kind = "supergroup" if chat.kind == "group" and not platform.profile.poor else chat.kind
    return {"id": chat.id, "title": chat.title, "type": kind}


def shape_callback(platform: Platform, bot: Bot, press_id: str, message: Message, data: str, person_id: int) -> JSON:
    """A callback_query. Bale: no chat_instance; of an old message only ids are left."""
    body: JSON = {"id": press_id, "from": platform.people[person_id].as_user(message.id), "data": data}
    body["message"] = shape_message(platform, bot, message)
    if not platform.profile.poor:
        body["chat_instance"] = str(-message.chat_id * 7919)
    elif platform.clock.now() - message.date > DAY:
        body["message"] = {"message_id": message.id, "chat": shape_chat(platform, bot.chats[message.chat_id])}
    return body


def _add_words(body: JSON, message: Message, poor: bool) -> None:
    kind = "caption" if message.media is not None else "text"
    if message.text:
        body[kind] = message.text
    if message.entities and not poor:
        body["entities" if kind == "text" else "caption_entities"] = [
            {"type": each.kind, "offset": each.offset, "length": each.length} | ({"url": each.url} if each.url else {})
            for each in message.entities
        ]


def _add_place(body: JSON, message: Message, poor: bool) -> None:
    pin = message.pin
    if pin is None:
        return
    body["location"] = {"latitude": pin.lat, "longitude": pin.lon}
    if poor:
        return
    if pin.accuracy is not None:
        body["location"]["horizontal_accuracy"] = pin.accuracy
    if pin.title is not None:
        body["venue"] = {"location": body["location"], "title": pin.title, "address": pin.address or ""}


def _add_context(body: JSON, message: Message, poor: bool) -> None:
    body |= message.other
    if message.album:
        body["media_group_id"] = message.album
    if message.forward:
        body |= _old_forward(message.forward) if poor else {"forward_origin": message.forward}
    if message.rows:
        body["reply_markup"] = {"inline_keyboard": [[shape_button(each) for each in row] for row in message.rows]}
    elif message.keys and poor:
        # Reported of Bale: the reply keyboard comes back in the answer.
        body["reply_markup"] = {"keyboard": [[{"text": key.text} for key in row] for row in message.keys]}
    if poor and message.id % 2:
        # Empty members, as seen in Bale's bodies.
        body |= {"forward_from": body.get("forward_from"), "edit_date": body.get("edit_date")}


def shape_button(button: Button) -> JSON:
    """An inline button's JSON."""
    body: JSON = {"text": button.text}
    if button.data is not None:
        body["callback_data"] = button.data
    if button.url is not None:
        body["url"] = button.url
    if button.copy_text is not None:
        body["copy_text"] = {"text": button.copy_text}
    if button.web_app is not None:
        body["web_app"] = {"url": button.web_app}
    if button.style is not None:
        body["style"] = button.style
    return body


def _old_forward(origin: JSON) -> JSON:
    if "sender_user" in origin:
        return {"forward_from": origin["sender_user"], "forward_date": origin["date"]}
    if "chat" in origin:
        return {
            "forward_from_chat": origin["chat"],
            "forward_from_message_id": origin["message_id"],
            "forward_date": origin["date"],
        }
    return {"forward_date": origin["date"]}


def _media(media: Media, number: int, poor: bool) -> JSON:
    body: JSON = {"file_id": media.file_id, "file_unique_id": f"u{media.file_id[-12:]}", "file_size": media.size}
    if poor and number % 2:
        del body["file_unique_id"]
    if media.kind == "photo":
        return {"photo": _photo(body, media, poor)}
    if media.kind == "voice" and poor:
        return {"voice": {name: body[name] for name in ("file_id", "file_unique_id") if name in body}}
    if media.mime is not None:
        body["mime_type"] = media.mime
    if media.name is not None:
        body["file_name"] = media.name
    if media.kind != "document" and not poor:
        body["duration"] = media.duration
    if media.kind in ("video", "animation") and not poor:
        body |= {"width": 1280, "height": 720}
    if media.kind == "video_note" and not poor:
        body["length"] = 240
    return {media.kind: body}


def _photo(body: JSON, media: Media, poor: bool) -> list[JSON]:
    large = {**body, "width": 1280, "height": 960}
    small = {**body, "width": 320, "height": 240, "file_size": min(media.size, 20_000)}
    small["file_id"] = f"{media.file_id}-s"
    if "file_unique_id" in small:
        small["file_unique_id"] += "s"
    # Telegram's sizes rise; of Bale's two clients one finds the original last and one first.
    return [large, small] if poor else [small, large]
