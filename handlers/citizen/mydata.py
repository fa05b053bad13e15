"""My data: all of it as a file, or all of it away."""

from __future__ import annotations

from telegram import Update

from bot.actions.erase import erase, want_export
from bot.errors import Refused
from handlers.citizen.menu import back_button
from handlers.context import Context
from handlers.refused import kindly


async def data(update: Update, context: Context) -> None:
    """Take it along, or delete it."""
    reader = context.reader
    rows = [
        [reader.button("btn-export-data", "d-export"), reader.button("btn-delete-data", "d-ask")],
        [back_button(context)],
    ]
    context.show(update, reader.screen(reader.rich("set-my-data"), rows=rows))


@kindly("err-already")
async def export(update: Update, context: Context) -> None:
    """The file comes by itself once it is made."""
    await want_export(context.work)
    context.show(update, context.reader.screen(context.rich("set-export-wait"), rows=[[back_button(context)]]))


async def ask(update: Update, context: Context) -> None:
    """What deleting means, and whether it is really meant."""
    reader = context.reader
    texts = [reader.rich("set-delete-ask")]
    if context.person.official:
        texts.append(reader.rich("set-delete-official"))
    rows = [[reader.button("btn-delete-data", "d-yes", context.person.id), reader.button("btn-no", "s-more")]]
    context.show(update, reader.screen(*texts, rows=rows))


async def delete(update: Update, context: Context) -> None:
    """Gone. Said as the answer to the press: a message would be a row with the account in it.

    A second tap comes from somebody whom nobody knows any more: their new row goes again.
    """
    if context.person.lang and context.press.argument != str(context.person.id):
        await ask(update, context)
        return
    try:
        await erase(context.work, context.city)
    except Refused as refusal:
        _not_yet(context, refusal)
        return
    context.work.toast(context.reader.line("set-delete-ok"), alert=True)


def _not_yet(context: Context, refusal: Refused) -> None:
    """Somebody else has to take their place first: the one way there."""
    reader = context.reader
    admin = refusal.text == "admin-last"
    said = reader.rich("set-delete-last-admin" if admin else "set-delete-last-inspector")
    rows = [[reader.button("btn-invite", "a-roles")]] if admin else []
    context.say(reader.screen(said, rows=[*rows, [back_button(context)]]))


VERBS = {"d-data": data, "d-export": export, "d-ask": ask, "d-yes": delete}
