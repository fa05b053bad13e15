"""What a platform can do. Each channel has its own table; an operator corrects it when the live platform differs."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from bot.errors import SettingError

_WORDS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Abilities:
    """`False` never fails anything: the channel leaves the thing out or says it in another way.

    edit: messages can be edited (else each edit is a new message). copy_text: buttons that copy. url_button: buttons
    that open an address. place_key: a key that sends the person's place. commands: a list of commands for the menu.
    html: text is written in HTML (else in the platform's own markup, or without any). turn_rows: the platform lays
    buttons left to right, so that rows must be turned around for right-to-left readers.
    """

    edit: bool = True
    copy_text: bool = True
    url_button: bool = True
    place_key: bool = True
    commands: bool = True
    html: bool = True
    turn_rows: bool = True

    def parse(self, text: str, variable: str) -> Abilities:
        """This table with the corrections of a setting such as `edit=no,copy_text=yes` (empty: none).

        Raises SettingError, naming `variable`, for an unknown ability or an answer that is neither yes nor no.
        """
        known = {field.name for field in fields(self)}
        changes: dict[str, bool] = {}
        for piece in filter(None, (piece.strip() for piece in text.split(","))):
            name, _, answer = (word.strip() for word in piece.partition("="))
            if name not in known:
                raise SettingError(f"{variable} knows no ability {name!r}.", f"Known are: {', '.join(sorted(known))}.")
            if answer not in _WORDS:
                raise SettingError(f"{variable}: {name} is neither yes nor no.", f"Write {name}=yes or {name}=no.")
            changes[name] = _WORDS[answer]
        return replace(self, **changes)
