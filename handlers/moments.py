"""A day and an hour that somebody typed; what is none is answered with what is wrong about it."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from bot.domain.moment import BadMoment, parse_day, parse_moment
from bot.errors import Refused
from handlers.context import Context


def read_moment(context: Context, text: str) -> int:
    """The moment to come, in milliseconds. Raises Refused."""
    try:
        return parse_moment(text, context.work.now, context.city.pack.time.zone)
    except BadMoment as bad:
        raise Refused(f"moment-{bad.reason}") from None


def read_day(context: Context, text: str) -> int:
    """A day to come, however far, in milliseconds: its noon stands for it. Raises Refused."""
    zone, now = context.city.pack.time.zone, context.work.now
    try:
        day = parse_day(text, now, zone)
    except BadMoment as bad:
        raise Refused("moment-day" if bad.reason == "unclear" else f"moment-{bad.reason}") from None
    noon = noon_of(day, zone)
    if noon <= now:
        raise Refused("moment-past")
    return noon


def noon_of(day: date, zone: tzinfo) -> int:
    """What stands for a day: its noon, in milliseconds."""
    return int(datetime.combine(day, time(12), zone).timestamp() * 1000)
