"""Presses within a draft."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.actions.staff import can_take_private
from bot.domain.draft import Draft
from bot.store.drafts import PLACE_OF
from bot.talk.rich import Rich, parse
from handlers.citizen.report import state
from handlers.citizen.report.ask import ask, ask_place, back, group, groups
from handlers.citizen.report.take import placed, take_pin
from handlers.context import Context
from handlers.paging import number_of
from handlers.pieces import PlaceSent
from handlers.press import stale

_ASKED_ONCE = ("no-short", "no-area", "no-landmark", "no-photo", "external")


async def current(context: Context) -> Draft | None:
    """The draft that this button was drawn for; otherwise the press is answered as stale."""
    if state.is_open(context) and context.press.version == state.version(context):
        return state.draft_of(context)
    await stale(context)
    return None


def _pressed(update: Update) -> int:
    message = update.callback_query.message if update.callback_query else None
    return message.message_id if message else 0


async def topics(update: Update, context: Context) -> None:
    """The list of groups, in place."""
    draft = await current(context)
    if draft is None:
        return
    if context.press.argument == "unfit":
        draft = draft.tell("unfit")
    state.keep(context, draft)
    context.show(update, groups(context, draft))


async def show_group(update: Update, context: Context) -> None:
    """The topics of a group, in place."""
    if await current(context) is None:
        return
    if context.press.argument not in context.city.pack.groups:
        await stale(context)
        return
    context.show(update, group(context, context.press.argument))


async def category(update: Update, context: Context) -> None:
    """A topic was chosen: its advice and outside number come before any question."""
    draft = await current(context)
    chosen = context.city.pack.categories.get(context.press.argument)
    if draft is None:
        return
    if chosen is None or chosen.retired:
        await stale(context)
        return
    if chosen.private and not await can_take_private(context.work):
        _nobody_private(context)
        return
    if chosen.key != draft.category:  # another topic: its own number, its own question
        draft = replace(draft, category=chosen.key, answer="", said=draft.said - {"external"})
    draft = replace(draft, public=draft.public and not chosen.private)
    await ask(context, draft, *warnings(context, chosen.key))


def _nobody_private(context: Context) -> None:
    """Nothing is taken that nobody could keep private; another topic is still possible."""
    reader, now = context.reader, state.version(context)
    rows = [
        [reader.button("btn-by-topic", "r-topics", "unfit", now)],
        [reader.button("btn-cancel", "r-cancel", version=now)],
    ]
    context.say(reader.screen(reader.rich("report-staff-nobody"), rows=rows), collapse="report")


def warnings(context: Context, key: str) -> list[Rich]:
    """What stands before the questions of a topic: advice, and who else may be the one to ask."""
    pack, reader = context.city.pack, context.reader
    chosen = pack.categories[key]
    texts: list[Rich] = []
    if chosen.owner == "external":
        return texts  # the question whether to go on holds number and advice
    if chosen.urgent:
        texts.append(reader.rich("report-urgent", advice=pack.advice(chosen.advice, reader.lang)))
        if reader.lang != "fa":
            texts.append(parse(pack.advice(chosen.advice, "fa")))
    elif chosen.advice:
        texts.append(parse(pack.advice(chosen.advice, reader.lang)))
    if chosen.owner == "shared":
        body = pack.bodies[chosen.outside]
        texts.append(reader.rich("report-shared", org=body.name(reader.lang), number=reader.digits(body.number)))
    return texts


async def go_on(update: Update, context: Context) -> None:
    """After an emergency's number: the report may go on."""
    draft = await current(context)
    if draft is not None:
        await ask(context, draft)


async def skip(update: Update, context: Context) -> None:
    """A question that may stay without an answer."""
    draft = await current(context)
    if draft is None:
        return
    if context.press.argument not in _ASKED_ONCE:
        await stale(context)
        return
    await ask(context, draft.tell(context.press.argument))


async def mute(update: Update, context: Context) -> None:
    """Somebody can't write: the picture speaks, and the topic comes from the list."""
    draft = await current(context)
    if draft is not None:
        await ask(context, draft.tell("cannot-write"))


async def area(update: Update, context: Context) -> None:
    """The part of the town that an address lies in."""
    draft = await current(context)
    known = {one.key for one in context.city.pack.areas}
    if draft is None:
        return
    if context.press.argument not in known or draft.place is None:
        await stale(context)
        return
    await ask(context, replace(draft, place=replace(draft.place, area=context.press.argument)))


async def sure(update: Update, context: Context) -> None:
    """The far pin is meant."""
    draft = await current(context)
    if draft is not None and draft.place is not None:
        acks: list[Rich] = []
        draft = placed(context, replace(draft, place=replace(draft.place, sure=True)), acks)
        await ask(context, draft, *acks)


