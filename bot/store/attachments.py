"""Files that people sent, and files wanted of us: what is due, claims with a lease, and what nobody needs any more."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, Text, bindparam, column, delete, false, func, null, select, update

from bot.store.statements import Query, Statement, word
from bot.store.tables import attachments, uploads, wanted


def _list(name: str) -> ScalarSelect[Any]:
    """The strings of a JSON list."""
    each = func.json_each(bindparam(name, type_=Text)).table_valued(column("value", Text))
    return select(each.c.value).scalar_subquery()


class SoonRow(NamedTuple):
    due_at: int


class PendingRow(NamedTuple):
    """A file to fetch: claimed, its attempt counted."""

    id: int
    kind: str
    bot: str
    file_id: str
    name: str
    attempts: int


class WantedRow(NamedTuple):
    """A file to make: claimed, its attempt counted."""

    id: int
    kind: str
    person_id: int
    attempts: int
    created_at: int
    data: str


class OwnerRow(NamedTuple):
    id: int
    person_id: int
    case_id: int | None
    kind: str
    state: str


class HashRow(NamedTuple):
    sha256: str


_pending = (attachments.c.state == word("pending")) & attachments.c.bot.in_(_list("bots"))
_open = (wanted.c.state == word("wanted")) & wanted.c.kind.in_(_list("kinds"))
SOON = Query(select(attachments.c.due_at).where(_pending).order_by(attachments.c.due_at).limit(1), SoonRow)
WANTED_SOON = Query(select(wanted.c.due_at).where(_open).order_by(wanted.c.due_at).limit(1), SoonRow)

# Claiming: the attempt is counted and the row leased before anything is done, so that a file which ends the process
# is not tried for ever. `until` is the lease's end.
_due = select(attachments.c.id).where(_pending, attachments.c.due_at <= bindparam("now"))
CLAIM = Statement(
    update(attachments)
    .where(attachments.c.id.in_(_due.order_by(attachments.c.due_at, attachments.c.id).limit(bindparam("most"))))
    .values(attempts=attachments.c.attempts + 1, due_at=bindparam("until"), error="")
    .returning(*(attachments.c[name] for name in PendingRow._fields))
)
_due_wanted = select(wanted.c.id).where(_open, wanted.c.due_at <= bindparam("now"))
CLAIM_WANTED = Statement(
    update(wanted)
    .where(wanted.c.id.in_(_due_wanted.order_by(wanted.c.due_at, wanted.c.id).limit(1)))
    .values(attempts=wanted.c.attempts + 1, due_at=bindparam("until"), error="")
    .returning(*(wanted.c[name] for name in WantedRow._fields))
)
# One process fetches: leases that are left when it starts are nobody's.
FREE = Statement(
    update(attachments).where(attachments.c.state == word("pending"), attachments.c.attempts > 0).values(due_at=0)
)
FREE_WANTED = Statement(update(wanted).where(wanted.c.state == word("wanted"), wanted.c.attempts > 0).values(due_at=0))

_later: dict[str, Any] = {name: bindparam(name) for name in ("due_at", "error")}
LATER = Statement(
    update(attachments)
    .where(attachments.c.id == bindparam("id_"), attachments.c.state == word("pending"))
    .values(attempts=bindparam("attempts"), **_later)
)
LATER_WANTED = Statement(
    update(wanted).where(wanted.c.id == bindparam("id_")).values(state=bindparam("state"), **_later)
)
OWNER = Query(
    select(*(attachments.c[name] for name in OwnerRow._fields)).where(attachments.c.id == bindparam("id_")), OwnerRow
)

# Forgetting. An action that erases a person's data runs DROP_UPLOADS and DROP for them and adds a row of `wanted`
# of kind "erase"; media then takes the files themselves away and runs FORGET.
# What is left of a file that is gone: nothing that tells of it.
DROPPED: dict[str, Any] = {
    **dict.fromkeys(("name", "bot", "file_id", "error"), ""),
    "state": "dropped",
    "lat": None,
    "lon": None,
}
_theirs = attachments.c.person_id == bindparam("person_id")
_ids = select(attachments.c.id).where(_theirs)
DROP_UPLOADS = Statement(delete(uploads).where(uploads.c.attachment_id.in_(_ids)))
DROP = Statement(update(attachments).where(_theirs).values(**DROPPED))
_left = (attachments.c.state == word("dropped")) & (attachments.c.sha256 != word(""))
LEFT = Query(select(attachments.c.sha256).where(_theirs, _left).distinct(), HashRow)
USED = Query(
    select(attachments.c.sha256)
    .where(attachments.c.sha256.in_(_list("hashes")), attachments.c.state == word("stored"))
    .distinct(),
    HashRow,
)
FORGET = Statement(update(attachments).where(_theirs, _left).values(sha256="", size=0))

# Pictures of the work that came after a "done" that is taken back.
DETACH_LATE = Statement(
    update(attachments)
    .where(
        attachments.c.case_id == bindparam("of_case"),
        attachments.c.after == 1,
        attachments.c.created_at >= bindparam("since"),
    )
    .values(case_id=null(), after=false())
)
