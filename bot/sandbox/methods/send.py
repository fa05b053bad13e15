"""Messages without files."""

from __future__ import annotations

import dataclasses

from bot.sandbox import words
from bot.sandbox.message import JSON, Message, Pin
from bot.sandbox.methods.request import Request
from bot.sandbox.refusal import bad

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(request: Request) -> JSON:
    text, entities = words.check_text(request.text())
    return request.post(request.chat(), text=text, entities=entities)


def send_location(request: Request) -> JSON:
    return request.post(request.chat(), pin=_pin(request))


def send_venue(request: Request) -> JSON:
    title, address = request.params.text("title"), request.params.text("address")
    if not title or address is None:
        raise bad("title and address must be non-empty")
    return request.post(request.chat(), pin=dataclasses.replace(_pin(request), title=title, address=address))


def send_contact(request: Request) -> JSON:
    phone, name = request.params.text("phone_number"), request.params.text("first_name")
    if not phone or not name:
        raise bad("phone number and first name must be non-empty")
    return request.post(request.chat(), other={"contact": {"phone_number": phone, "first_name": name}})


def _pin(request: Request) -> Pin:
    lat, lon = request.params.number("latitude"), request.params.number("longitude")
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise bad("can't send location: wrong coordinates")
    return Pin(lat, lon, request.params.number("horizontal_accuracy"))


def send_chat_action(request: Request) -> bool:
    chat, action = request.chat(), request.params.text("action")
    if action not in _ACTIONS:
        raise bad("wrong parameter action in request")
    request.platform.tell("action", chat_id=chat.id, action=action)
    return True


def forward_message(request: Request) -> JSON:
    source = _source(request)
    date = source.date // 1000
    origin: JSON = {"type": "user", "sender_user": request.bot.as_user(), "date": date}
    if not source.by_bot:
        origin["sender_user"] = request.platform.people[source.sender_id].as_user()
    return request.post(
        request.chat(),
        text=source.text,
        entities=source.entities,
        media=source.media,
        pin=source.pin,
        other=source.other,
        forward=origin,
    )


def copy_message(request: Request) -> JSON:
    source = _source(request)
    text, entities = source.text, source.entities
    if source.media is not None and request.params.text("caption") is not None:
        text, entities = words.check_caption(request.text("caption"))
    sent = request.post(
        request.chat(), text=text, entities=entities, media=source.media, pin=source.pin, other=source.other
    )
    return {"message_id": sent["message_id"]}


def _source(request: Request) -> Message:
    chat = request.bot.chats.get(request.params.integer("from_chat_id") or 0)
    message = None if chat is None else chat.messages.get(request.params.integer("message_id") or 0)
    if message is None or message.deleted:
        raise bad("message to forward not found")
    return message


METHODS = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
