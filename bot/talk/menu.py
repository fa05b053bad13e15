"""The main menu: a lasting reply keyboard of at most eight keys, and the labels by which its keys are known."""

from __future__ import annotations

from bot.talk.reader import Reader
from bot.talk.screen import Key, Keys

CITIZEN = (("btn-report", "btn-mine"), ("btn-mayor", "btn-emergency"), ("btn-more",))
OFFICIAL = (("btn-report", "btn-mine"), ("btn-mayor", "btn-emergency"), ("btn-more", "btn-desk"))
DESK = (("btn-next", "btn-desk"), ("btn-near", "btn-as-citizen-menu"))
CENTRE = (("btn-next", "btn-desk"), ("btn-near", "btn-phone-report"), ("btn-as-citizen-menu",))
DESK_ONLY = frozenset(("btn-next", "btn-near", "btn-phone-report", "btn-search", "btn-as-citizen-menu"))
"""Keys whose words a citizen may write without meaning them («نزدیک من»)."""
LABELS = (
    *("btn-report", "btn-mine", "btn-mayor", "btn-emergency", "btn-more", "btn-desk", "btn-home"),
    *("btn-next", "btn-near", "btn-phone-report", "btn-search", "btn-as-citizen-menu"),
    *("btn-cancel", "btn-skip", "btn-back", "btn-write-address", "btn-place-same"),
)


def main_menu(reader: Reader, official: bool = False, desk: bool = False, centre: bool = False) -> Keys:
    """The menu of this reader: an official is a citizen too, with one tap between the two menus."""
    rows: tuple[tuple[str, ...], ...] = OFFICIAL if official else CITIZEN
    if official and desk:
        rows = CENTRE if centre else DESK
    if reader.simple:
        rows = tuple((label,) for line in rows for label in line)
    keys = tuple(tuple(Key(reader.line(label)) for label in line) for line in rows)
    return Keys(keys, placeholder=reader.line("menu-hint"))


def place_keys(reader: Reader, *, same: bool, optional: bool, known: bool) -> Keys:
    """The keyboard under the question for the place: only here can a messenger send where somebody stands.

    `known`: there is a place that is to be changed, so the way out leads back and does not end the report.
    """
    rows: list[tuple[Key, ...]] = [(Key(reader.line("btn-location"), ask_place=True),)]
    labels = ["btn-write-address", *(["btn-place-same"] if same else [])]
    rows.append(tuple(Key(reader.line(label)) for label in labels))
    last = [*(["btn-skip"] if optional else []), "btn-back" if known else "btn-cancel"]
    rows.append(tuple(Key(reader.line(label)) for label in last))
    return Keys(tuple(rows), placeholder=reader.line("report-address-hint")[:64], lasting=False)
