"""The phones of the chat page: whose they are, what they show, and what can be done with one."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from bot.sandbox import words
from bot.sandbox.message import JSON, Button, Message
from bot.sandbox.person import Person

Role = Literal["citizen", "dispatcher", "officer", "manager", "admin"]


@dataclass(frozen=True, slots=True)
class Phone:
    """One person's phone on the page. `key` names it in addresses and tests."""

    key: str
    role: Role
    person: Person

    def as_json(self) -> JSON:
        """{key, role, platform, person, name, bot {name, username}, messages (as Message.as_json), keyboard}."""
        person, bot = self.person, self.person.bot
        messages = [each.as_json() for each in person.chat.messages.values() if not each.deleted]
        return {
            "key": self.key,
            "role": self.role,
            "platform": person.platform.name,
            "person": person.id,
            "name": person.first_name,
            "bot": {"name": bot.name, "username": bot.username},
            "messages": messages,
            "keyboard": shown_keyboard(person),
        }


def shown_keyboard(person: Person) -> list[list[JSON]] | None:
    """The reply keyboard under the chat, as rows of {text, asks}; None when there is none."""
    rows = person.chat.keyboard
    return None if rows is None else [[asdict(key) for key in row] for row in rows]


def do_act(person: Person, asked: JSON) -> None:
    """One act from the page: {act, …}. Raises KeyError, ValueError or TypeError when it is not understood, and
    AssertionError when this phone cannot do it now.
    """
    _ACTS[asked["act"]](person, asked)


def _start(person: Person, asked: JSON) -> None:
    person.starts(asked.get("payload") or "")


def _say(person: Person, asked: JSON) -> None:
    reply_to = _named(person, asked, "reply_to")
    for part in _parts(words.clean(asked["text"]).strip()):
        person.says(part, reply_to=reply_to)


def _parts(text: str) -> Iterator[str]:
    """As a phone cuts what is too long for one message. An emoji is never cut in two."""
    part, size = "", 0
    for letter in text:
        if size + words.utf16(letter) > words.TEXT:
            yield part
            part, size = "", 0
        part, size = part + letter, size + words.utf16(letter)
    yield part


def _edit(person: Person, asked: JSON) -> None:
    message, text = person.chat.messages[asked["message"]], words.clean(asked["text"]).strip()
    limit = words.TEXT if message.media is None else words.CAPTION
    assert 1 <= words.utf16(text) <= limit, "an edited message keeps a text that fits"
    if text != message.text:
        person.edits(message, text)


def _photos(person: Person, asked: JSON) -> None:
    pictures = [base64.b64decode(each, validate=True) for each in asked["files"]]
    if len(pictures) == 1:
        person.sends_photo(pictures[0], asked.get("caption"), reply_to=_named(person, asked, "reply_to"))
    else:
        assert 2 <= len(pictures) <= 10, "an album holds 2 to 10 pictures"
        person.sends_album(pictures, asked.get("caption"))


def _video(person: Person, asked: JSON) -> None:
    person.sends_video(_content(asked), asked.get("caption"))


def _voice(person: Person, asked: JSON) -> None:
    person.sends_voice(_content(asked), int(asked["seconds"]))


def _document(person: Person, asked: JSON) -> None:
    mime = asked.get("mime") or "application/octet-stream"
    person.sends_document(_content(asked), asked["name"], mime, asked.get("caption"))


def _pin(person: Person, asked: JSON) -> None:
    accuracy = asked.get("accuracy")
    person.sends_pin(float(asked["lat"]), float(asked["lon"]), None if accuracy is None else float(accuracy))


def _contact(person: Person, _: JSON) -> None:
    person.sends_contact()


def _press(person: Person, asked: JSON) -> None:
    """By its data, also where the button has changed meanwhile: a phone may show an older message than the server."""
    person.presses(Button("", data=asked["data"]), person.chat.messages[asked["message"]])


def _key(person: Person, asked: JSON) -> None:
    person.types_key(asked["text"])


_ACTS: dict[str, Callable[[Person, JSON], None]] = {
    "start": _start,
    "say": _say,
    "edit": _edit,
    "photos": _photos,
    "video": _video,
    "voice": _voice,
    "document": _document,
    "pin": _pin,
    "contact": _contact,
    "press": _press,
    "key": _key,
}


def _content(asked: JSON) -> bytes:
    return base64.b64decode(asked["file"], validate=True)


def _named(person: Person, asked: JSON, field: str) -> Message | None:
    number = asked.get(field)
    return None if number is None else person.chat.messages[number]
