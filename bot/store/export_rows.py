"""Everything that is kept about one person, for the file that they may ask for. Nothing of anybody else.

Read outside a unit, row set by row set: what changes meanwhile is in the next export.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Table, Text, bindparam, cast, func, literal_column, select

from bot.store.statements import Query, word
from bot.store.tables import (
    accounts,
    additions,
    attachments,
    cases,
    dialogues,
    events,
    messages,
    people,
    programmes,
    projects,
    roles,
    subscriptions,
    supporters,
)

RowT = TypeVar("RowT")
# Files that we made for them: files of people never have these types, what they call so is opaque to us.
EXPORT_MIME = "application/zip"
SHEET_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ME: BindParameter[int] = bindparam("person_id")


class PersonRow(NamedTuple):
    id: int
    lang: str
    name: str
    area: str
    simple: bool
    stopped_at: int
    created_at: int


class WishRow(NamedTuple):
    """A kind of messages, or something of the city that is followed: then with its name."""

    topic: str
    mode: str
    title: str | None


class AccountRow(NamedTuple):
    channel: str
    user_id: int
    seen_at: int


class RoleRow(NamedTuple):
    role: str
    department: str
    created_at: int
    revoked_at: int


class CaseRow(NamedTuple):
    id: int
    code: str
    category: str
    kind: str
    state: str
    closed_how: str
    words: str
    answer: str
    lat: float | None
    lon: float | None
    address: str
    area: str
    landmark: str
    public: bool
    created_at: int
    updated_at: int


class JoinedRow(NamedTuple):
    """A case of somebody else, as one who shares it knows it."""

    id: int
    code: str
    category: str
    area: str
    state: str
    closed_how: str
    kind: str
    vote: str
    created_at: int
    left_at: int


class EventRow(NamedTuple):
    """`person_id` is compared, never shown: who else acted is theirs."""

    case_id: int
    kind: str
    at: int
    person_id: int | None
    to_state: str
    data: str


class AdditionRow(NamedTuple):
    case_id: int
    words: str
    created_at: int


class MessageRow(NamedTuple):
    words: str
    created_at: int


class DialogueRow(NamedTuple):
    name: str
    draft: str
    updated_at: int


class FileRow(NamedTuple):
    id: int
    case_id: int | None
    kind: str
    name: str
    size: int
    state: str
    sha256: str
    lat: float | None
    lon: float | None
    created_at: int


def _of(row: Callable[..., RowT], table: Table, mine: ColumnElement[bool], *order: str) -> Query[RowT]:
    names: tuple[str, ...] = row._fields  # type: ignore[attr-defined]
    columns = [table.c[name] for name in names]
    return Query(select(*columns).where(mine).order_by(*(table.c[name] for name in order)), row)


_my_cases = select(cases.c.id).where(cases.c.person_id == _ME).scalar_subquery()
PERSON = _of(PersonRow, people, people.c.id == _ME)
ACCOUNTS = _of(AccountRow, accounts, accounts.c.person_id == _ME, "id")
ROLES = _of(RoleRow, roles, roles.c.person_id == _ME, "id")
_named = {"project": projects, "programme": programmes}
_title = func.coalesce(
    *(
        select(table.c.title)
        .where(subscriptions.c.topic == literal_column(f"'{owner}-'").concat(cast(table.c.id, Text)))
        .scalar_subquery()
        for owner, table in _named.items()
    )
)
WISHES = Query(
    select(subscriptions.c.topic, subscriptions.c.mode, _title)
    .where(subscriptions.c.person_id == _ME)
    .order_by(subscriptions.c.topic),
    WishRow,
)
CASES = _of(CaseRow, cases, cases.c.person_id == _ME, "id")
JOINED = Query(
    select(
        *(cases.c[name] for name in JoinedRow._fields[:7]),
        supporters.c.vote,
        supporters.c.created_at,
        supporters.c.left_at,
    )
    .join_from(supporters, cases, supporters.c.case_id == cases.c.id)
    .where(supporters.c.person_id == _ME)
    .order_by(supporters.c.id),
    JoinedRow,
)
EVENTS = _of(EventRow, events, events.c.case_id.in_(_my_cases), "case_id", "id")
ADDITIONS = _of(AdditionRow, additions, additions.c.person_id == _ME, "case_id", "id")
MESSAGES = _of(MessageRow, messages, messages.c.person_id == _ME, "id")
DIALOGUES = _of(DialogueRow, dialogues, (dialogues.c.person_id == _ME) & (dialogues.c.step != word("")), "name")
FILES = _of(
    FileRow,
    attachments,
    (attachments.c.person_id == _ME)
    & attachments.c.mime.not_in([literal_column(f"'{mime}'") for mime in (EXPORT_MIME, SHEET_MIME)])
    & (attachments.c.state != word("dropped")),
    "id",
)