async def another_place(update: Update, context: Context) -> None:
    """The pin was not meant: ask for the place again."""
    draft = await current(context)
    if draft is not None:
        await ask(context, replace(draft, place=None, said=draft.said - {"no-place"}))


async def public(update: Update, context: Context) -> None:
    """Let everybody see text and photo, or not; in place."""
    draft = await current(context)
    if draft is None:
        return
    category = context.city.pack.categories.get(draft.category)
    if category is None or category.private:
        await stale(context)
        return
    await ask(context, replace(draft, public=not draft.public), edit=_pressed(update))


async def edit(update: Update, context: Context) -> None:
    """Change one part from the review."""
    draft = await current(context)
    if draft is None:
        return
    match context.press.argument:
        case "text":
            state.keep(context, draft, state.NEW_TEXT)
            asked = context.rich("report-text-change")
            context.say(context.reader.screen(asked, rows=[[back(context)]]), collapse="report")
        case "photo":
            await _edit_photo(context, draft)
        case "place":
            ask_place(context, draft)
        case "category":
            draft = draft.tell("unfit")
            state.keep(context, draft)
            context.say(groups(context, draft), collapse="report")
        case _:
            await stale(context)


async def _edit_photo(context: Context, draft: Draft) -> None:
    reader, now = context.reader, state.version(context)
    state.keep(context, draft, state.NEW_PHOTO)
    if not draft.count("photo", "video"):
        context.say(reader.screen(reader.rich("report-photo"), rows=[[back(context)]]), collapse="report")
        return
    rows = [[reader.button("btn-remove", "r-bare", version=now), back(context)]]
    context.say(reader.screen(reader.rich("report-photo-change"), rows=rows), collapse="report")


async def bare(update: Update, context: Context) -> None:
    """Take the pictures out of the draft again."""
    draft = await current(context)
    if draft is None:
        return
    files = tuple(file for file in draft.files if file[1] not in ("photo", "video"))
    await ask(context, replace(draft, files=files).tell("no-photo"), context.rich("report-photo-removed"))


async def photo_place(update: Update, context: Context) -> None:
    """The place that a picture carried is the place of the problem."""
    draft = await current(context)
    if draft is None:
        return
    number = number_of(context.press.argument)
    row = await context.work.first(PLACE_OF, id=number, person=context.person.id) if number else None
    if row is None or row.lat is None or row.lon is None:
        await stale(context)
        return
    acks: list[Rich] = []
    draft = take_pin(context, PlaceSent(row.lat, row.lon, 0.0, ""), draft, acks)
    await ask(context, draft, *acks)


async def write_address(update: Update, context: Context) -> None:
    """A key of the place keyboard: any written address will do."""
    if state.is_open(context):
        context.say(context.reader.screen(context.rich("report-address-hint")))
    else:
        context.tell("menu-main")


async def same_place(update: Update, context: Context) -> None:
    """A key of the place keyboard: where the last report was."""
    memory = Draft.load(context.work.dialogue(state.FILED).draft)
    if not state.is_open(context) or memory.place is None:
        context.tell("menu-main")
        return
    acks: list[Rich] = []
    draft = placed(context, replace(state.draft_of(context), place=memory.place), acks)
    await ask(context, draft, *acks)


async def skip_place(update: Update, context: Context) -> None:
    """A key of the place keyboard, where the topic does not need a place."""
    if not state.is_open(context):
        context.tell("menu-main")
        return
    draft = replace(state.draft_of(context), place=None).tell("no-place")
    told = context.reader.screen(context.rich("report-place-skipped"), keys=context.menu())
    context.say(told, collapse="report-place")
    await ask(context, replace(draft, said=draft.said - {"keys"}))


async def keep_place(update: Update, context: Context) -> None:
    """A key of the place keyboard: the place that is known was right."""
    if not state.is_open(context):
        context.tell("menu-main")
        return
    acks: list[Rich] = []
    draft = placed(context, state.draft_of(context), acks)
    await ask(context, draft, *acks)


VERBS = {
    "r-topics": topics,
    "r-group": show_group,
    "r-cat": category,
    "r-go": go_on,
    "r-skip": skip,
    "r-mute": mute,
    "r-area": area,
    "r-sure": sure,
    "r-place": another_place,
    "r-gps": photo_place,
    "r-public": public,
    "r-edit": edit,
    "r-bare": bare,
}
LABELS = {
    "btn-write-address": write_address,
    "btn-place-same": same_place,
    "btn-skip": skip_place,
    "btn-back": keep_place,
}
