"""What people do. Each act becomes an update for the bot, and forgets what the person had not read before."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from bot.sandbox import words
from bot.sandbox.bots import Bot, Chat, Press
from bot.sandbox.message import JSON, Button, Media, Message, Messages, Pin, Ready
from bot.sandbox.shapes import shape_callback, shape_chat, shape_message

if TYPE_CHECKING:
    from bot.sandbox.platform import Platform

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
VOICE = b"OggS\0\x02" + bytes(22) + b"OpusHead"


class Acts(Ready):
    """The acts of a Person. `chat` is where: None is the private chat with the bot, else `platform.group(…)`."""

    platform: Platform
    bot: Bot
    id: int
    first_name: str
    old_client: bool
    unread: list[Message]
    presses_made: list[Press]

    if TYPE_CHECKING:

        @property
        def chat(self) -> Chat: ...

    def starts(self, payload: str = "") -> Message:
        """Opens the bot by its link: `/start` with a payload of up to 64 letters, digits, `_` and `-`."""
        return self.says(f"/start {payload}".rstrip())

    def says(self, text: str, chat: Chat | None = None, reply_to: Message | None = None) -> Message:
        """Sends a text as typed. More than 4096 UTF-16 units is an AssertionError: a phone would cut it in parts."""
        text = words.clean(text).strip()
        assert text, "a phone sends no empty text"
        assert words.utf16(text) <= words.TEXT, "a phone cuts a text of over 4096 units; send the parts"
        return self._post(chat, reply_to, text=text, entities=words.typed(text))

    def replies(self, message: Message, text: str) -> Message:
        """Answers to a message of the private chat."""
        return self.says(text, reply_to=message)

    def edits(self, message: Message, text: str) -> Message:
        """Changes an own message (text or caption)."""
        assert message.sender_id == self.id, "people edit their own messages"
        self._acts()
        message.edits.append(message.text)
        message.text, message.entities = text, words.typed(text)
        message.edited_at = self.platform.clock.now()
        self.bot.updates.push("edited_message", shape_message(self.platform, self.bot, message))
        self.platform.tell("edited", message=message)
        return message

    def sends_photo(self, content: bytes, caption: str | None = None, **more: Any) -> Message:
        """A photo; the bytes need not be a picture."""
        return self._file(Media("photo", content), caption, **more)

    def sends_album(self, contents: list[bytes], caption: str | None = None) -> Messages:
        """2 to 10 photos as one album: an update each, the caption on the first."""
        album = str(next(self.bot.album_ids))
        return Messages(
            self._file(Media("photo", content), caption if number == 0 else None, album=album)
            for number, content in enumerate(contents)
        )

    def sends_document(
        self, content: bytes, name: str = "file.pdf", mime: str = "application/pdf", caption: str | None = None
    ) -> Message:
        return self._file(Media("document", content, name, mime), caption)

    def sends_video(
        self, content: bytes, caption: str | None = None, size: int | None = None, as_document: bool = False
    ) -> Message:
        """A video. `size` may claim more bytes than are held; `as_document`: how Bale sometimes delivers it."""
        kind = "document" if as_document else "video"
        return self._file(Media(kind, content, "video.mp4", "video/mp4", size or len(content), duration=5), caption)

    def sends_voice(self, content: bytes = VOICE, seconds: int = 4) -> Message:
        return self._file(Media("voice", content, mime="audio/ogg", duration=seconds))

    def sends_audio(self, content: bytes = b"ID3", name: str = "song.mp3", as_document: bool = False) -> Message:
        return self._file(Media("document" if as_document else "audio", content, name, "audio/mpeg", duration=90))

    def sends_animation(self, content: bytes = GIF) -> Message:
        return self._file(Media("animation", content, "a.mp4", "video/mp4", duration=2))

    def sends_video_note(self, content: bytes = b"mp4") -> Message:
        return self._file(Media("video_note", content, duration=3))

    def sends_sticker(self, emoji: str = "🙂") -> Message:
        """A sticker; on Bale without is_animated, is_video and type."""
        media = self.bot.keep_file(Media("sticker", b"RIFF", mime=None))
        body: JSON = {"file_id": media.file_id, "width": 512, "height": 512, "emoji": emoji}
        if not self.platform.profile.poor:
            body |= {"file_unique_id": "s1", "is_animated": False, "is_video": False, "type": "regular"}
        return self._post(other={"sticker": body})

    def sends_pin(self, lat: float, lon: float, accuracy: float | None = None) -> Message:
        """A location; accuracy in metres (Bale never tells it)."""
        return self._post(pin=Pin(lat, lon, accuracy))

    def sends_venue(self, lat: float, lon: float, title: str = "میدان آزادی", address: str = "") -> Message:
        """A venue; Bale delivers the location alone."""
        return self._post(pin=Pin(lat, lon, title=title, address=address))

    def sends_contact(self, phone: str = "+989120000000", own: bool = True, name: str | None = None) -> Message:
        """A contact: the own card, or somebody else's. Bale leaves user_id out."""
        body: JSON = {"phone_number": phone, "first_name": name or self.first_name}
        if own and not self.platform.profile.poor:
            body["user_id"] = self.id
        return self._post(other={"contact": body})

    def sends_dice(self, emoji: str = "🎲", value: int = 3) -> Message:
        return self._post(other={"dice": {"emoji": emoji, "value": value}})

    def sends_poll(self, question: str = "?", options: tuple[str, ...] = ("1", "2")) -> Message:
        choices = [{"text": each, "voter_count": 0, "persistent_id": f"{at}"} for at, each in enumerate(options)]
        body: JSON = {"id": "1", "question": question, "options": choices, "total_voter_count": 0, "type": "regular"}
        flags = ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only")
        return self._post(other={"poll": body | dict.fromkeys(flags, False)})

    def forwards(self, what: Message | str, author: Acts | str = "ناشناس") -> Message:
        """Forwards a message, or words, of `author`: a person, or the name of one who hides their account."""
        now = self.platform.clock.now() // 1000
        origin: JSON = {"type": "hidden_user", "sender_user_name": str(author), "date": now}
        if isinstance(author, Acts):
            user = self.platform.people[author.id].as_user()
            origin = {"type": "user", "sender_user": user, "date": now}
        if isinstance(what, str):
            return self._post(text=what, entities=words.typed(what), forward=origin)
        media = None if what.media is None else self.bot.keep_file(dataclasses.replace(what.media))
        return self._post(
            text=what.text, entities=what.entities, media=media, pin=what.pin, other=what.other, forward=origin
        )

    def sends_again(self, what: Message) -> Message:
        """The same once more, with the same file: what a phone does whose network was gone."""
        return self._post(text=what.text, entities=what.entities, media=what.media, pin=what.pin, other=what.other)

    def presses(self, what: str | Button, message: Message | None = None) -> Press:
        """Presses an inline button, found by label, else by data, else by a part of the label, newest message first.

        A Button object is pressed as it is, even where no such button stands: that is how to forge. Without a message
        it comes from the newest one. AssertionError when there is no such button or it carries no data.
        """
        message, button = self._find(what, message)
        assert button.data is not None, f"{button.text!r} is no button that calls the bot"
        self._acts()
        press = self.bot.press(self.id, button.data, self.old_client)
        self.presses_made.append(press)
        query = shape_callback(self.platform, self.bot, press.id, message, button.data, self.id)
        self.bot.updates.push("callback_query", query)
        self.platform.tell("pressed", message=message, person=self.id, data=button.data)
        return press

    def _find(self, what: str | Button, message: Message | None) -> tuple[Message, Button]:
        shown = [each for each in reversed(self.chat.messages.values()) if each.by_bot and not each.deleted]
        candidates = [message] if message is not None else shown
        if isinstance(what, Button):
            assert candidates, "the bot has not written yet"
            return candidates[0], what
        for matches in (_same_label, _same_data, _part_of_label):
            for each in candidates:
                for button in (button for row in each.rows for button in row):
                    if matches(button, what):
                        return each, button
        labels = [each.buttons for each in candidates[:5] if each.rows]
        raise AssertionError(f"no button {what!r}; the newest messages have {labels}")

    def types_key(self, label: str) -> Message:
        """Presses a key of the reply keyboard: its whole label, or a part. AssertionError when it is not shown."""
        keys = [key for row in self.chat.keyboard or () for key in row]
        found = [key for key in keys if key.text == label] or [key for key in keys if label in key.text]
        assert found, f"no key {label!r}; shown are {[key.text for key in keys]}"
        assert found[0].asks is None, f"{label!r} asks for the {found[0].asks}: send that"
        if self.chat.one_time:
            self.chat.keyboard = None
        return self.says(found[0].text)

    def blocks(self) -> Ready:
        """Blocks the bot: sending fails with 403. Telegram tells the bot, Bale does not."""
        self.chat.blocked = True
        return self._membership("member", "kicked")

    def unblocks(self) -> Ready:
        self.chat.blocked = False
        return self._membership("kicked", "member")

    def raw(self, update: JSON) -> Ready:
        """Queues any JSON as an update; `update_id` is added unless it is there."""
        self._acts()
        self.bot.updates.push_raw(update)
        return Ready()

    def _membership(self, old: str, new: str) -> Ready:
        self._acts()
        if self.platform.profile.name == "telegram":
            bot, user = self.bot.as_user(), self.platform.people[self.id].as_user()
            change: JSON = {"chat": shape_chat(self.platform, self.chat), "from": user}
            change |= {"date": self.platform.clock.now() // 1000}
            for name, status in (("old_chat_member", old), ("new_chat_member", new)):
                change[name] = {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})
            self.bot.updates.push("my_chat_member", change)
        return Ready()

    def _file(self, media: Media, caption: str | None = None, **more: Any) -> Message:
        text = words.clean(caption or "").strip()
        assert words.utf16(text) <= words.CAPTION, "a caption holds 1024 units"
        return self._post(media=self.bot.keep_file(media), text=text, entities=words.typed(text), **more)

    def _post(self, chat: Chat | None = None, reply_to: Message | None = None, **what: Any) -> Message:
        chat = self.chat if chat is None else chat
        assert not chat.blocked, f"{self.first_name} has blocked the bot"
        self._acts()
        chat.started = True
        message = Message(
            id=self.bot.next_message_id(),
            platform=self.platform.name,
            chat_id=chat.id,
            sender_id=self.id,
            by_bot=False,
            date=self.platform.clock.now(),
            reply_to=None if reply_to is None else reply_to.id,
            **what,
        )
        chat.messages[message.id] = message
        kind = "channel_post" if chat.kind == "channel" else "message"
        self.bot.updates.push(kind, shape_message(self.platform, self.bot, message))
        self.platform.tell("message", message=message)
        return message

    def _acts(self) -> None:
        self.unread.clear()


def _same_label(button: Button, what: str) -> bool:
    return button.text == what


def _same_data(button: Button, what: str) -> bool:
    return button.data == what


def _part_of_label(button: Button, what: str) -> bool:
    return what in button.text
