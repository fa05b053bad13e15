"""Telegram: HTML, reply parameters, no link previews; its JSON is complete as it comes."""

from __future__ import annotations

from typing import Any, ClassVar

from bot.channels import answers, html
from bot.channels.abilities import Abilities
from bot.channels.base import ChannelKey, Kind, Outcome
from bot.channels.forms import Forms
from bot.channels.limits import CAPTION_CODES, TEXT_CODES
from bot.talk.rich import Rich

# 404 says both "malformed token" and "no such method"; only the second has words for it.
_RULES: tuple[answers.Rule, ...] = (("method not found", Kind.REFUSED), *answers.RULES)
_NO_SUCH_TOKEN = "404 Not Found"  # noqa: S105 - words of an error


class Telegram(Forms):
    """The first platform. Its rate is what the vendor names for messages over all chats."""

    key: ClassVar[ChannelKey] = "telegram"
    title = "Telegram"
    rate = 30.0
    poll_seconds = 50
    kinds = ("message", "edited_message", "callback_query", "my_chat_member")
    api = "https://api.telegram.org"
    table = Abilities()
    previews_off: ClassVar[dict[str, str]] = {"link_preview_options": '{"is_disabled":true}'}

    def complete(self, raw: dict[str, Any], received: int) -> dict[str, Any]:  # noqa: ARG002 - its dates are there
        return raw

    def own(self, rich: Rich, caption: bool) -> str:
        return self.bare(rich, caption)

    def bare(self, rich: Rich, caption: bool) -> str:
        return html.bare(rich, CAPTION_CODES if caption else TEXT_CODES)

    def reply(self, message_id: int) -> dict[str, str]:
        return {"reply_parameters": f'{{"message_id":{message_id},"allow_sending_without_reply":true}}'}

    def needs_message(self, callback_id: str) -> bool:  # noqa: ARG002 - every program of Telegram shows toasts
        return False

    def classify(self, status: int, body: bytes) -> Outcome:
        outcome = answers.classify(status, body, _RULES)
        if outcome.kind is Kind.REFUSED and outcome.detail == _NO_SUCH_TOKEN:
            return Outcome(Kind.UNAUTHORIZED, detail=outcome.detail)
        return outcome

    def link(self, username: str, start: str) -> str:
        return f"https://t.me/{username}?start={start}"
