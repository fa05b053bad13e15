"""The officials as a list, for whoever gives and takes roles: all of them, or the officers of some departments.

Each query takes `everybody` (1: all roles) and `departments` (a JSON list of keys, whose officers are meant otherwise).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, Text, bindparam, column, func, or_, select

from bot.store.statements import Count, Query, word
from bot.store.tables import accounts, invitations, people, roles


class OfficialRow(NamedTuple):
    """An official; `seen_at`: when they last wrote, on any account."""

    id: int
    name: str
    duty: bool
    seen_at: int


class OpenInvitation(NamedTuple):
    """An invitation that still opens its role; `created_by`: who made it, None for the command line."""

    id: int
    role: str
    department: str
    expires_at: int
    created_by: int | None


_departments = func.json_each(bindparam("departments", type_=Text)).table_valued(column("value", Text))
_key: Any = bindparam("key")
_most: Any = bindparam("most")


def _theirs(table: Table) -> ColumnElement[bool]:
    officers = (table.c["role"] == word("officer")) & table.c["department"].in_(select(_departments.c.value))
    return or_(bindparam("everybody") == 1, officers)


# From the roles to the people, never through all people: there are dozens of the one and many thousands of the other.
_staff = select(roles.c.person_id).where(roles.c.revoked_at == 0, _theirs(roles)).distinct().subquery()
_seen = select(func.max(accounts.c.seen_at)).where(accounts.c.person_id == people.c.id).scalar_subquery()
_official = select(people.c.id, people.c.name, people.c.duty, func.coalesce(_seen, 0)).join_from(
    _staff, people, _staff.c.person_id == people.c.id
)
OFFICIALS_OLDER = Query(_official.where(people.c.id < _key).order_by(people.c.id.desc()).limit(_most), OfficialRow)
OFFICIALS_NEWER = Query(_official.where(people.c.id > _key).order_by(people.c.id).limit(_most), OfficialRow)
OFFICIALS_COUNT = Query(select(func.count()).select_from(_staff).where(_staff.c.person_id > _key), Count)
OFFICIAL = Query(_official.where(people.c.id == bindparam("person_id")), OfficialRow)

_open = (
    invitations.c.used_at == 0,
    invitations.c.revoked_at == 0,
    invitations.c.expires_at > bindparam("now"),
    _theirs(invitations),
)
_invitation = select(*(invitations.c[name] for name in OpenInvitation._fields)).where(*_open)
INVITATIONS_OLDER = Query(
    _invitation.where(invitations.c.id < _key).order_by(invitations.c.id.desc()).limit(_most), OpenInvitation
)
INVITATIONS_NEWER = Query(
    _invitation.where(invitations.c.id > _key).order_by(invitations.c.id).limit(_most), OpenInvitation
)
INVITATIONS_COUNT = Query(select(func.count()).select_from(invitations).where(*_open, invitations.c.id > _key), Count)
