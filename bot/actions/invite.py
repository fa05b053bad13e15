"""One-time ways into a role. The code is shown once to whoever invites; only its hash is kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import structlog

from bot.actions.audit import note_staff
from bot.actions.city import City
from bot.actions.holding import Settled, settle_desks
from bot.actions.staff import Staff, load_staff
from bot.clock import HOUR
from bot.domain.rights import manages
from bot.errors import NotFound, OperatorError, Refused
from bot.pack.pack import Pack
from bot.store import tables
from bot.store.invitations import BY_HASH, BY_ID, InvitationRow
from bot.store.person import Role
from bot.store.work import Priority, Work
from bot.talk.roles import role_name

log = structlog.get_logger(__name__)
ROLES = ("dispatcher", "officer", "manager", "editor", "admin")
IN_DEPARTMENT = ("officer", "manager")
CHANNELS = ("telegram", "bale")
ADDRESSES = {"telegram": "https://t.me", "bale": "https://ble.ir"}
_BYTES = 20  # 160 bits


def check_wish(pack: Pack, role: str, department: str) -> None:
    """Raises OperatorError with one clear line for a role or department that does not exist or does not fit."""
    if role not in ROLES:
        raise OperatorError(f"There is no role {role!r}.", f"Give one of: {', '.join(ROLES)}.")
    if role not in IN_DEPARTMENT:
        if department:
            raise OperatorError(f"The role {role} belongs to no department.", "Leave --department out.")
    elif not department:
        raise OperatorError(f"The role {role} needs a department.", f"Add --department with one of: {_keys(pack)}.")
    elif department not in pack.departments:
        raise OperatorError(f"There is no department {department!r}.", f"Give one of: {_keys(pack)}.")


def do_invite(work: Work, pack: Pack, role: str, department: str = "", channel: str = "") -> str:
    """Stage an invitation; answers its code, which nobody can read again. `channel`: "" where any will do.

    Raises OperatorError as `check_wish` does.
    """
    check_wish(pack, role, department)
    code = _new_code()
    note_staff(work, "invited", role=role, department=department)
    work.add(
        tables.invitations,
        hash=hash_of(code),
        role=role,
        department=department,
        channel=channel,
        created_at=work.now,
        expires_at=work.now + pack.limits.invite_hours * HOUR,
        created_by=work.who.id if work.who else None,
    )
    return code


def _new_code() -> str:
    """A code that can be copied whole out of a message: no mark of a platform's markup stands at its end."""
    while not (code := secrets.token_urlsafe(_BYTES))[-1].isalnum():
        pass
    return code


def invite(work: Work, pack: Pack, role: str, department: str = "") -> str:
    """The same by who wrote. Raises Refused for a role that is not theirs to give, or that does not exist."""
    if not manages(work.person.roles, role, department):
        raise Refused("err-not-allowed")
    try:
        return do_invite(work, pack, role, department)
    except OperatorError:
        raise Refused("err-old-button") from None


async def revoke_invitation(work: Work, invitation_id: int) -> Role:
    """Take an open invitation back. Raises Refused: not theirs, used or over already; NotFound for none."""
    if not work.person.has("admin", "manager"):
        raise Refused("err-not-allowed")
    row = await work.first(BY_ID, invitation_id=invitation_id)
    if row is None:
        raise NotFound(invitation_id)
    if not manages(work.person.roles, row.role, row.department):
        raise Refused("err-not-allowed")
    if row.used_at or row.revoked_at or row.expires_at <= work.now:
        raise Refused("err-already")
    work.set(tables.invitations, row.id, revoked_at=work.now)
    note_staff(work, "invitation-revoked", role=row.role, department=row.department)
    return Role(row.role, row.department)


def links_of(bots: Mapping[str, str], code: str) -> dict[str, str]:
    """The one-time link on each channel whose bot's username is known."""
    return deep_links(bots, f"i-{code}")


def deep_links(bots: Mapping[str, str], payload: str = "") -> dict[str, str]:
    """The address that starts the bot, on each channel whose bot's username is known; with what it is to begin with."""
    rest = f"?start={payload}" if payload else ""
    return {each: f"{ADDRESSES[each]}/{bots[each]}{rest}" for each in CHANNELS if bots.get(each)}


@dataclass(frozen=True, slots=True)
class Accepted:
    """The role, and the open cases that came to its desk with its first person."""

    role: Role
    brought: tuple[Settled, ...] = ()


async def accept_invitation(work: Work, city: City, code: str, name: str) -> Accepted:
    """Give who wrote the role. `name` is theirs, as colleagues read it. Raises Refused: unknown, used, revoked,
    expired, other channel, or a role that they have.
    """
    row = await work.first(BY_HASH, hash=hash_of(code))
    if row is None:
        raise Refused("invite-unknown")
    role = Role(row.role, row.department)
    _check_usable(work, row, role)
    work.set(tables.invitations, row.id, used_at=work.now, used_by=work.person.id)
    work.add(tables.roles, person_id=work.person.id, role=row.role, department=row.department, created_at=work.now)
    if name and not work.person.name:
        work.know(name=name[:60])
    note_staff(work, "accepted", work.person.id, role=role.role, department=role.department)
    staff = (await load_staff(work)).joined_by(work.person, role)
    work.who = replace(work.person, roles=(*work.person.roles, role))
    work.reload_people()
    log.info("invitation_accepted", invitation=row.id, person=work.person.id, role=row.role, department=row.department)
    _tell_admins(work, city, staff, role)
    return Accepted(role, tuple(await _bring_home(work, city, staff, role)))


async def _bring_home(work: Work, city: City, staff: Staff, role: Role) -> list[Settled]:
    """The first person of a department gets its cases; they read of it in their welcome."""
    me = work.person.id
    moved = await settle_desks(work, city, staff, told=me)
    return [each for each in moved if each.desk == role.department]


def _check_usable(work: Work, row: InvitationRow, role: Role) -> None:
    if role in work.person.roles:
        raise Refused("invite-have", role=role)
    if row.used_at:
        raise Refused("invite-used")
    if row.revoked_at:
        raise Refused("invite-revoked")
    if row.expires_at <= work.now:
        raise Refused("invite-expired")
    if row.channel and row.channel != work.person.channel:
        raise Refused("invite-channel", channel=row.channel)


def _tell_admins(work: Work, city: City, staff: Staff, role: Role) -> None:
    for to in staff.admins():
        if to.person_id != work.person.id:
            reader = city.reader(to)
            what = role_name(reader, city.pack, role.role, role.department)
            said = reader.screen(reader.rich("invite-told", name=work.person.name, role=what))
            work.say(said, to, priority=Priority.PUSH)


def hash_of(code: str) -> str:
    """What is kept of a code: 160 random bits need no salt."""
    return sha256(code.encode()).hexdigest()


def _keys(pack: Pack) -> str:
    return ", ".join(pack.departments)
