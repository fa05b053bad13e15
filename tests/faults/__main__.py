"""`python -m tests.faults [--short] [ROW ...]`: every fault that is survived, with its figure. Exit code 1 for a NOT.

ROW is one of docs/reliability.md: 1 3 4 5 6 7 8 9 10 11 12 13 14 15 16 18 19 20 21 24 25 26 27 28 29 33 34 35 36 37
38 (with 39) 40 41 42 45.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
import time
import traceback
from pathlib import Path

import structlog

from tests.faults import (
    broadcasts,
    clockwork,
    disk,
    doubles,
    hostile,
    keeping,
    kills,
    markup,
    mutants,
    outage,
    pairs,
    portal,
    rights,
    sheets,
    weather,
)
from tests.faults.report import Figure, Row, Run, head

ROWS: dict[str, Row] = {
    "1": kills.row_1,
    "3": kills.row_3,
    "4": disk.row_4,
    "5": doubles.row_5,
    "6": doubles.row_6,
    "7": doubles.row_7,
    "8": doubles.row_8,
    "9": broadcasts.row_9,
    "10": broadcasts.row_10,
    "11": weather.row_11,
    "12": outage.row_12,
    "13": weather.row_13,
    "14": weather.row_14,
    "15": weather.row_15,
    "16": weather.row_16,
    "18": disk.row_18,
    "19": disk.row_19,
    "20": disk.row_20,
    "21": keeping.row_21,
    "24": clockwork.row_24,
    "25": clockwork.row_25,
    "26": keeping.row_26,
    "27": keeping.row_27,
    "28": keeping.row_28,
    "29": kills.row_29,
    "33": mutants.row_33,
    "34": markup.row_34,
    "35": rights.row_35,
    "36": hostile.row_36,
    "37": hostile.row_37,
    "38": hostile.row_38,
    "40": portal.row_40,
    "41": sheets.row_41,
    "45": pairs.row_45,
    "42": hostile.row_42,  # last: it reads what the others logged
}


async def measured(name: str, run: Run) -> list[Figure]:
    """The figures of a row; a row that itself breaks is a figure as well."""
    try:
        return await ROWS[name](run)
    except Exception as error:
        traceback.print_exc()
        return [Figure(int(name), "could not be measured", "", f"{type(error).__name__}: {error}"[:300], False)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Faults that are survived, measured.")
    parser.add_argument("--short", action="store_true", help="a glance at each row")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"one of {' '.join(ROWS)}; all without")
    options = parser.parse_args()
    if unknown := [name for name in options.rows if name not in ROWS]:
        parser.error(f"no such row: {', '.join(unknown)}")
    logging.disable(logging.CRITICAL)  # what services in this process would say; those of their own write to files
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    print(head(), flush=True)
    bad = 0
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        run = Run(Path(folder), short=options.short)
        for name in options.rows or ROWS:
            at = time.monotonic()
            for figure in asyncio.run(measured(name, run)):
                print(figure, flush=True)
                bad += not figure.ok
            print(f"     {time.monotonic() - at:.0f} s", file=sys.stderr, flush=True)
    print(f"{bad} not reached" if bad else "all reached")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
