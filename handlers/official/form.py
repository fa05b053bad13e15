"""A move that needs something: asked for one slot at a time, then made. One dialogue for all of them."""

from __future__ import annotations

from telegram import Update

from bot.actions.fields import Fields, Spot
from bot.actions.move import as_whom, move_case
from bot.actions.sight import load_for_desk
from bot.errors import NotFound, Refused
from bot.store.cases import CaseRow
from bot.store.person import Dialogue
from handlers.context import Context
from handlers.official.after import confirm
from handlers.official.card import changed, check_offered, pressed_message
from handlers.official.merging import MADE
from handlers.official.merging import SLOTS as MERGING
from handlers.official.near import offer_next
from handlers.official.slots import NEEDED, STOP_VERB, Form, Given, ask_why_no_picture, challenge
from handlers.official.slots import PICK_VERB as PICK
from handlers.official.slots import SLOTS as SINGLE
from handlers.official.stray import LAST
from handlers.pieces import Piece, piece_of
from handlers.refused import kindly

NAME = "desk-form"
SLOTS = {**SINGLE, **MERGING}


async def begin(update: Update, context: Context, case: CaseRow, arrow: str) -> None:
    """Ask for what this move needs first. Raises Refused for one that is not this official's to make."""
    check_offered(context, case, arrow)
    draft = {"case": case.id, "version": case.version, "arrow": arrow, "card": pressed_message(update), "given": {}}
    dialogue = context.work.begin(NAME, NEEDED[arrow][0], draft)
    try:
        await _ask(context, _form(case, dialogue), dialogue.step)
    except Refused:  # nothing to choose from: the next message is not for this dialogue
        context.work.end(NAME)
        raise


def _form(case: CaseRow, dialogue: Dialogue) -> Form:
    return Form(case, dialogue.draft["arrow"], dialogue.version, dict(dialogue.draft["given"]))


async def _ask(context: Context, form: Form, slot: str) -> None:
    if slot == "picture" and form.given.get("why"):
        screen = await ask_why_no_picture(context, form)
    elif slot == "words" and form.given.get("challenged"):
        screen = await challenge(context, form)
    else:
        screen = await SLOTS[slot].ask(context, form)
    context.say(screen, collapse="desk-form", case=form.case.id)


@kindly("desk-not-yours")
async def take(update: Update, context: Context) -> None:
    """A message: what the slot takes of it."""
    if update.message is not None:
        piece = piece_of(update.message)
        await _give(update, context, piece=piece)


@kindly("desk-not-yours")
async def pick(update: Update, context: Context) -> None:
    """A button under a question of this round."""
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version:
        raise Refused("err-old-button")
    await _give(update, context, argument=context.press.argument)


async def _give(update: Update, context: Context, *, piece: Piece | None = None, argument: str = "") -> None:
    dialogue = context.work.dialogue(NAME)
    case = await _load(update, context, dialogue)
    if case is None:
        return
    form = _form(case, dialogue)
    slot = SLOTS["picture" if piece and piece.file and form.arrow == "done" else dialogue.step]
    given = await (slot.take(context, form, piece) if piece else slot.pick(context, form, argument))
    await _go_on(update, context, dialogue, Form(case, form.arrow, form.round, _together(form.given, given)))


def _together(before: Given, new: Given) -> Given:
    """A picture that comes after all takes the place of the reason for none."""
    together = {**before, **new}
    if new.get("picture"):
        together.pop("why", None)
    if new.get("words"):
        together.pop("challenged", None)
    return together


async def _load(update: Update, context: Context, dialogue: Dialogue) -> CaseRow | None:
    """The case of the round; where it moved away or changed meanwhile, the round is over and the card says so."""
    try:
        case = await load_for_desk(context.work, dialogue.draft["case"])
    except (Refused, NotFound):
        context.work.end(NAME)
        raise
    if case.version != dialogue.draft["version"]:
        context.work.end(NAME)
        await changed(update, context, case, at=dialogue.draft["card"])
        return None
    return case


async def _go_on(update: Update, context: Context, dialogue: Dialogue, form: Form) -> None:
    missing = next((slot for slot in NEEDED[form.arrow] if not _has(form, slot)), None)
    draft = {**dialogue.draft, "given": form.given}
    if missing is not None:
        context.work.go(NAME, missing, draft)
        await _ask(context, form, missing)
        return
    await _make(update, context, form, dialogue.draft["card"])
    context.work.end(NAME)  # only now: after a refusal another button or text may do


def _has(form: Form, slot: str) -> bool:
    if slot == "picture":
        return bool(form.given.get("photos") or form.given.get("no_photo"))
    return form.given.get(slot) not in (None, "")


async def _make(update: Update, context: Context, form: Form, card: int) -> None:
    case, work = form.case, context.work
    if form.arrow in MADE:
        await MADE[form.arrow](update, context, form, card)
        return
    after = await move_case(work, context.city, as_whom(work, case), case, form.arrow, _fields(form))
    sent = {"words": form.given.get("words", ""), "sent": form.given.get("sent", [])}
    work.keep(LAST, {"case": case.id, "at": work.now, "arrow": form.arrow, **sent})
    await confirm(update, context, case, after, form.arrow, card)
    if form.arrow == "done":
        await offer_next(context, case.id)


def _fields(form: Form) -> Fields:
    given = form.given
    place = Spot(*given["place"]) if given.get("place") else None
    texts = {key: str(given.get(key, "")) for key in ("words", "no_photo", "department", "reason", "org", "reference")}
    numbers = {key: int(given.get(key, 0)) for key in ("colleague", "date", "photo")}
    photos = tuple(given.get("photos", ()))
    return Fields(**texts, **numbers, category=given.get("category", ""), photos=photos, place=place)  # type: ignore[arg-type]


@kindly("desk-not-yours")
async def stop(update: Update, context: Context) -> None:
    """Nothing is moved."""
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version:
        raise Refused("err-old-button")
    context.work.end(NAME)
    context.tell("desk-nothing-moved")


VERBS = {PICK: pick, STOP_VERB: stop}
DIALOGUES = {NAME: take}
