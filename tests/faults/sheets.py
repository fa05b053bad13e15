"""Any text into a sheet, and what two readers find in it: row 41. One reads nothing but the archive and its XML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree
from zipfile import ZipFile

from openpyxl.reader.excel import load_workbook

from bot.media.cells import Column, cell_text, write_sheet
from tests.faults.markup import Texts
from tests.faults.report import Figure, Run

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")
PIECES = (
    *("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "{=1}", "#N/A", "TRUE", "007"),
    *("https://x.ir/a", "www.x.ir", "mailto:a@x.ir", "internal:Sheet1!A1", "external:c:\\x", "ftp://x", "tel:137"),
    *("<r>", "</r>", "<r><t>a</t></r>", "_x0041_", "_x0041_x0042_", "_x005F_", "x005F_", "_x", "]]>", "&#61;"),
    *("\x01", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800", "\r\n", "\n", " ", "\u2028", "\x85", "\u200c", "سلام"),
    *("😀", "'", "<f>1</f>", "1e5"),
)
MADE = datetime(2026, 11, 25)  # noqa: DTZ001 - a workbook knows no zones


@dataclass(frozen=True)
class Seen:
    """What a reader found: the texts under the head, and how many formulas and links."""

    texts: list[str]
    formulas: int
    links: int


def write(path: Path, texts: Sequence[str]) -> None:
    """A sheet with these texts in its second column, as a list has them."""
    columns = [Column("کد", 10), Column("شرح", 60)]
    write_sheet(path, "گزارش‌ها", columns, [("12345678", text) for text in texts], MADE, rtl=True)


def opened(file: Path | IO[bytes]) -> Any:
    """The first sheet, as openpyxl has it."""
    return load_workbook(file).active  # type: ignore[no-untyped-call]


def by_library(path: Path) -> Seen:
    """As openpyxl reads it."""
    cells = [row[1] for row in opened(path).iter_rows(min_row=2)]
    formulas = sum(cell.data_type == "f" for cell in cells)
    return Seen([str(cell.value or "") for cell in cells], formulas, sum(bool(cell.hyperlink) for cell in cells))


def by_hand(path: Path) -> Seen:
    """From the archive itself, by the standard's rules."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = [_string(each) for each in ElementTree.fromstring(parts["xl/sharedStrings.xml"])]
    sheet = ElementTree.fromstring(parts["xl/worksheets/sheet1.xml"])
    texts = [_value(row[1], strings) for row in sheet.iter(f"{_MAIN}row") if row.get("r") != "1"]
    links = [*sheet.iter(f"{_MAIN}hyperlink"), *(name for name in parts if _is_foreign(name))]
    return Seen(texts, len(list(sheet.iter(f"{_MAIN}f"))), len(links))


def _is_foreign(part: str) -> bool:
    """A sheet without links has no relations; nothing leads out of the book."""
    return "external" in part.lower() or part.endswith((".bin", "sheet1.xml.rels"))


def _string(item: ElementTree.Element) -> str:
    """One shared string; a piece of rich text would be markup that somebody smuggled in."""
    assert [child.tag for child in item] == [f"{_MAIN}t"], [child.tag for child in item]
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), item[0].text or "")


def _value(cell: ElementTree.Element, strings: Sequence[str]) -> str:
    value = cell.find(f"{_MAIN}v")
    assert value is None or cell.get("t") == "s"
    return strings[int(value.text or "")] if value is not None else ""


def differences(path: Path, texts: Sequence[str]) -> list[str]:
    """Texts that a reader does not find as they were; openpyxl loses x005F_ from any text, which is not judged."""
    hand, library, found = by_hand(path), by_library(path), list[str]()
    for text, one, other in zip(texts, hand.texts, library.texts, strict=True):
        expected = cell_text(text)
        same = one == expected and (other == expected or "x005F_" in text)
        if not (same and without_blanks(expected) == without_blanks(plain(text))):
            found.append(f"{text!r} -> {one!r}, {other!r}")
    return found


def plain(text: str) -> str:
    """Without what XML can't hold, lines ending in LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in text if letter in "\t\n" or _is_letter(ord(letter)))


def _is_letter(code: int) -> bool:
    return 0x20 <= code < 0xD800 or 0xDFFF < code < 0xFFFE or code > 0xFFFF


def without_blanks(text: str) -> str:
    return text.replace(" ", "")


async def row_41(run: Run) -> list[Figure]:
    count, dice = run.pick(500, 20_000), Texts(pieces=PIECES)
    texts = [dice.words() for _ in range(count)]
    path = run.room("sheets") / "list.xlsx"
    write(path, texts)
    hand, library = by_hand(path), by_library(path)
    formulas, links = hand.formulas + library.formulas, hand.links + library.links
    different = differences(path, texts)
    measured = f"{count} texts, two readers: {formulas} formulas, {links} links, {len(different)} changed"
    measured += "".join(f"; {each}" for each in different[:5])
    ok = not (formulas or links or different)
    return [Figure(41, "formulas and links in lists", "0 formulas, 0 links, texts unchanged", measured, ok)]
