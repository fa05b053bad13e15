"""The city pack: what a municipality owns, as plain files that it can edit. Another city is another folder."""

from bot.pack.load import load_pack
from bot.pack.pack import Pack

__all__ = ["Pack", "load_pack"]
