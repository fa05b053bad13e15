"""What roles are called."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.rights import CENTRE, INSPECTION, MAYOR_OFFICE, Role
from bot.pack.pack import Pack
from bot.talk.reader import Reader
from bot.talk.rich import Rich


def role_name(reader: Reader, pack: Pack, role: str, department: str) -> str:
    """A role with its department, as officials say it."""
    named = _own_name(role, department)
    if named or not department:
        return reader.line(named or f"role-{role}")
    return f"{reader.line(f'role-{role}')} — {pack.departments[department].name(reader.lang)}"


def welcome(reader: Reader, pack: Pack, role: str, department: str) -> Rich:
    """What somebody reads who has just taken a role."""
    if department and not _own_name(role, department):
        name = pack.departments[department].name(reader.lang)
        return reader.rich("invite-accepted-in", role=reader.line(f"role-{role}"), department=name)
    return reader.rich("invite-accepted", role=role_name(reader, pack, role, department))


def _own_name(role: str, department: str) -> str:
    """The text of a role that has a name of its own in this department, else ""."""
    if department == INSPECTION:
        return "role-inspection"
    return "role-mayor-office" if department == MAYOR_OFFICE and role == "manager" else ""


def desk_name(reader: Reader, pack: Pack, roles: Sequence[Role]) -> str:
    """The departments of an official; the centre for who belongs to none."""
    named = [pack.departments[role.department].name(reader.lang) for role in roles if role.department]
    return "، ".join(dict.fromkeys(named)) or pack.departments[CENTRE].name(reader.lang)
