"""Suggestions that everybody may read: published by the centre, with their author's consent, and not withdrawn."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, text

from bot.store.statements import Count, Query, word
from bot.store.tables import IS_SHOWN_SUGGESTION, cases


class SuggestionRow(NamedTuple):
    """Its words, where it stands, and how many agree. Nothing of who made it."""

    id: int
    code: str
    words: str
    state: str
    closed_how: str
    kind: str
    supporters: int
    created_at: int


# What an author took back is shown no more, nor what was hidden or erased since.
_shown = (
    text(IS_SHOWN_SUGGESTION),
    cases.c.public == word("1"),
    cases.c.hidden == word("0"),
    cases.c.words != word(""),
    cases.c.state != word("cancelled"),
)
_rows = select(*(cases.c[name] for name in SuggestionRow._fields)).where(*_shown)
_key: Any = bindparam("key")
_most: Any = bindparam("most")
SHOWN_OLDER = Query(_rows.where(cases.c.id < _key).order_by(cases.c.id.desc()).limit(_most), SuggestionRow)
SHOWN_NEWER = Query(_rows.where(cases.c.id > _key).order_by(cases.c.id).limit(_most), SuggestionRow)
SHOWN_COUNT = Query(select(func.count()).select_from(cases).where(*_shown, cases.c.id > _key), Count)
SHOWN_ONE = Query(
    select(*(cases.c[name] for name in SuggestionRow._fields)).where(cases.c.id == bindparam("case_id"), *_shown),
    SuggestionRow,
)
