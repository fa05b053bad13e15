"""Posters and stickers: what they are, before anybody draws one."""

from __future__ import annotations

GENERAL = "general"  # the kind without a place and a topic: its code opens the first page
FORMS = ("poster", "sticker")
MAX_PLACE = 80  # letters; two lines of a sticker
