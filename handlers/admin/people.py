"""Colleagues: who they are, what they may do here, and how a role is taken from one of them."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from telegram import Update

from bot.actions.people import Scope, check_people, load_role, revoke
from bot.domain.rights import manages
from bot.errors import NotFound
from bot.store.people import ROLES_OF, RoleRow
from bot.store.staff import OFFICIAL, OFFICIALS_COUNT, OFFICIALS_NEWER, OFFICIALS_OLDER, OfficialRow
from bot.talk.buttons import make
from bot.talk.rich import Rich
from bot.talk.roles import role_name
from bot.talk.screen import Button
from handlers.context import Context
from handlers.official.card import pairs
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly
from handlers.table import Offer

LIST_VERB, ONE_VERB, ASK_VERB, REVOKE_VERB = "a-people", "a-one", "a-ask", "a-revoke"
ROLES_VERB, OPEN_VERB = "a-roles", "a-open"
_LISTING = Listing(OFFICIALS_OLDER, OFFICIALS_NEWER, OFFICIALS_COUNT)


@kindly("err-not-allowed")
async def show_people(update: Update, context: Context) -> None:
    """Whose roles one may change, newest first; a number opens one of them."""
    reader, work = context.reader, context.work
    scope = check_people(work)
    size = context.city.pack.limits.list_page
    page = await load_page(work, _LISTING, size, context.press.argument, **scope.params)
    held = await _roles(context, [row.id for row in page.rows], scope)
    lines = [_line(context, "admin-line", row, held[row.id], number=at) for at, row in enumerate(page.rows, 1)]
    rows = [
        numbers(reader, page, ONE_VERB),
        turns(reader, page, LIST_VERB),
        [reader.button("btn-invite", ROLES_VERB), reader.button("btn-invitations", OPEN_VERB)],
        [*([reader.button("btn-log", "a-log")] if scope.everybody else []), reader.button("btn-desk", "v-home")],
    ]
    texts = (reader.rich("admin-people" if lines else "admin-people-none"), *lines, place(reader, page))
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


@kindly("err-not-allowed")
async def show_one(update: Update, context: Context) -> None:
    """One of them, with each of their roles and the way to end it."""
    scope = check_people(context.work)
    person_id = number_of(context.press.argument)
    row = await context.work.first(OFFICIAL, person_id=person_id, **scope.params)
    if row is None:
        raise NotFound(person_id)
    reader, held = context.reader, (await _roles(context, [row.id], scope))[row.id]
    buttons = [_revoke_button(context, at if len(held) > 1 else 0, role) for at, role in enumerate(held, 1)]
    text = _line(context, "admin-person", row, held)
    context.show(update, reader.screen(text, rows=[*pairs(buttons), [reader.button("btn-back", LIST_VERB)]]))


def _revoke_button(context: Context, number: int, role: RoleRow) -> Button:
    """Numbered where there are several."""
    label = context.reader.line("btn-revoke")
    return Button(f"{label} {context.reader.digits(number)}" if number else label, make(ASK_VERB, 0, role.id))


@kindly("err-not-allowed")
async def ask(update: Update, context: Context) -> None:
    """Whether it is really meant."""
    row, reader = await load_role(context.work, number_of(context.press.argument)), context.reader
    role = role_name(reader, context.city.pack, row.role, row.department)
    text = reader.rich("admin-revoke-ask", name=_name(context, row.name), role=role)
    buttons = [reader.button("btn-revoke", REVOKE_VERB, row.id), reader.button("btn-no", ONE_VERB, row.person_id)]
    context.show(update, reader.screen(text, rows=[buttons]))


@kindly("err-not-allowed")
async def take(update: Update, context: Context) -> None:
    """The role ends."""
    done = await revoke(context.work, context.city, number_of(context.press.argument))
    text = context.rich("admin-revoked", name=_name(context, done.name), count=done.released)
    if context.person.has("admin", "manager"):
        back = [[context.reader.button("btn-people", LIST_VERB)]]
        context.show(update, context.reader.screen(text, rows=back))
    else:  # it was their own
        context.say(context.reader.screen(text, keys=context.menu()))


async def _roles(context: Context, person_ids: Sequence[int], scope: Scope) -> dict[int, list[RoleRow]]:
    """What each of them may do here, as far as it is this reader's to see."""
    found: dict[int, list[RoleRow]] = {person_id: [] for person_id in person_ids}
    for row in await context.work.query(ROLES_OF, ids=orjson.dumps(list(person_ids)).decode()):
        if scope.everybody or manages(context.person.roles, row.role, row.department):
            found[row.person_id].append(row)
    return found


def _line(context: Context, text: str, row: OfficialRow, roles: Sequence[RoleRow], **args: int) -> Rich:
    reader, pack = context.reader, context.city.pack
    names = [role_name(reader, pack, role.role, role.department) for role in roles]
    return reader.rich(
        text,
        name=_name(context, row.name),
        role="، ".join(names),
        duty=reader.line("admin-on-duty" if row.duty else "admin-off-duty"),
        date=reader.date(row.seen_at),
        **args,
    )


def _name(context: Context, name: str) -> str:
    return name or context.reader.line("admin-nameless")


ADMIN_OFFERS = (Offer(80, "btn-people", LIST_VERB, ("admin",)),)
VERBS = {LIST_VERB: show_people, ONE_VERB: show_one, ASK_VERB: ask, REVOKE_VERB: take}
