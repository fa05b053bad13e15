"""Read one page, in a process of its own: `python -m bot.portal.parse`.

In: one line of JSON (what it is, its address and charset, the selectors, how many), then the page. Out: JSON; `error`
says what was wrong. Markup that is made to harm stays within this process and its limits, and what its parsers take of
memory never grows the service.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from typing import Any

import orjson

from bot.portal.article import read_article, read_list
from bot.portal.feed import read_feed

MEMORY = 512 << 20  # bytes of address space; 5 MB of nothing but tags need about 300
SECONDS = 8  # of CPU
READERS: dict[str, Callable[[bytes, str, str, Any, int], dict[str, Any]]] = {
    "list": read_list,
    "feed": read_feed,
    "article": read_article,
}


def read(ask: dict[str, Any], body: bytes) -> dict[str, Any]:
    """What the page says. Never raises."""
    try:
        return READERS[ask["what"]](body, ask["charset"], ask["url"], ask["selectors"], ask["most"])
    except MemoryError:
        return {"error": "large"}
    except Exception:  # parsers raise anything at all for hostile bytes
        return {"error": "garbage"}


def _limit_ourselves() -> None:
    os.nice(10)
    limits = (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)
    for what, most in (*limits, (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 16)):
        resource.setrlimit(what, (most, most))


def main() -> None:
    _limit_ourselves()
    head, _, body = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(orjson.dumps(read(orjson.loads(head), body)))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
