"""Officials at work or not. Off duty a case still is on their desk; it does not ring."""

from __future__ import annotations

from bot.actions.audit import note_staff
from bot.actions.staff import load_staff
from bot.domain.rights import UNIT_ROLES
from bot.store.work import Work


async def set_duty(work: Work, *, on: bool) -> bool:
    """Answers whether a department of theirs has nobody else at work now: then the centre is rung as well."""
    if bool(work.person.duty) != on:
        note_staff(work, "duty-on" if on else "duty-off", work.person.id)
    work.know(duty=on)
    if on:
        return False
    staff, me = await load_staff(work), work.person.id
    mine = {role.department for role in work.person.roles if role.role in UNIT_ROLES}
    return any(not [one for one in staff.on_duty(each) if one.person_id != me] for each in mine)
