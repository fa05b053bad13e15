"""A sheet of texts and numbers: nothing that somebody wrote becomes a formula, a link or markup in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

Cell = str | int
MOST: Final = 32_767  # UTF-16 units that a cell can hold
_CUT: Final = " …"
# What XML can't hold: control characters, halves of a pair, and the two that are no characters.
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The file's own way to write a character, _x0041_. One is escaped by the writer; of two that share a line between them
# the second would be missed, so they are moved apart.
_SHARED: Final = re.compile(r"(_x[0-9a-fA-F]{4})(?=_x[0-9a-fA-F]{4}_)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head, and its width in letters."""

    head: str
    width: int


def cell_text(text: str) -> str:
    """The text as a cell can hold it: lines end in LF, what XML can't hold is left out, the longest are cut.

    A blank is added only where the text looks like the markup of the file itself, which would be taken for it.
    """
    text = _NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SHARED.sub(r"\1 ", text)
    if text.startswith("<r>") and text.endswith("</r>"):  # XlsxWriter writes such a text as it is
        text = f" {text}"
    return text if _units(text) <= MOST else _cut(text)


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _cut(text: str) -> str:
    """As much as fits, never half a letter."""
    return text.encode("utf-16-le")[: 2 * (MOST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def write_sheet(
    path: Path, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], made: datetime, *, rtl: bool
) -> None:
    """Write the workbook to this path. Blocks. Raises OSError when the disk is full.

    `rtl`: the first column stands at the right. Texts are written as texts, whatever they begin with.
    """
    from xlsxwriter import Workbook  # imported where it is used: few ever ask for a sheet

    off = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    book = Workbook(str(path), {**dict.fromkeys(off, False), "in_memory": True})
    book.set_properties({"created": made})
    sheet = book.add_worksheet(name)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    if rtl:
        sheet.right_to_left()
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, wrapped)
        sheet.write_string(0, at, cell_text(column.head), bold)
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, at, cell_text(cell), wrapped)
            else:
                sheet.write_number(number, at, cell, wrapped)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A2:A{len(rows) + 1}"})  # a code is no number
    book.close()
