"""Cases as they are read: a person's own, by code, by a message of ours, and what is new for the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, bindparam, column, exists, func, literal_column, select, union_all

from bot.domain.case import REPORT
from bot.store.statements import Count, Query, insert_into, word
from bot.store.tables import additions, attachments, cases, events, outbox, remarks, supporters

NEWEST = 2**62  # an id above all: where a list that runs from new to old begins


class LineRow(NamedTuple):
    """What a list shows of a case."""

    id: int
    code: str
    category: str
    area: str
    state: str
    urgent: bool
    created_at: int
    closed_how: str
    kind: str


class CaseRow(NamedTuple):
    """A case with its citizen's words: for the reporter and for the staff who handle it."""

    id: int
    code: str
    person_id: int
    category: str
    department: str
    state: str
    version: int
    words: str
    answer: str
    lat: float | None
    lon: float | None
    address: str
    area: str
    landmark: str
    urgent: bool
    private: bool
    public: bool
    photo_missing: bool
    channel: str
    target_at: int | None
    created_at: int
    holder_id: int | None
    closed_how: str
    desk: str
    rank: int
    move_id: int
    resume: str
    paused_at: int
    claimed_by: int | None
    claimed_until: int
    doer_id: int | None
    referrals: int
    decided: bool
    reopened: int
    supporters: int
    org: str
    reference: str
    hidden: bool
    published: bool
    merged_into: int | None
    caller: str
    entered_by: int | None
    ended_at: int
    kind: str
    standing: str


def new_row(values: Mapping[str, Any]) -> CaseRow:
    """The row of a case that is staged: what its columns will hold."""
    _, defaults = insert_into(cases)
    row: dict[str, Any] = {**defaults, **values}
    return CaseRow(*(row[name] for name in CaseRow._fields))


class StatusRow(NamedTuple):
    """All that a code alone may show, and whose case it is."""

    id: int
    person_id: int
    code: str
    state: str
    closed_how: str
    kind: str


class EventRow(NamedTuple):
    """`words`: what an official wrote with it, "" where nothing was or it has been erased."""

    id: int
    kind: str
    at: int
    person_id: int | None
    by: str
    from_state: str
    to_state: str
    data: str
    words: str


class FileRow(NamedTuple):
    id: int
    kind: str
    state: str


class WordsRow(NamedTuple):
    words: str
    created_at: int


class MineRow(NamedTuple):
    """The same in somebody's own list. `joined`: another's report, whose news they get."""

    id: int
    code: str
    category: str
    area: str
    state: str
    urgent: bool
    created_at: int
    closed_how: str
    kind: str
    joined: bool


_case = [cases.c[name] for name in CaseRow._fields]
_theirs = cases.c.person_id == bindparam("person_id")

# Lists are paged by key: from the last id shown, downwards to older ones or upwards to newer ones.
_joined = cases.c.person_id != bindparam("person_id")
_mine = [*(cases.c[name] for name in MineRow._fields[:-1]), _joined]
# Named by their ids: a condition with OR would make SQLite walk through all cases.
_support = (supporters.c.person_id == bindparam("person_id")) & (supporters.c.left_at == 0)
_ids = union_all(select(cases.c.id).where(_theirs), select(supporters.c.case_id).where(_support))
# What somebody only agrees with stands among the published suggestions.
_others = (cases.c.private == 0) & (cases.c.kind == word(REPORT))
_listed = cases.c.id.in_(_ids) & (_others | _theirs)
MINE_OLDER = Query(
    select(*_mine).where(_listed, cases.c.id < bindparam("key")).order_by(cases.c.id.desc()).limit(bindparam("most")),
    MineRow,
)
MINE_NEWER = Query(
    select(*_mine).where(_listed, cases.c.id > bindparam("key")).order_by(cases.c.id).limit(bindparam("most")), MineRow
)
MINE_COUNT = Query(select(func.count()).where(_listed, cases.c.id > bindparam("key")), Count)

