"""What a channel's connection raises. None of these carries a token, an address or what people wrote."""

from __future__ import annotations

from bot.errors import CityError


class ChannelError(CityError):
    """The base of what can go wrong between us and a platform."""


class Unauthorized(ChannelError):
    """The platform does not accept the token."""


class Conflict(ChannelError):
    """Somebody else polls with this token, or a webhook is set."""


class Unreachable(ChannelError):
    """No usable answer for now. `retry_after` in seconds where the platform asked us to wait."""

    def __init__(self, what: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(what)


class FileRefused(ChannelError):
    """The platform does not give this file: unknown, larger than it lets bots fetch, or its link is too old."""


class NotSent(ChannelError):
    """No connection came about, so the request never left: trying again is safe."""


class Unanswered(ChannelError):
    """The request left and no whole answer came: nobody can tell whether it was taken."""
