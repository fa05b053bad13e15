"""A programme of the city: when those who asked for it are reminded."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, tzinfo

from bot.clock import HOUR

EVENING = time(18)
AHEAD = 3 * HOUR  # where the evening before has passed
EARLIEST = 30 * HOUR  # the evening before is never further from the beginning
LASTS = 2 * HOUR  # a programme without an announced end is over by then


def reminder_at(starts_at: int, now: int, tz: tzinfo) -> int:
    """Six in the evening of the day before; some hours before where that has passed; 0 where it begins sooner."""
    local = datetime.fromtimestamp(starts_at / 1000, UTC).astimezone(tz)
    evening = datetime.combine(local.date() - timedelta(days=1), EVENING, tz)
    times = (int(evening.timestamp() * 1000), starts_at - AHEAD)
    return next((at for at in times if at > now), 0)


def is_for(due_at: int, starts_at: int) -> bool:
    """Whether a reminder at this time is one of this beginning, and not of an earlier one from which it moved away."""
    return starts_at - EARLIEST <= due_at < starts_at
