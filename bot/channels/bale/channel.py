"""Bale: its own Markdown, old reply parameters, no list of commands, errors in several shapes."""

from __future__ import annotations

from typing import Any, ClassVar

from bot.channels import answers
from bot.channels.abilities import Abilities
from bot.channels.bale import markdown
from bot.channels.bale.complete import complete
from bot.channels.base import ChannelKey, Kind, Outcome
from bot.channels.forms import Forms
from bot.channels.limits import CAPTION, TEXT
from bot.talk.rich import Rich

# A user who is unknown comes with 404 too, so that 404 alone says nothing about the token.
_RULES: tuple[answers.Rule, ...] = (
    ("token not found", Kind.UNAUTHORIZED),
    ("no such group or user", Kind.GONE),
    ("bot limit exceed", Kind.RETRY),
    ("local_rate_limited", Kind.RETRY),
    ("permission_denied", Kind.BLOCKED),
    *answers.RULES,
)
_NO_SUCH_TOKEN = ("404 Not Found", "404")
_OLD_PROGRAM = "1"


class Bale(Forms):
    """The second platform. Its limits are unknown, hence a careful rate; updates can't be chosen by kind.

    Clients disagree on buttons that copy; a refused button would cost the whole message, so they start switched off.
    """

    key: ClassVar[ChannelKey] = "bale"
    title = "Bale"
    rate = 10.0
    poll_seconds = 25
    kinds = ()
    api = "https://tapi.bale.ai"
    table = Abilities(copy_text=False, commands=False, html=False)

    def complete(self, raw: dict[str, Any], received: int) -> dict[str, Any]:
        return complete(raw, received)

    def own(self, rich: Rich, caption: bool) -> str:
        return markdown.render(rich, CAPTION if caption else TEXT)

    def bare(self, rich: Rich, caption: bool) -> str:
        return markdown.bare(rich, CAPTION if caption else TEXT)

    def reply(self, message_id: int) -> dict[str, str]:
        return {"reply_to_message_id": str(message_id)}

    def needs_message(self, callback_id: str) -> bool:
        return callback_id.startswith(_OLD_PROGRAM)

    def classify(self, status: int, body: bytes) -> Outcome:
        outcome = answers.classify(status, body, _RULES)
        if outcome.kind is Kind.REFUSED and outcome.detail in _NO_SUCH_TOKEN:
            return Outcome(Kind.UNAUTHORIZED, detail=outcome.detail)
        return outcome

    def link(self, username: str, start: str) -> str:
        return f"https://ble.ir/{username}?start={start}"
