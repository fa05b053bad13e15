"""python -m benchmarks.broadcast: an announcement to many, ours beside aiogram's: CPU a message, the share of the
allowed rate that was reached, and how long citizens wait for answers meanwhile.
"""

from __future__ import annotations

import argparse

import uvloop

from benchmarks.broadcast.comparing import QUICK, WHOLE, compare
from benchmarks.broadcast.profiled import profile


def main() -> int:
    """Measure and print; answers 1 when somebody was missed, told twice, or not answered."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.broadcast", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few people")
    parser.add_argument("--only", default="", help="ours or aiogram")
    parser.add_argument("--profile", action="store_true", help="where our time goes, instead")
    options = parser.parse_args()
    if options.profile:
        return uvloop.run(profile())
    return uvloop.run(compare(QUICK if options.quick else WHOLE, options.only))


if __name__ == "__main__":
    raise SystemExit(main())
