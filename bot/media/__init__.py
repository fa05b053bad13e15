"""Files in, and files made: after the commit that asked for them, kept by the hash of what is in them."""

from bot.media.calendar import CalendarFile
from bot.media.export import Export
from bot.media.fetch import Arrived, House
from bot.media.media import Media
from bot.media.poster import Poster
from bot.media.sheet import Sheet

__all__ = ["Arrived", "CalendarFile", "Export", "House", "Media", "Poster", "Sheet"]