ASKED = Query(
    select(*_case).where(_theirs, cases.c.state == word("need_info")).order_by(cases.c.id.desc()).limit(1), CaseRow
)
BY_ID = Query(select(*_case).where(cases.c.id == bindparam("case_id")), CaseRow)
BY_CODE = Query(
    select(*(cases.c[name] for name in StatusRow._fields)).where(cases.c.code == bindparam("code")),
    StatusRow,
)
_said = (
    select(remarks.c.words)
    .where(remarks.c.event_id == events.c.id, remarks.c.part == word("words"))
    .limit(literal_column("1"))
    .scalar_subquery()
)
EVENTS = Query(
    select(*(events.c[name] for name in EventRow._fields[:-1]), func.coalesce(_said, word("")))
    .where(events.c.case_id == bindparam("case_id"))
    .order_by(events.c.id),
    EventRow,
)
FILES = Query(
    select(attachments.c.id, attachments.c.kind, attachments.c.state)
    .where(
        attachments.c.case_id == bindparam("case_id"),
        attachments.c.after == bindparam("after"),
        attachments.c.hidden == word("0"),
        attachments.c.state.in_([word("pending"), word("stored")]),
    )
    .order_by(attachments.c.id),
    FileRow,
)
_files = (
    select(attachments.c.id, attachments.c.kind, attachments.c.state)
    .where(
        attachments.c.case_id == bindparam("case_id"),
        attachments.c.person_id == bindparam("person_id"),
        attachments.c.after == word("0"),
        attachments.c.hidden == word("0"),
        attachments.c.state.in_([word("pending"), word("stored")]),
    )
    .order_by(attachments.c.id)
)
FILES_OF = Query(_files, FileRow)  # what one person sent with it: what supporters send is for the desk alone
FILES_ADDED = Query(
    select(func.count()).where(
        attachments.c.case_id == bindparam("case_id"),
        attachments.c.addition_id.is_not(None),
        attachments.c.kind == bindparam("kind"),
        attachments.c.created_at > bindparam("since"),
    ),
    Count,
)
ADDED_SINCE = Query(
    select(func.count()).where(
        additions.c.case_id == bindparam("case_id"),
        additions.c.person_id == bindparam("person_id"),
        additions.c.created_at > bindparam("since"),
    ),
    Count,
)
ADDED_WORDS = Query(
    select(additions.c.words, additions.c.created_at)
    .where(additions.c.case_id == bindparam("case_id"), additions.c.words != word(""))
    .order_by(additions.c.id),
    WordsRow,
)
ADDED_BY = Query(
    select(additions.c.words, additions.c.created_at)
    .where(
        additions.c.case_id == bindparam("case_id"),
        additions.c.person_id == bindparam("person_id"),
        additions.c.words != word(""),
    )
    .order_by(additions.c.id),
    WordsRow,
)

EARLIER = Query(
    select(func.count()).where(
        _theirs, cases.c.id != bindparam("case_id"), cases.c.private == word("0"), cases.c.kind == word(REPORT)
    ),
    Count,
)
# Only what a move told somebody: a handful of messages of one account and case.
TOLD_OF_MOVE = Query(
    select(func.count()).where(
        outbox.c.account_id == bindparam("account_id"),
        outbox.c.case_id == bindparam("case_id"),
        outbox.c.case_id.is_not(None),
        outbox.c.state.in_([word("sent"), word("sending"), word("uncertain")]),
        outbox.c.collapse >= bindparam("least"),
        outbox.c.collapse < bindparam("most"),
    ),
    Count,
)
NOTES = Query(
    select(remarks.c.words, remarks.c.created_at)
    .join_from(remarks, events, remarks.c.event_id == events.c.id)
    .where(remarks.c.case_id == bindparam("case_id"), events.c.kind == word("noted"), remarks.c.words != word(""))
    .order_by(remarks.c.id),
    WordsRow,
)

# A reply to any message of ours about a case: an edited message has several rows, the newest says what it shows.
BY_MESSAGE = Query(
    select(*_case)
    .join_from(outbox, cases, outbox.c.case_id == cases.c.id)
    .where(
        outbox.c.account_id == bindparam("account_id"),
        outbox.c.message_id == bindparam("message_id"),
        outbox.c.case_id.is_not(None),
    )
    .order_by(outbox.c.id.desc())
    .limit(1),
    CaseRow,
)
_source = func.json_each(cases.c.sources).table_valued(column("value", BigInteger))
BY_SOURCE = Query(
    select(*_case)
    .where(
        _theirs,
        cases.c.channel == bindparam("channel"),
        exists(select(literal_column("1")).select_from(_source).where(_source.c.value == bindparam("message_id"))),
    )
    .order_by(cases.c.id.desc())
    .limit(1),
    CaseRow,
)
