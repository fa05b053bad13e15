"""Digits as a reader knows them: ۷ in Persian and Azerbaijani, ٧ in Sorani, 7 in English.

Inside the program, in keys, addresses and button data, digits are always Latin.
"""

from __future__ import annotations

from babel import Locale
from fluent.runtime.types import FluentInt

_PERSIAN, _ARABIC = "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"
_DRAWN = {
    language: str.maketrans("0123456789", drawn)
    for language, drawn in (("fa", _PERSIAN), ("az", _PERSIAN), ("ckb", _ARABIC))
}


def digits(text: str | int, lang: str) -> str:
    """`text` with its Latin digits drawn for readers of `lang`; other languages keep Latin ones."""
    table = _DRAWN.get(lang)
    return str(text).translate(table) if table else str(text)


def latin(text: str) -> str:
    """`text` with the decimal digits of any script as 0-9, and everything else as it was."""
    if text.isascii():
        return text
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)


class Count(FluentInt):
    """A number in a text: chooses the plural by its value, and draws the digits of the language the text is in."""

    def format(self, locale: Locale) -> str:
        return digits(int(self), locale.language)
