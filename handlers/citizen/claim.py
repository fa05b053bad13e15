"""Somebody reported by phone and has the code: with the number that they left, the report becomes theirs."""

from __future__ import annotations

from telegram import Update

from bot.actions.lookup import TooMany
from bot.actions.phone import claim_case
from bot.store.cases import CaseRow
from handlers import message
from handlers.citizen.menu import leave
from handlers.citizen.mine import CLAIM, show_case
from handlers.context import Context
from handlers.refused import kindly

_SOME_DIGITS = 4


@kindly("err-code")
async def take(update: Update, context: Context) -> None:
    """The number; after a wrong one the next is waited for. What has hardly a digit is none: they changed their mind.

    It is compared and kept nowhere.
    """
    text = (update.message.text or "") if update.message else ""
    case_id = context.work.dialogue(CLAIM).draft["case"]
    if sum(map(str.isdecimal, text)) < _SOME_DIGITS:
        leave(context)
        await message.written(update, context)
        return
    found = await claim_case(context.work, context.city, case_id, text)
    if isinstance(found, CaseRow):
        context.work.end(CLAIM)
        context.tell("mine-claim-ok", code=context.reader.code(found.code))
        await show_case(update, context, found)
    elif isinstance(found, TooMany):
        context.work.end(CLAIM)
        context.tell("err-code-limit", clock=context.reader.clock(found.until))
    else:
        rows = [[context.reader.button("btn-mine", "m-back")]]
        context.say(context.reader.screen(context.rich("mine-claim-bad"), rows=rows), collapse=CLAIM)


DIALOGUES = {CLAIM: take}
