"""What is tried on a real platform: each trial sends to one chat and says what the platform can do.

An ability is `None` where the trial could not tell.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.channels.answers import read
from bot.channels.errors import NotSent, Unanswered
from bot.channels.http import Http

Ask = Callable[[str], bool]
"""Puts a question to the operator, who looks at the phone; answers whether they said yes."""
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`status`: that of HTTP, 0 where no answer came."""

    status: int
    body: dict[str, Any]

    @property
    def ok(self) -> bool:
        return self.body.get("ok") is True

    @property
    def lost(self) -> bool:
        """No answer came, so nothing is known."""
        return not self.status

    @property
    def result(self) -> dict[str, Any]:
        found = self.body.get("result")
        return found if isinstance(found, dict) else {}

    def __str__(self) -> str:
        if self.ok:
            return f"HTTP {self.status}, taken"
        words = "".join(c if c.isprintable() else " " for c in str(self.body.get("description") or ""))[:80]
        return f"HTTP {self.status}, refused with {self.body.get('error_code', 'no code')} {words}".rstrip()


@dataclass(frozen=True, slots=True)
class Trier:
    """One bot, one chat, one operator with the phone in hand."""

    http: Http
    chat: int
    ask: Ask

    async def call(self, method: str, params: dict[str, str] | None = None) -> Answer:
        """Never raises."""
        try:
            status, body = await self.http.ask(method, params or {}, SECONDS)
        except (NotSent, Unanswered):
            return Answer(0, {"description": "no whole answer"})
        return Answer(status, read(body) or {"description": "unreadable answer"})

    async def send(self, text: str, markup: Any = None, **more: str) -> Answer:
        """A message to the chat."""
        params = {"chat_id": str(self.chat), "text": text, **more}
        if markup is not None:
            params["reply_markup"] = orjson.dumps(markup).decode()
        return await self.call("sendMessage", params)

    def sees(self, answer: Answer, question: str) -> bool | None:
        """Whether the platform took it and the operator sees it; None when its answer was lost."""
        return None if answer.lost else answer.ok and self.ask(question)


Told = tuple[bool | None, str]
"""What the platform can do, and what was seen."""


async def html(trier: Trier) -> Told:
    sent = await trier.send("<b>bold</b>", parse_mode="HTML")
    seen = sent.result.get("text")
    return None if sent.lost else seen == "bold", f"parse_mode=HTML: {sent}; the text became {seen!r}"


async def markdown(trier: Trier) -> Told:
    sent = await trier.send("*bold* _slanted_ [words](https://example.org) 2*3*4 a_b_c")
    return None, f"markers without parse_mode: {sent}; the text became {sent.result.get('text')!r}. Compare the phone."


async def edit(trier: Trier) -> Told:
    board = {"inline_keyboard": [[{"text": "1", "callback_data": "doctor"}]]}
    sent = await trier.send("before the edit", board)
    number = sent.result.get("message_id")
    if not isinstance(number, int):
        return None, f"nothing to edit: {sent}"
    params = {"chat_id": str(trier.chat), "message_id": str(number), "text": "after the edit"}
    edited = await trier.call("editMessageText", params | {"reply_markup": orjson.dumps(board).decode()})
    seen = trier.sees(edited, "Does the last message now read “after the edit”, with its button?")
    return seen, f"editing a message with a button: {edited}"


async def copy_text(trier: Trier) -> Told:
    sent = await trier.send("a button that copies", _one({"text": "copy", "copy_text": {"text": "1234 5678"}}))
    seen = trier.sees(sent, "Is there a button under “a button that copies”, and does it copy 1234 5678?")
    return seen, f"copy_text: {sent}"


async def url_button(trier: Trier) -> Told:
    sent = await trier.send("a button that opens a page", _one({"text": "open", "url": "https://example.org"}))
    seen = trier.sees(sent, "Is there a button under “a button that opens a page”, and does it open?")
    return seen, f"url: {sent}"


async def turn_rows(trier: Trier) -> Told:
    row = [{"text": number, "callback_data": number} for number in ("1", "2")]
    sent = await trier.send("two buttons", {"inline_keyboard": [row]})
    seen = trier.ask("Is button 1 to the left of button 2?") if sent.ok else None
    return seen, f"the order of buttons in a row: {sent}"


async def place_key(trier: Trier) -> Told:
    board = {"keyboard": [[{"text": "my place", "request_location": True}]], "resize_keyboard": True}
    sent = await trier.send("a key that sends a place", board)
    seen = trier.sees(sent, "Is there a key “my place” below, and does it offer to send your place?")
    gone = await trier.send("the key goes away again", {"remove_keyboard": True})
    return seen, f"request_location: {sent}; remove_keyboard: {gone}"


async def commands(trier: Trier) -> Told:
    got = await trier.call("getMyCommands")
    return None if got.lost else got.ok, f"getMyCommands: {got}"


async def replies(trier: Trier) -> Told:
    number = (await trier.send("to be answered")).result.get("message_id")
    new = await trier.send("by reply_parameters", reply_parameters=f'{{"message_id":{number}}}')
    old = await trier.send("by reply_to_message_id", reply_to_message_id=str(number))
    kept = ["kept" if "reply_to_message" in each.result else "not kept" for each in (new, old)]
    return None, f"reply_parameters: {new}, {kept[0]}; reply_to_message_id: {old}, {kept[1]}"


async def unknown(trier: Trier) -> Told:
    odd = await trier.send("an unknown parameter", shahr137="1")
    styled = await trier.send("a styled button", _one({"text": "1", "callback_data": "1", "style": "primary"}))
    return None, f"an unknown parameter: {odd}; a button's style: {styled}"


async def refusals(trier: Trier) -> Told:
    nobody = await trier.call("sendMessage", {"chat_id": "0", "text": "nobody"})
    method = await trier.call("noSuchMethod")
    long = await trier.send("x" * 4_097)
    return None, f"no such chat: {nobody}; no such method: {method}; 4097 letters: {long}"


async def about(trier: Trier) -> Told:
    me, hook = await trier.call("getMe"), await trier.call("getWebhookInfo")
    return None, f"getMe tells {', '.join(sorted(me.result)) or me}; getWebhookInfo: {', '.join(sorted(hook.result))}"


def _one(button: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


TRIALS: dict[str, Callable[[Trier], Awaitable[Told]]] = {
    trial.__name__: trial
    for trial in (
        about,
        refusals,
        markdown,
        html,
        replies,
        unknown,
        edit,
        copy_text,
        url_button,
        turn_rows,
        place_key,
        commands,
    )
}
"""Named after the ability that it tells, where it tells one."""

BY_HAND = (
    "what getUpdates gives for a voice, a contact, a place and a press (stop the service, call it yourself)",
    "getUpdates with a timeout of 50, the same offset twice, two pollers at once",
    "a blocked bot's error; a file of 21 MB; 30 messages a second until 429",
    "webhook: repeats after 500, content type, source addresses",
)
