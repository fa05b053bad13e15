"""The languages as buttons, each in its own script."""

from __future__ import annotations

from bot.talk import buttons
from bot.talk.screen import Button
from handlers.context import Context


def language_rows(context: Context, verb: str, chosen: str = "") -> list[list[Button]]:
    """Two a row; the chosen one is marked."""
    offered = context.city.pack.languages.offered
    each = [_button(context, verb, lang, lang == chosen) for lang in offered]
    return [each[at : at + 2] for at in range(0, len(each), 2)]


def _button(context: Context, verb: str, lang: str, chosen: bool) -> Button:
    label = context.reader.line(f"btn-lang-{lang}")
    return Button(f"✅ {label}" if chosen else label, buttons.make(verb, argument=lang))
