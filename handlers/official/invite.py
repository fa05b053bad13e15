"""A one-time link into a role."""

from __future__ import annotations

from typing import cast

from telegram import Update

from bot.actions.holding import Settled
from bot.actions.invite import accept_invitation
from bot.actions.sight import sight_of
from bot.errors import Refused
from bot.store.person import Role
from bot.talk.rich import Rich
from bot.talk.roles import role_name, welcome
from handlers.context import Context


async def accept(update: Update, context: Context) -> None:
    """The deep link `i-<code>`."""
    name = update.effective_user.full_name if update.effective_user else ""
    try:
        accepted = await accept_invitation(context.work, context.city, context.press.argument, name)
    except Refused as refusal:
        _explain(context, refusal)
        return
    reader, pack, role = context.reader, context.city.pack, accepted.role
    sight = await sight_of(context.work, context.person)
    texts = [welcome(reader, pack, role.role, role.department)]
    if sight.desks or sight.private:
        texts.append(reader.rich("invite-next"))
    texts += [_brought(context, each) for each in accepted.brought]
    context.say(reader.screen(*texts, keys=context.menu()))


def _brought(context: Context, moved: Settled) -> Rich:
    """What waited for the first person of a department."""
    name = context.city.pack.departments[moved.department].name(context.reader.lang)
    text = "desk-settled-private" if moved.private else "desk-settled-ours"
    return context.rich(text, department=name, count=moved.count)


def _explain(context: Context, refusal: Refused) -> None:
    reader = context.reader
    match refusal.text:
        case "invite-have":
            role = cast(Role, refusal.args_["role"])
            context.tell("invite-have", role=role_name(reader, context.city.pack, role.role, role.department))
        case "invite-channel":
            context.tell("invite-channel", channel=reader.line(f"channel-{refusal.args_['channel']}"))
        case text:
            context.tell(text)


LINKS = {"i": accept}
