"""A day and an hour that somebody typed; what is none is answered with what is wrong about it."""

from __future__ import annotations

from bot.domain.moment import BadMoment, parse_moment
from bot.errors import Refused
from handlers.context import Context


def read_moment(context: Context, text: str) -> int:
    """The moment to come, in milliseconds. Raises Refused."""
    try:
        return parse_moment(text, context.work.now, context.city.pack.time.zone)
    except BadMoment as bad:
        raise Refused(f"moment-{bad.reason}") from None
