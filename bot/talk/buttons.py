"""The one maker and reader of button data: `verb:version:argument`, at most 64 bytes.

The version is that of the dialogue or case that the button was drawn for, so that a stale press is recognised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.talk.limits import BUTTON_DATA_BYTES

_SHAPE = re.compile(r"([a-z][a-z0-9_-]{0,15}):([0-9a-z]{1,8}):([0-9A-Za-z_.,-]{0,38})\Z")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Press:
    """What a pressed button said."""

    verb: str
    version: int
    argument: str


def make(verb: str, version: int = 0, argument: str | int = "") -> str:
    """Button data. Raises ValueError for what `read` would not take back."""
    data = f"{verb}:{_base36(version)}:{argument}"
    if len(data.encode()) > BUTTON_DATA_BYTES or not _SHAPE.match(data):
        raise ValueError(f"no button data: {verb!r} {version!r}")
    return data


def read(data: str | None) -> Press | None:
    """The press, or None for data that is not ours: forged, from another program, or cut off."""
    match = _SHAPE.match(data or "")
    return Press(match[1], int(match[2], 36), match[3]) if match else None


def _base36(number: int) -> str:
    if number < 0:
        raise ValueError("versions are never negative")
    digits = ""
    while number >= 36:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return _DIGITS[number] + digits
