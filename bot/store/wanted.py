"""Files that people asked for."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from bot.store.statements import Count, Query, Statement, word
from bot.store.tables import wanted

_theirs = wanted.c.person_id == bindparam("person_id")
_export = wanted.c.kind == word("export")
EXPORTS = Query(select(wanted.c.id).where(_theirs, _export, wanted.c.state == word("wanted")).limit(1), Count)
MADE = Query(
    select(wanted.c.id)
    .where(_theirs, _export, wanted.c.state == word("done"), wanted.c.created_at > bindparam("since"))
    .limit(1),
    Count,
)
DROP_EXPORTS = Statement(
    delete(wanted).where(_theirs, wanted.c.kind.in_([word("export"), word("list"), word("calendar")]))
)
