"""Open cases of a kind that share words with a description: for reports whose place is not a point.

The index names those that have any of the words, the newest first; how alike they are is judged where words are
understood.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Text, bindparam, column, literal_column, select, table, text

from bot.store.search import any_words
from bot.store.statements import Query
from bot.store.tables import IS_OPEN, case_texts, cases
from bot.store.work import Work

_MOST = 40  # looked at


class AlikeRow(NamedTuple):
    """An open case that somebody else may have meant, with the words that it is found by."""

    id: int
    code: str
    category: str
    area: str
    state: str
    closed_how: str
    created_at: int
    supporters: int
    person_id: int
    public: bool
    published: bool
    hidden: bool
    found_by: str


_index = table("case_index", column("rowid", BigInteger))
_match: Any = literal_column("case_index").op("MATCH")(bindparam("match", type_=Text))
ALIKE = Query(
    select(*(cases.c[name] for name in AlikeRow._fields[:-1]), case_texts.c.words)
    .select_from(
        _index.join(cases, cases.c.id == _index.c.rowid).join(case_texts, case_texts.c.case_id == _index.c.rowid)
    )
    .where(
        _match,
        text(IS_OPEN),
        cases.c.private == 0,
        cases.c.hidden == 0,  # hidden words are found by nobody
        cases.c.category == bindparam("category"),
        cases.c.created_at > bindparam("since"),
    )
    .order_by(_index.c.rowid.desc())
    .limit(bindparam("most")),
    AlikeRow,
)


async def sharing(work: Work, category: str, words: str, since: int) -> list[AlikeRow]:
    """Those that have any of these normalised words and were filed after `since`, the newest first; some dozens."""
    match = any_words(words, category)
    if not match:
        return []
    return await work.query(ALIKE, match=match, category=category, since=since, most=_MOST)
