"""People who file reports whatever happens to the service, and the ledger of what they were told."""

from __future__ import annotations

import asyncio
import itertools
import re
from dataclasses import dataclass, field

from bot.sandbox.bots import Press
from bot.sandbox.message import Message
from bot.sandbox.person import Person
from bot.sandbox.platform import Platform
from tests.scenarios.people import CENTRE

SUBMIT, PERSIAN, DIFFERENT = "📨 ثبت نهایی", "فارسی", "نه، فرق دارد"
TOPICS = ("💡 چراغ خیابان", "🚦 روشنایی و ترافیک")  # the category, or the group that it stands in
PATIENCE = 30.0  # seconds after which somebody who got no answer does it once more, and then looks at their reports
CODE = re.compile(r"[۱-۹][۰-۹]{3} [۰-۹]{4}")
SORRY = "مشکلی در سامانه"
_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789", "\u2066\u2067\u2068\u2069 ")


def words_of(number: int) -> str:
    return f"چراغ کوچه ما خاموشه، تیر {number}"


def _place_of(number: int) -> tuple[float, float]:
    """All over the middle of the town, as reports lie: some are near another one."""
    north, east = divmod(number % 1_600, 40)
    return CENTRE[0] + (north - 20) * 0.0005, CENTRE[1] + (east - 20) * 0.0006


def number_in(words: str) -> int:
    """The report that these words were written for, 0 for words of two reports or of none."""
    found = set(re.findall(r"تیر (\d+)", words))
    return int(found.pop()) if len(found) == 1 else 0


@dataclass
class Ledger:
    """`codes`: what was shown to whom, by the number of the report. `open`: reports that were begun and not ended."""

    codes: dict[int, set[str]] = field(default_factory=dict)
    open: dict[int, str] = field(default_factory=dict)
    apologies: int = 0
    nudges: int = 0
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def next(self) -> int:
        return next(self._numbers)


@dataclass
class Citizen:
    """Somebody new who files one report, reading what comes and doing what it asks."""

    person: Person
    number: int
    ledger: Ledger
    last: str = ""
    nudged: int = 0

    async def files(self, within: float) -> None:
        """AssertionError when no code came in so many seconds."""
        self.ledger.open[self.number] = "/start"
        self._do("/start")
        async with asyncio.timeout(within):
            while not self._filed(await self._read()):
                pass
        del self.ledger.open[self.number]

    async def _read(self) -> Message:
        """The newest message, once everything unread was looked at."""
        message = await self._hears()
        while self.person.unread:
            if self._filed(message):
                return message
            message = self.person.unread.pop(0)
        if not self._filed(message):
            self._react(message)
        return message

    async def _hears(self) -> Message:
        """The next message. What was in flight at two kills may be lost (docs/reliability.md): people ask again."""
        while True:
            try:
                return await self.person.answer(within=PATIENCE)
            except AssertionError:
                self.ledger.nudges += 1
                self.nudged += 1
                self._do("/mine" if self.nudged > 1 and self.last == SUBMIT else self.last)

    def _filed(self, message: Message) -> bool:
        found = CODE.search(message.text)
        if found is None or not ("کد رهگیری" in message.text or self.last == "/mine"):
            return False
        self.ledger.codes.setdefault(self.number, set()).add(found[0].translate(_LATIN))
        return True

    def _react(self, message: Message) -> None:
        labels = message.buttons
        if SORRY in message.text:
            self.ledger.apologies += 1
            self._do(self.last)
        elif PERSIAN in labels:
            self._do(PERSIAN, message)
        elif SUBMIT in labels:
            self._do(SUBMIT, message)
        elif DIFFERENT in labels:
            self._do(DIFFERENT, message)
        elif topic := next((topic for topic in TOPICS if topic in labels), ""):
            self._do(topic, message)
        elif "خوش آمدید" in message.text:
            self._do("words")
        elif any(key.asks for row in self.person.chat.keyboard or () for key in row):
            self._do("pin")

    def _do(self, what: str, message: Message | None = None) -> Message | Press:
        self.last = what
        self.ledger.open[self.number] = what
        match what:
            case "/start":
                return self.person.starts()
            case "words":
                return self.person.says(words_of(self.number))
            case "pin":
                return self.person.sends_pin(*_place_of(self.number))
            case "/mine":
                return self.person.says("/mine")
        return self.person.presses(what, message)


async def crowd(platform: Platform, ledger: Ledger, size: int, stop: asyncio.Event) -> None:
    """So many people at any time, each new and each filing one report, until `stop`; then all come to their end."""

    async def one() -> None:
        while not stop.is_set():
            number = ledger.next()
            await Citizen(platform.person(f"citizen {number}"), number, ledger).files(within=300)

    await asyncio.gather(*(one() for _ in range(size)))
