"""What the portal's reader asks is found by an index, however many years of news there are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.store import portal
from bot.store.driver import connect
from bot.store.statements import Query
from tests.house import furnish

QUERIES = {
    "BY_ID": portal.BY_ID,
    "BY_KEY": portal.BY_KEY,
    "BY_DIGEST": portal.BY_DIGEST,
    "WAITING": portal.WAITING,
    "WAITING_COUNT": portal.WAITING_COUNT,
    "RECENT": portal.RECENT,
    "PICTURES": portal.PICTURES,
    "SOURCE": portal.SOURCE,
}


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reads_a_whole_table_or_sorts_it(name: str, tmp_path: Path) -> None:
    query: Query[Any] = QUERIES[name]
    furnish(tmp_path / "a.db")
    with closing(connect(tmp_path / "a.db")) as connection:
        values = query.bound(dict.fromkeys(query.needs, 1))
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query.sql}", values)]
    assert steps
    assert [step for step in steps if step.startswith("SCAN") or "TEMP B-TREE" in step] == []
