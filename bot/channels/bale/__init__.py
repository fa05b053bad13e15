"""Bale, as its documentation and its clients describe it; nobody has tried the live server yet (`doctor --live`)."""

from bot.channels.bale.channel import Bale

__all__ = ["Bale"]
