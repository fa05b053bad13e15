"""A project of the city: its stages, and which changes of what was announced owe the people a reason."""

from __future__ import annotations

STAGES = ("study", "approval", "tender", "execution", "delivery", "stopped")
STOPPED = "stopped"
ANNOUNCED = ("stage", "percent", "ends_at")
"""What citizens are told, and told again when it changes."""


def owes_reason(field: str, old: int | str, new: int | str) -> bool:
    """A stop, a later end or none any more, and less progress than was announced."""
    match field, old, new:
        case "stage", _, str():
            return new == STOPPED and old != STOPPED
        case "ends_at", int(), int():
            return old > 0 and (new == 0 or new > old)
        case "percent", int(), int():
            return new < old
    return False
