"""The short form of every row: counts must hold on any machine, times are judged by `make faults` alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.__main__ import ROWS
from tests.faults.report import Run

# 4 needs strace, the tests look at the PRAGMA (tests/bot/store/test_driver.py); 38 has tests/bot/media/test_hostile.py;
# 21 and 26 to 28 have test_backup.py, test_doctor.py and test_upkeep.py beside the commands
ELSEWHERE = ("4", "21", "26", "27", "28", "38")


@pytest.mark.parametrize("row", [name for name in ROWS if name not in ELSEWHERE])
async def test_the_short_form_of_row(row: str, tmp_path: Path) -> None:
    for figure in await ROWS[row](Run(tmp_path, short=True)):
        assert figure.ok or figure.timed, str(figure)
