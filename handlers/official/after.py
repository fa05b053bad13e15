"""After a move: one line that says what became of it, with the way back for a minute and the way on; the card anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram import Update

from bot.actions.staff import load_staff
from bot.domain.case import ARROWS
from bot.domain.rights import CENTRE, sees
from bot.store.cases import CaseRow
from bot.talk.cases import of_kind, org_name, place, state_of
from bot.talk.desk import due
from bot.talk.rich import Rich
from handlers.context import Context
from handlers.official.card import pressed_message, show_card

UNDO_VERB = "v-undo"
Args = dict[str, Any]


async def confirm(update: Update, context: Context, before: CaseRow, case: CaseRow, arrow: str, card: int) -> None:
    """Say it on the card itself, where its button was pressed; after a form by a line of its own, with the card in
    message `card` as it is now. What has left this official's sight is a line in place of its card.
    """
    said = await _said(context, before, case, arrow)
    back = [context.reader.button("btn-undo", UNDO_VERB, case.id, case.version)] if ARROWS[arrow].undo else []
    stays = sees(context.person.id, context.person.roles, case)
    if stays and not card and pressed_message(update):
        await show_card(update, context, case, said, extra=back)
        return
    if stays and card:
        await show_card(update, context, case, at=card)
    rows = [[*back, context.reader.button("btn-next", "v-next", case.id)]]
    context.show(update, context.reader.screen(said, rows=rows), case=case.id)


async def _said(context: Context, before: CaseRow, case: CaseRow, arrow: str) -> Rich:
    reader, pack, now = context.reader, context.city.pack, context.work.now
    args: dict[str, Callable[[], Args]] = {
        "department": lambda: {"department": pack.departments[case.department].name(reader.lang)},
        "due": lambda: {"due": due(reader, case, now)},
        "org": lambda: {"org": org_name(reader, pack, case.org), "reference": reader.digits(case.reference)},
        "category": lambda: {"category": pack.categories[case.category].name(reader.lang)},
        "place": lambda: {"place": place(reader, pack, case)},
        "target": lambda: {"target": reader.date(case.target_at or now)},
        "status": lambda: {"status": state_of(reader, case)},
        "minutes": lambda: {"minutes": pack.limits.claim_minutes},
    }
    text, wanted = _TEXTS[arrow]
    text = of_kind(case, text) if arrow in _OWN_WORDS else text
    if arrow == "refer" and case.department == CENTRE and case.referrals == before.referrals:
        text, wanted = "desk-refer-stop", ""
    elif arrow in ("refer", "route") and case.desk == CENTRE != case.department:
        text = "desk-refer-empty"
    elif arrow == "done" and case.channel == "phone":
        text = "desk-done-phone"
    more = args[wanted]() if wanted else {}
    if arrow == "hand":
        more = {"name": (await load_staff(context.work)).name(case.holder_id)}
    return reader.rich(text, code=reader.code(case.code), max=pack.limits.max_referrals, **more)


_OWN_WORDS = frozenset(("ask", "publish", "keep-private"))  # of which a suggestion has texts of its own
_TEXTS = {
    "accept": ("desk-accept-ok", "due"),
    "read": ("desk-claimed", "minutes"),
    "claim": ("desk-claimed", "minutes"),
    "release": ("desk-released", ""),
    "give-up": ("desk-released", ""),
    "hand": ("desk-assign-ok", ""),
    "route": ("desk-refer-ok", "department"),
    "refer": ("desk-refer-ok", "department"),
    "external": ("desk-external-ok", "org"),
    "pass-on": ("desk-passed-on-ok", "org"),
    "ask": ("desk-ask-ok", ""),
    "extend": ("desk-extend-ok", "target"),
    "done": ("desk-done-ok", ""),
    "refuse": ("desk-cannot-ok", ""),
    "recategorise": ("desk-recategorise-ok", "category"),
    "relocate": ("desk-place-ok", "place"),
    "urgent": ("desk-urgent-ok", "due"),
    "not-urgent": ("desk-not-urgent-ok", "due"),
    "note": ("desk-note-ok", ""),
    "hide-photo": ("desk-hide-photo-ok", ""),
    "hide-words": ("desk-hide-text-ok", ""),
    "publish": ("desk-public-ok", ""),
    "keep-private": ("desk-private-ok", ""),
    "seen-done": ("desk-seen-ok", ""),
    "seen-open": ("desk-seen-ok", ""),
    "adopt": ("desk-suggest-ok", "status"),
    "plan": ("desk-suggest-ok", "status"),
    "study": ("desk-suggest-ok", "status"),
    "decline": ("desk-suggest-ok", "status"),
    "re-adopt": ("desk-review-ok", ""),
    "re-plan": ("desk-review-ok", ""),
    "re-study": ("desk-review-ok", ""),
    "keep": ("desk-review-ok", ""),
    "change": ("desk-review-ok", ""),
    "solved": ("desk-called-ok", ""),
    "half": ("desk-called-ok", ""),
    "unsolved": ("desk-called-ok", ""),
    "unreached": ("desk-called-ok", ""),
    "answer": ("desk-called-ok", ""),
    "reopen": ("desk-called-ok", ""),
    "contest": ("desk-called-ok", ""),
}
