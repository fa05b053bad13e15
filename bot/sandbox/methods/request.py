"""One call on its way through a method, with what every method needs: the chat, the words, the markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox import words
from bot.sandbox.bots import Bot, Chat
from bot.sandbox.markup import Markup, read_markup
from bot.sandbox.message import JSON, Message
from bot.sandbox.params import Params
from bot.sandbox.platform import Platform
from bot.sandbox.refusal import ApiError, bad
from bot.sandbox.shapes import shape_message


@dataclass(slots=True)
class Request:
    """A call of `bot` with its parameters."""

    platform: Platform
    bot: Bot
    params: Params

    def chat(self) -> Chat:
        """The chat that may be written to. Raises 400 unknown, 403 blocked or never started."""
        number = self.params.integer("chat_id")
        if number is None:
            raise bad("chat_id is empty")
        chat = self.bot.chats.get(number)
        if chat is None and number not in self.platform.people:
            raise self._unknown()
        if chat is None or not chat.started:
            bale = self.platform.profile.poor
            raise ApiError(
                403, "permission_denied" if bale else "Forbidden: bot can't initiate conversation with a user"
            )
        if chat.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _unknown(self) -> ApiError:
        return ApiError(404, "no such group or user") if self.platform.profile.poor else bad("chat not found")

    def own_message(self, chat: Chat) -> Message:
        """The bot's message that is to change. Raises 400 when there is none, or it is not the bot's."""
        message = chat.messages.get(self.params.integer("message_id") or 0)
        if message is None or message.deleted:
            raise bad("message to edit not found")
        if not message.by_bot:
            raise bad("message can't be edited")
        return message

    def text(self, name: str = "text") -> words.Words:
        """The visible text and entities of a parameter; the length is not checked yet."""
        given = self.params.objects("entities" if name == "text" else "caption_entities")
        source = self.params.text(name) or ""
        return words.read(self.platform.profile, source, self.params.text("parse_mode"), given)

    def markup(self, chat: Chat) -> Markup:
        return read_markup(self.platform.profile, self.params.json("reply_markup"), chat.kind == "private")

    def reply_to(self, chat: Chat) -> int | None:
        """The message replied to, by the field that this platform knows. Raises 400 when it is gone."""
        number, lenient = self.params.integer("reply_to_message_id"), False
        reply = None if self.platform.profile.poor else self.params.json("reply_parameters")
        if isinstance(reply, dict):
            number, lenient = Params(reply).integer("message_id"), bool(reply.get("allow_sending_without_reply"))
        lenient = lenient or self.params.flag("allow_sending_without_reply")
        if number is None or (number in chat.messages and not chat.messages[number].deleted):
            return number
        if lenient:
            return None
        raise bad("message to be replied not found")

    def post(self, chat: Chat, **what: Any) -> JSON:
        """Put a message of the bot into the chat and give its JSON. Takes one from the rate limits."""
        reply_to, markup = self.reply_to(chat), self.markup(chat)
        self.platform.limiter.check(self.bot.id, str(chat.id), chat.kind != "private")
        return shape_message(self.platform, self.bot, self.place(chat, markup, reply_to, **what))

    def place(self, chat: Chat, markup: Markup, reply_to: int | None, **what: Any) -> Message:
        """The message itself, once all is checked."""
        message = Message(
            id=self.bot.next_message_id(),
            platform=self.platform.name,
            chat_id=chat.id,
            sender_id=self.bot.id,
            by_bot=True,
            date=self.platform.clock.now(),
            rows=markup.rows,
            keys=markup.keys,
            removes_keyboard=markup.removes,
            silent=self.params.flag("disable_notification"),
            reply_to=reply_to,
            **what,
        )
        chat.messages[message.id] = message
        if markup.keys is not None:
            chat.keyboard, chat.one_time = markup.keys, markup.one_time
        elif markup.removes:
            chat.keyboard = None
        self.platform.arrived(self.bot, message)
        return message
