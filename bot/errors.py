"""The error tree. What an operator reads is the message itself: what is wrong, by name, and the cure."""

from __future__ import annotations


class CityError(Exception):
    """Everything that this program raises on purpose."""


class OperatorError(CityError):
    """Stops a command with one line and a non-zero exit code. `str()` is that line: name and cure, no secrets."""

    def __init__(self, what: str, cure: str) -> None:
        self.what = what
        self.cure = cure
        super().__init__(f"{what} {cure}")


class SettingError(OperatorError):
    """A setting is missing or wrong: names the variable."""


class PackError(OperatorError):
    """The city pack can't be read: names file and key."""

    def __init__(self, file: str, key: str, what: str, cure: str = "Correct the file, then run check-pack.") -> None:
        self.file = file
        self.key = key
        super().__init__(f"{file}: {key}: {what}" if key else f"{file}: {what}", cure)


class DatabaseError(OperatorError):
    """The database can't be used as it is: newer than the code, held by another process, damaged."""


class StorageFull(CityError):
    """Nothing can be written just now (disk full, read-only). Passes by itself once there is room again."""


class Refused(CityError):
    """An action that this person may not do, or not now. Carries the text id and arguments that tell them why."""

    def __init__(self, text: str, **args: object) -> None:
        self.text = text
        self.args_ = args
        super().__init__(text)


class NotFound(CityError):
    """What was asked for does not exist, or this person may not know that it does: both read alike."""
