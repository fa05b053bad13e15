"""Budgets that every channel keeps. What a channel inserts (markup, joiners) must fit from here to its own limit."""

TEXT_UNITS = 3_900  # UTF-16 units of a message; both platforms take 4,096
CAPTION_UNITS = 1_000  # UTF-16 units under a picture; Telegram takes 1,024
BUTTON_DATA_BYTES = 64
ALBUM = 10


def units(text: str) -> int:
    """Length in UTF-16 code units, the stricter of the ways in which platforms may count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
