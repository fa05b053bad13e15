"""A tracking code somewhere in a text, as people copy, type or read it out."""

import re
from typing import Final

from bot.understand.normalise import latin_digits

LENGTH: Final = 8
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_RUN: Final = re.compile(r"[0-9](?:[ \u00a0\-‐–—_]{0,3}[0-9])*")


def tracking_code(text: str) -> str | None:
    """The first eight digits that are written like a code, as Latin digits; None when there are none.

    Like a code: on their own, or in groups of one size («۴۷۲۹ ۱۵۳۸»), not beginning with 0. A date (4-2-2) or a phone
    number is none. The check digit is not looked at; whoever asks for the case does that.
    """
    for run in _RUN.finditer(_INVISIBLE.sub("", latin_digits(text))):
        groups = re.findall("[0-9]+", run[0])
        alike = ["".join(groups)] if len(set(map(len, groups))) == 1 else groups
        for digits in alike:
            if len(digits) == LENGTH and digits[0] != "0":
                return digits
    return None
