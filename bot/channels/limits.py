"""What the platforms take, and what is left over beside the budgets of `bot/talk/limits.py`."""

from __future__ import annotations

from bot.talk.limits import CAPTION_UNITS, TEXT_UNITS, units

TEXT = 4_096  # UTF-16 units, the stricter way to count
CAPTION = 1_024  # Bale documents more, but nobody has tried it
TOAST = 200
PLACEHOLDER = 64
COPY_TEXT = 256
TEXT_CODES = (TEXT - TEXT_UNITS) // 2  # codes that can be isolated by two characters each
CAPTION_CODES = (CAPTION - CAPTION_UNITS) // 2


def fits(text: str, most: int) -> bool:
    """Whether the text has at most `most` UTF-16 units."""
    return 2 * len(text) <= most or units(text) <= most


def cut(text: str, most: int) -> str:
    """The text, or its first `most` UTF-16 units, never half a character."""
    if fits(text, most):
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")
