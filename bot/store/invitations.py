"""Invitations, found by the hash of their code: the code itself is nowhere."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from bot.store.statements import Query
from bot.store.tables import invitations


class InvitationRow(NamedTuple):
    id: int
    role: str
    department: str
    channel: str
    expires_at: int
    used_at: int
    revoked_at: int


_row = select(*(invitations.c[name] for name in InvitationRow._fields))
BY_HASH = Query(_row.where(invitations.c.hash == bindparam("hash")), InvitationRow)
BY_ID = Query(_row.where(invitations.c.id == bindparam("invitation_id")), InvitationRow)
