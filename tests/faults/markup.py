"""Any text through a screen into both strict platforms, and what people see there: row 34."""

from __future__ import annotations

import random

from bot.channels.bale import Bale
from bot.channels.base import Channel, To
from bot.channels.telegram import Telegram
from bot.clock import SystemClock
from bot.sandbox import words
from bot.sandbox.door import Door
from bot.sandbox.params import Params
from bot.sandbox.world import Sandbox
from bot.talk.rich import FSI, PDI, Bold, Code, Link, Part, Plain, Rich, visible
from bot.talk.screen import Screen
from tests.faults.report import Figure, Run

PIECES = (
    *"*_`[]()<>&\"'\\~#|{}=-+.!\n\t آب1a😀",
    *("<b", "</b>", "&amp;", "&#x41;", "```", "[x](y)", "[a](http://b.ir)", "*a*", "_b_", " *", "* ", "](", "<a href="),
    *("\u200c", "\u200f", "\u2067", "\u2060", "\u202e", "\u0301", "\x1b[31m", "\r\n", "۱۲۳", "https://x.ir/a_b_c"),
)
OURS = dict.fromkeys(map(ord, "\u2066" + PDI + FSI + "\u2060"))  # what channels insert, and nobody sees


class Texts:
    """Texts that look for trouble, the same at every run."""

    def __init__(self, seed: int = 137, pieces: tuple[str, ...] = PIECES) -> None:
        self._dice = random.Random(seed)
        self._pieces = pieces

    def words(self) -> str:
        dice = self._dice
        if dice.random() < 0.3:
            return "".join(
                chr(dice.choice([dice.randrange(32, 0xD800), dice.randrange(0xE000, 0x20000)])) for _ in range(9)
            )
        return "".join(dice.choices(self._pieces, k=dice.randrange(1, 14)))

    def rich(self) -> Rich:
        """A screen's text as ours are: own words, what somebody wrote, a code."""
        dice, parts = self._dice, list[Part]()
        for _ in range(dice.randrange(1, 5)):
            parts.append(dice.choice((Plain, Plain, Plain, Bold, Code))(self.words()))
        if dice.random() < 0.2:
            parts.append(Link(self.words(), dice.choice(["https://x.ir/a_b", "https://x.ir/(a)?q=*[1]", "tel:137"])))
        return (Plain("شرح: "), *parts)


async def row_34(run: Run) -> list[Figure]:
    count, refused, different, examples = run.pick(400, 100_000), 0, 0, list[str]()
    sandbox, texts = Sandbox(SystemClock()), Texts()
    doors = [(channel, _open(sandbox, channel)) for channel in (Telegram(), Bale())]
    for _ in range(count):
        rich = texts.rich()
        for channel, (door, chat) in doors:
            shown = await _shown(channel, door, chat, rich, sandbox)
            expected = _expected(channel, rich)
            refused += shown is None
            different += shown is not None and shown != expected
            if shown != expected and len(examples) < 5:
                examples.append(f"{channel.key} {visible(rich)!r} -> {shown!r}")
    measured = f"{count} texts on both platforms: {refused} refusals, {different} differences"
    measured += "".join(f"; {each}" for each in examples)
    return [Figure(34, "markup in any text", "0 refusals, 0 differences", measured, not refused and not different)]


def _open(sandbox: Sandbox, channel: Channel) -> tuple[Door, int]:
    platform = sandbox[channel.key]
    platform.calls.record = False
    person = platform.person()
    person.chat.started = True
    return Door(platform), person.id


async def _shown(channel: Channel, door: Door, chat: int, rich: Rich, sandbox: Sandbox) -> str | None:
    call = channel.message(Screen(rich), To(chat))
    answer = await door.call("137:sandbox", call.method, Params(dict(call.params)))
    person = sandbox[channel.key].people[chat]
    if answer.status != 200 or not person.unread:
        return None
    message = person.unread.pop()
    person.unread.clear()
    person.chat.messages.clear()
    return message.text.translate(OURS).strip()


def _expected(channel: Channel, rich: Rich) -> str:
    """What was written, as this platform cleans and trims every text, whoever sends it."""
    text = visible(rich)
    return (words.clean(text) if channel.key == "telegram" else text).translate(OURS).strip()
