"""python -m benchmarks.cases: p50 and p99 of lists, searches, looks around and cards at ten thousand and a million."""

from __future__ import annotations

import argparse
import sys

from benchmarks.cases.comparing import SIZES, compare
from benchmarks.cases.looks import ALL


def main() -> int:
    """Build what is missing, measure what is asked for, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cases", description=__doc__)
    parser.add_argument("--only", default="", help="looks whose names hold this")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of cases, the smallest first")
    options = parser.parse_args()
    looks = [look for look in ALL if options.only in look.name]
    sys.stdout.write(compare(looks, [int(size) for size in options.sizes.split(",")]) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
