"""What a person of the benchmark does: the steps of `steps.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STEPS = Path(__file__).with_name("steps.toml")
_COLUMNS, _ROWS = 130, 108  # of the grid in which people stand: 14,040 in a run, then the first places once more
_NORTH, _EAST = 0.00065, 0.00078  # degrees between two of them: 71 m, and similar lamps are looked for within 60


@dataclass(frozen=True, slots=True)
class Step:
    """One act. `place`: latitude and longitude, for `pins`."""

    does: str
    what: str = ""
    place: tuple[float, float] = (0.0, 0.0)

    def body(self, person: int = 0) -> dict[str, Any]:
        """What the message carries beside its head. `{person}` in a text makes it everybody's own words."""
        if self.does == "pins":
            row, column = divmod(person % (_COLUMNS * _ROWS), _COLUMNS)
            return {
                "location": {
                    "latitude": round(self.place[0] + row * _NORTH, 6),
                    "longitude": round(self.place[1] + column * _EAST, 6),
                }
            }
        if not self.what.startswith("/"):
            return {"text": self.what.replace("{person}", str(person))}
        command = self.what.split()[0]
        return {"text": self.what, "entities": [{"type": "bot_command", "offset": 0, "length": len(command)}]}

    def finds(self, button: dict[str, Any]) -> bool:
        """Whether this is the inline button that the step presses."""
        return self.what in button.get("text", "") or self.what in button.get("callback_data", "")


def load_steps(path: Path = STEPS) -> list[Step]:
    """The steps in order. Raises KeyError or TypeError for a file that is none."""
    return [Step(**_tuples(row)) for row in tomllib.loads(path.read_text("utf-8"))["step"]]


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
