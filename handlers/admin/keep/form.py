"""A change of a project or programme: asked for one slot at a time, then saved. One dialogue for all of them."""

from __future__ import annotations

from telegram import Update

from bot.actions.keeping import change_photos, load_one
from bot.actions.programmes import cancel_programme
from bot.actions.showing import check_speaks
from bot.errors import NotFound, Refused
from bot.store.person import Dialogue
from bot.store.showing import files_of
from handlers.admin.keep.card import CHANGED, EDIT_VERB, NEW_VERB, Face, load_pressed, show_card
from handlers.admin.keep.slots import PICK_VERB, SLOTS, Form
from handlers.admin.keep.things import Given, Row, Thing, thing_of
from handlers.context import Context
from handlers.official.card import pairs
from handlers.pieces import Piece, piece_of
from handlers.refused import kindly

NAME = "desk-keep"  # of the desk: it ends with the last role
STOP_VERB = "kp-stop"
NEW = "new"
_ASKS = {"place": ("place", "pin"), "cancel": ("reason",)}  # the other fields ask for themselves alone


@kindly("err-not-allowed")
async def make(update: Update, context: Context) -> None:
    """A new one: the least that it needs, then its card."""
    check_speaks(context.work)
    thing = thing_of(context.press.argument)
    await _begin(update, context, thing, None, NEW)


@kindly("keep-gone")
async def edit(update: Update, context: Context) -> None:
    """One thing of it."""
    thing, row, field = await load_pressed(context)
    if row.version != context.press.version:
        await show_card(update, context, thing, row, CHANGED)
        return
    if not any(field in page for page in thing.pages.values()):
        raise Refused("err-old-button")
    await _begin(update, context, thing, row, field)


async def _begin(update: Update, context: Context, thing: Thing, row: Row | None, field: str) -> None:
    draft = {"thing": thing.key, "id": row.id if row else 0, "version": row.version if row else 0}
    form = Form(thing, row, field, 0, {})
    dialogue = context.work.begin(NAME, _missing(form) or "", {**draft, "field": field, "given": {}})
    _ask(update, context, Form(thing, row, field, dialogue.version, {}), dialogue.step)


def _needs(form: Form) -> tuple[str, ...]:
    if form.row is None:
        return form.thing.made_of
    asked = _ASKS.get(form.field, (form.field,))
    owed = form.thing.owes(form.row, form.thing.values(form.given))
    return (*asked, "reason") if owed else asked


def _missing(form: Form) -> str | None:
    return next((slot for slot in _needs(form) if SLOTS[slot].fills not in form.given), None)


def _ask(update: Update, context: Context, form: Form, slot: str) -> None:
    """The question with its choices, and the way out in the last row."""
    reader = context.reader
    cancel = reader.button("btn-cancel", STOP_VERB, version=form.round)
    limits = context.city.pack.limits
    text = "keep-ask-place-name" if slot == "place" and form.given.get("pin") else f"keep-ask-{slot}"
    said = reader.rich(text, count=len(form.given.get("files", ())), min=limits.min_reason_chars)
    screen = reader.screen(said, rows=[*pairs(SLOTS[slot].choices(context, form)), [cancel]])
    if update.callback_query is None:
        context.say(screen, collapse=NAME)
    else:
        context.show(update, screen)


@kindly("keep-gone")
async def take(update: Update, context: Context) -> None:
    """A message: what the slot takes of it."""
    if update.message is not None:
        await _give(update, context, piece=piece_of(update.message))


@kindly("keep-gone")
async def pick(update: Update, context: Context) -> None:
    """A button under a question of this round."""
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version:
        raise Refused("err-old-button")
    await _give(update, context, argument=context.press.argument)


async def _give(update: Update, context: Context, *, piece: Piece | None = None, argument: str = "") -> None:
    dialogue = context.work.dialogue(NAME)
    form = await _load(update, context, dialogue)
    if form is None:
        return
    slot = SLOTS[dialogue.step]
    given = slot.take(context, form, piece) if piece else slot.pick(context, form, argument)
    form = Form(form.thing, form.row, form.field, form.round, {**form.given, **given})
    missing = _missing(form)
    if missing is not None:
        context.work.go(NAME, missing, {**dialogue.draft, "given": form.given})
        _ask(update, context, form, missing)
        return
    after, photos = await _save(context, form), await _photos(context, form)
    context.work.end(NAME)  # only now: after a refusal another message may do
    await show_card(update, context, form.thing, after, Face("keep-saved", photos=photos))


async def _load(update: Update, context: Context, dialogue: Dialogue) -> Form | None:
    """The change so far; where its row changed meanwhile, the round is over and the card says so."""
    draft, thing = dialogue.draft, thing_of(dialogue.draft["thing"])
    given: Given = dict(draft["given"])
    if not draft["id"]:
        return Form(thing, None, draft["field"], dialogue.version, given)
    try:
        row = await load_one(context.work, thing.query, draft["id"])
    except NotFound:
        context.work.end(NAME)
        raise
    if row.version != draft["version"]:
        context.work.end(NAME)
        await show_card(update, context, thing, row, CHANGED)
        return None
    return Form(thing, row, draft["field"], dialogue.version, given)


async def _photos(context: Context, form: Form) -> int | None:
    """How many there are now, where they are what changed: what is staged is not read back."""
    if form.field != "photos":
        return None
    added = len(form.given.get("files", ()))
    return added and added + len(await files_of(context.work, form.thing.owner, form.row.id))


async def _save(context: Context, form: Form) -> Row:
    work, thing, given = context.work, form.thing, form.given
    if form.row is None:
        return thing.make(work, thing.values(given))
    if form.field == "photos":
        files = [(id_, kind) for id_, kind in given.get("files", ())]
        return await change_photos(work, thing.owner, thing.query, form.row, files)
    if form.field == "cancel":
        return await cancel_programme(work, context.city, form.row, given["reason"])
    return await thing.save(work, context.city, form.row, thing.values(given), given.get("reason", ""))


@kindly("keep-gone")
async def stop(update: Update, context: Context) -> None:
    """Nothing is saved: back to the card, or to the list where there is none yet."""
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version:
        raise Refused("err-old-button")
    draft = dialogue.draft
    context.work.end(NAME)
    check_speaks(context.work)
    thing = thing_of(draft["thing"])
    if draft["id"]:
        await show_card(update, context, thing, await load_one(context.work, thing.query, draft["id"]))
        return
    rows = [[context.reader.button("btn-back", f"kp-{thing.key}")]]
    context.show(update, context.reader.screen(context.rich("keep-stopped"), rows=rows))


VERBS = {NEW_VERB: make, EDIT_VERB: edit, PICK_VERB: pick, STOP_VERB: stop}
DIALOGUES = {NAME: take}
