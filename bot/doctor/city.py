"""The city pack: whether it can be read, and what the municipality has still to say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from bot.doctor.finding import Finding, fine, note, stop
from bot.errors import PackError
from bot.pack.check import check_pack
from bot.pack.load import load_pack
from bot.pack.pack import Pack
from bot.understand.canned import hollow_answers

SHOWN = 4


def pack(folder: Path) -> tuple[Pack | None, list[Finding]]:
    """The pack, None when the service would not start with it, and what was found in it."""
    try:
        read = load_pack(folder)
    except PackError as error:
        return None, [stop("pack", error.what, error.cure)]
    return read, [fine("pack", f"{folder}"), *_written(folder), *_told(read)]


def _written(folder: Path) -> Iterator[Finding]:
    for found in check_pack(folder, looks=[hollow_answers]):
        where = f"{found.file}: {found.key}: " if found.key else f"{found.file}: "
        yield note("pack", where + found.what, "" if found.level == "note" else "Correct it, then run check-pack.")


def _told(read: Pack) -> Iterator[Finding]:
    for file, keys in _by_file(read.unconfirmed()):
        what = f"{file}: {_some(keys)} not confirmed, so citizens are not told"
        yield note("pack", what, "Let the municipality confirm them; python bot.py check-pack lists all.")
    for file, keys in _by_file(read.sourced_only()):
        yield note("pack", f"{file}: {_some(keys)} told on a public source alone", "Let the municipality confirm them.")


def _by_file(keys: list[str]) -> Iterator[tuple[str, list[str]]]:
    for file, found in groupby(sorted(keys), lambda key: key.partition(": ")[0]):
        yield file, [key.partition(": ")[2] for key in found]


def _some(keys: list[str]) -> str:
    """The first few and how many more; with their verb."""
    more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
    return f"{', '.join(keys[:SHOWN])}{more} {'is' if len(keys) == 1 else 'are'}"
