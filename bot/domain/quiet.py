"""When citizens are left in peace: a span of the day that may hold midnight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

_MINUTES = 24 * 60


def quiet_end(now: int, tz: tzinfo, start: str, end: str) -> int:
    """When the quiet that `now` is in will be over, in milliseconds; `now` itself outside of it. Clocks are "21:30"."""
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(tz)
    at, begins, ends = local.hour * 60 + local.minute, _minutes(start), _minutes(end)
    if (at - begins) % _MINUTES >= (ends - begins) % _MINUTES:
        return now
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    over = midnight + timedelta(minutes=ends + (_MINUTES if ends <= at else 0))
    return int(over.timestamp() * 1000)


def day_start(now: int, tz: tzinfo) -> int:
    """The midnight that the day of `now` began with, in milliseconds."""
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(tz)
    return int(local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)


def next_day(now: int, tz: tzinfo, clock: str) -> int:
    """Tomorrow at this clock, in milliseconds."""
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(tz) + timedelta(days=1)
    hour, minute = divmod(_minutes(clock), 60)
    return int(local.replace(hour=hour, minute=minute, second=0, microsecond=0).timestamp() * 1000)


def next_clock(now: int, tz: tzinfo, clock: str) -> int:
    """The next moment with this clock after `now`, in milliseconds."""
    today = day_start(now, tz) + _minutes(clock) * 60_000
    return today if today > now else next_day(now, tz, clock)


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)
