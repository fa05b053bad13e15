"""Inviting a colleague: a role, a department, and a one-time link that is shown once; those that are still open."""

from __future__ import annotations

from telegram import Update

from bot.actions.invite import IN_DEPARTMENT, ROLES, invite, links_of, revoke_invitation
from bot.actions.people import check_people
from bot.clock import HOUR
from bot.domain.rights import CENTRE, manages
from bot.errors import Refused
from bot.store.outbox import ONCE
from bot.store.people import names
from bot.store.staff import INVITATIONS_COUNT, INVITATIONS_NEWER, INVITATIONS_OLDER, OpenInvitation
from bot.talk.buttons import make
from bot.talk.rich import Code, Link, Rich
from bot.talk.roles import role_name
from bot.talk.screen import Button
from handlers.admin.people import LIST_VERB, OPEN_VERB, ROLES_VERB
from handlers.context import Context
from handlers.official.card import pairs
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly

UNITS_VERB, MAKE_VERB, VOID_VERB = "a-units", "a-make", "a-void"
_LISTING = Listing(INVITATIONS_OLDER, INVITATIONS_NEWER, INVITATIONS_COUNT)


@kindly("err-not-allowed")
async def ask_role(update: Update, context: Context) -> None:
    """For which role; a manager has one to give."""
    check_people(context.work)
    if not context.person.has("admin"):
        _ask_department(update, context, "officer")
        return
    reader = context.reader
    choices = [
        reader.button(f"role-{role}", UNITS_VERB if role in IN_DEPARTMENT else MAKE_VERB, f"{role}.") for role in ROLES
    ]
    rows = [*pairs(choices), [reader.button("btn-back", LIST_VERB)]]
    context.show(update, reader.screen(reader.rich("invite-role"), rows=rows))


@kindly("err-not-allowed")
async def ask_department(update: Update, context: Context) -> None:
    """For which department."""
    check_people(context.work)
    role = context.press.argument.partition(".")[0]
    if role not in IN_DEPARTMENT:
        raise Refused("err-old-button")
    _ask_department(update, context, role)


def _ask_department(update: Update, context: Context, role: str) -> None:
    pack, reader = context.city.pack, context.reader
    mine = [key for key in pack.departments if key != CENTRE and manages(context.person.roles, role, key)]
    choices = [Button(pack.departments[key].name(reader.lang), make(MAKE_VERB, 0, f"{role}.{key}")) for key in mine]
    rows = [*pairs(choices), [reader.button("btn-back", LIST_VERB)]]
    context.show(update, reader.screen(reader.rich("invite-department"), rows=rows))


@kindly("err-not-allowed")
async def make_link(update: Update, context: Context) -> None:
    """The invitation, as a message that can be passed on; it is shown once and kept nowhere."""
    role, _, department = context.press.argument.partition(".")
    code = invite(context.work, context.city.pack, role, department)
    reader, work = context.reader, context.work
    until = work.now + context.city.pack.limits.invite_hours * HOUR
    named = role_name(reader, context.city.pack, role, department)
    texts: list[Rich] = [reader.rich("invite-link", role=named, date=reader.date_clock(until))]
    for channel, link in links_of(context.city.bots, code).items():
        texts += [reader.rich("invite-link-in", channel=reader.line(f"channel-{channel}")), (Link(link, link),)]
    texts += [reader.rich("invite-command"), (Code(f"/start i-{code}"),)]
    work.say(reader.screen(*texts), context.person.address, collapse=f"{ONCE}{work.new_id()}")
    work.toast()


@kindly("err-not-allowed")
async def show_open(update: Update, context: Context) -> None:
    """What still opens a role; a number takes it back."""
    reader, work = context.reader, context.work
    scope = check_people(work)
    size = context.city.pack.limits.list_page
    page = await load_page(work, _LISTING, size, context.press.argument, now=work.now, **scope.params)
    named = await names(work, {row.created_by for row in page.rows if row.created_by})
    lines = [_line(context, at, row, named.get(row.created_by or 0, "")) for at, row in enumerate(page.rows, 1)]
    rows = [numbers(reader, page, VOID_VERB), turns(reader, page, OPEN_VERB), [reader.button("btn-back", LIST_VERB)]]
    head = reader.rich("admin-invitations" if lines else "admin-invitations-none")
    context.show(update, reader.screen(head, *lines, place(reader, page), rows=rows))


def _line(context: Context, number: int, row: OpenInvitation, name: str) -> Rich:
    reader = context.reader
    return reader.rich(
        "admin-invitation",
        number=number,
        role=role_name(reader, context.city.pack, row.role, row.department),
        name=name or reader.line("desk-somebody"),
        date=reader.date_clock(row.expires_at),
    )


@kindly("err-not-allowed")
async def void(update: Update, context: Context) -> None:
    """It opens nothing any more."""
    role = await revoke_invitation(context.work, number_of(context.press.argument))
    reader = context.reader
    text = reader.rich("admin-invitation-void", role=role_name(reader, context.city.pack, role.role, role.department))
    context.show(update, reader.screen(text, rows=[[reader.button("btn-back", OPEN_VERB)]]))


VERBS = {
    ROLES_VERB: ask_role,
    UNITS_VERB: ask_department,
    MAKE_VERB: make_link,
    OPEN_VERB: show_open,
    VOID_VERB: void,
}
