"""One reader: texts, dates, digits and screens in their language and manner."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.talk import buttons, rich
from bot.talk.dates import Dates
from bot.talk.digits import digits
from bot.talk.rich import Marked, Rich
from bot.talk.screen import Button, Keys, Media, Screen
from bot.talk.texts import Texts, Value

Rows = Iterable[Iterable[Button]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How to speak to somebody. `simple`: one button a row."""

    texts: Texts
    dates: Dates
    lang: str
    simple: bool = False

    def line(self, text: str, /, **args: Value) -> str:
        """A text as one string, for labels and toasts."""
        return self.texts.line(self.lang, text, **args)

    def rich(self, text: str, /, **args: Value) -> Rich:
        """A text as parts, for a screen."""
        return self.texts.rich(self.lang, text, **args)

    def screen(
        self,
        *texts: Rich,
        rows: Rows = (),
        keys: Keys | None = None,
        media: tuple[Media, ...] = (),
        gap: str = "\n",
    ) -> Screen:
        """A screen of some texts under each other, with buttons in reading order."""
        lines = tuple(line for line in map(tuple, rows) if line)
        if self.simple:
            lines = tuple((button,) for line in lines for button in line)
        return Screen(rich.join(*texts, gap=gap), lines, keys, media, rtl=self.texts.is_rtl(self.lang))

    def button(self, text: str, verb: str, argument: str | int = "", version: int = 0) -> Button:
        """A button whose label is a text of the pack."""
        return Button(self.line(text), buttons.make(verb, version, argument))

    def digits(self, value: str | int) -> str:
        """Digits as this reader writes them."""
        return digits(value, self.lang)

    def date(self, ms: int) -> Callable[[str], str]:
        """A date to give to a text: said in the language that the text is found in."""
        return lambda lang: self.dates.date(lang, ms)

    def date_clock(self, ms: int) -> Callable[[str], str]:
        """A date with its clock to give to a text."""
        return lambda lang: self.dates.date_clock(lang, ms)

    def clock(self, ms: int) -> Callable[[str], str]:
        """A clock to give to a text."""
        return lambda lang: self.dates.clock(lang, ms)

    def code(self, code: str) -> Callable[[str], Marked]:
        """A tracking code to give to a text: two groups of four, copyable, in the digits of the text's language."""
        return lambda lang: rich.code(digits(f"{code[:4]} {code[4:]}", lang))

    def codes(self, codes: Iterable[str]) -> Callable[[str], Marked]:
        """Several of them, each copyable by itself."""
        known = tuple(codes)
        return lambda lang: rich.codes(digits(f"{code[:4]} {code[4:]}", lang) for code in known)
