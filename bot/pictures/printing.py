"""What is to be printed, as it goes to the process that draws. No part of Pillow is needed to say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Code:
    """One code to scan: the messenger's name, the bot's name there, and the address."""

    label: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Print:
    """All that stands on the paper, in its reader's language and digits. `form`: poster (A4) or sticker (10 × 10 cm);
    one code or two.
    """

    form: str
    rtl: bool
    head: str
    call: str
    motto: str
    foot: str
    place: str
    codes: tuple[Code, ...]

    def dump(self) -> bytes:
        """JSON; equal for equal prints."""
        return orjson.dumps(asdict(self))

    @classmethod
    def load(cls, row: Mapping[str, Any]) -> Print:
        """The way back."""
        return cls(**{**row, "codes": tuple(Code(**each) for each in row["codes"])})
