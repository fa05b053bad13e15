"""The pack's files as they stand on disk, with the overlay laid over them.

An overlay holds files of the same names with only what differs: tables are merged key by key (lists of tables by their
`key`), every other value and every file that is not TOML replaces its namesake.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import PackError


@dataclass(frozen=True, slots=True)
class Files:
    """Reads by name relative to the pack, as `strings/fa.ftl`. Every failure is a PackError."""

    folder: Path
    overlay: Path | None = None

    def check(self) -> None:
        """Both folders exist, and the overlay names only files that the pack has."""
        for folder in (self.folder, self.overlay):
            if folder is not None and not folder.is_dir():
                raise PackError(str(folder), "", "there is no such folder.", "Let CITY name the folder of a city pack.")
        for path in sorted(self.overlay.rglob("*")) if self.overlay else ():
            name = path.relative_to(self.overlay or path).as_posix()
            if path.is_file() and not (self.folder / name).is_file():
                raise PackError(f"{path}", "", "the pack has no file of this name to lay it over.")

    def text(self, name: str) -> str:
        """The whole file, UTF-8."""
        laid = self.overlay / name if self.overlay else None
        return _read(laid if laid and laid.is_file() else self.folder / name, name)

    def toml(self, name: str) -> dict[str, Any]:
        """The tables of a TOML file, the overlay's merged in."""
        data = _toml(self.folder / name, name)
        if self.overlay and (self.overlay / name).is_file():
            return _merged(data, _toml(self.overlay / name, f"{self.overlay.name}/{name}"))
        return data


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PackError(name, "", "this file is missing.", "Copy it from a whole pack.") from None
    except UnicodeDecodeError as error:
        raise PackError(name, f"byte {error.start}", "this is not UTF-8 text.", "Save the file as UTF-8.") from None
    except OSError as error:
        raise PackError(name, "", f"it can't be read ({error.strerror}).", "Give the service's user access.") from None


def _toml(path: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_read(path, name))
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).partition(" (at ")
        raise PackError(name, where.rstrip(")") or "syntax", f"{what}.") from None


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        old = base.get(key)
        if isinstance(value, dict) and isinstance(old, dict):
            result[key] = _merged(old, value)
        elif isinstance(old, list) and _is_keyed(old) and _is_keyed(value):
            result[key] = _merged_tables(old, value)
        else:
            result[key] = value
    return result


def _is_keyed(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) and "key" in row for row in value)


def _merged_tables(base: list[dict[str, Any]], over: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = {row["key"]: row for row in base}
    for row in over:
        rows[row["key"]] = _merged(rows.get(row["key"], {}), row)
    return list(rows.values())
