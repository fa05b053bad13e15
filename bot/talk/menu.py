"""The main menu: a lasting reply keyboard of at most eight keys, and the labels by which its keys are known."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.rights import CENTRE_ROLES, Role, has_desk, speaks
from bot.talk.reader import Reader
from bot.talk.screen import Key, Keys

CITIZEN = (("btn-report", "btn-mine"), ("btn-news", "btn-city"), ("btn-mayor", "btn-emergency"))
DESK = (("btn-next", "btn-desk"), ("btn-near", "btn-as-citizen-menu"))
CENTRE = (("btn-next", "btn-desk"), ("btn-near", "btn-phone-report"))
DESK_ONLY = frozenset(("btn-next", "btn-near", "btn-phone-report", "btn-search", "btn-as-citizen-menu", "btn-admin"))
"""Keys whose words a citizen may write without meaning them («نزدیک من»)."""
LABELS = (
    *("btn-report", "btn-mine", "btn-news", "btn-city", "btn-mayor", "btn-emergency", "btn-more"),
    *("btn-desk", "btn-home"),
    *("btn-next", "btn-near", "btn-phone-report", "btn-search", "btn-as-citizen-menu", "btn-admin"),
    *("btn-cancel", "btn-skip", "btn-back", "btn-write-address", "btn-place-same"),
)


def main_menu(reader: Reader, roles: Iterable[Role] = (), *, desk: bool = False) -> Keys:
    """The menu of this reader: an official is a citizen too, with one tap between the two menus. `desk`: theirs shows
    the desk now.
    """
    held = tuple(roles)
    rows = _desk(held) if desk and has_desk(held) else _citizen(held)
    if reader.simple:
        rows = tuple((label,) for line in rows for label in line)
    keys = tuple(tuple(Key(reader.line(label)) for label in line) for line in rows)
    return Keys(keys, placeholder=reader.line("menu-hint"))


def _citizen(held: tuple[Role, ...]) -> tuple[tuple[str, ...], ...]:
    """Whoever has a desk finds the way to all else from there."""
    way = ("btn-desk",) if has_desk(held) else ("btn-admin",) if speaks(held) else ()
    return (*CITIZEN, ("btn-more", *way))


def _desk(held: tuple[Role, ...]) -> tuple[tuple[str, ...], ...]:
    admin = ("btn-admin",) if speaks(held) else ()
    if any(role.role in CENTRE_ROLES for role in held):
        return (*CENTRE, ("btn-as-citizen-menu", *admin))
    return (*DESK, admin) if admin else DESK


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
