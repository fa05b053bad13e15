"""A report by phone or at the counter: the centre writes it down, one thing at a time, and reads the code out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Update

from bot.actions.notices import OPEN_VERB
from bot.actions.phone import check_centre, file_phone_case
from bot.domain.draft import Draft, Place
from bot.errors import Refused
from bot.pack.catalogue import OTHER
from bot.talk import buttons
from bot.talk.screen import Button
from bot.understand.caller import caller_number
from bot.understand.personal import mask
from handlers.context import Context
from handlers.official.card import pairs
from handlers.official.slots import only_text
from handlers.pieces import Piece, piece_of
from handlers.refused import kindly

NAME = "desk-phone"
BEGIN_VERB, PICK_VERB = "v-phone", "v-phone-pick"
_MOST_WORDS, _MOST_ADDRESS = 4_000, 500


@kindly("err-not-allowed")
async def begin(update: Update, context: Context) -> None:
    """Somebody is on the line."""
    check_centre(context.work)
    context.work.begin(NAME, "words", Draft().dump())
    _ask(context, "desk-phone-start")


def _ask(context: Context, text: str, *choices: Button, skip: str = "") -> None:
    """A question with its choices, the way past it and the way out."""
    reader, now = context.reader, context.work.dialogue(NAME).version
    last = [reader.button(skip, PICK_VERB, "skip", now)] if skip else []
    last.append(reader.button("btn-cancel", PICK_VERB, "stop", now))
    context.say(reader.screen(reader.rich(text), rows=[*pairs(choices), last]), collapse=NAME)


def _choice(context: Context, label: str, argument: str) -> Button:
    return Button(label, buttons.make(PICK_VERB, context.work.dialogue(NAME).version, argument))


async def _go_on(context: Context, draft: Draft) -> None:
    """Ask for the first thing that is still missing."""
    step = _missing(draft)
    context.work.go(NAME, step, draft.dump())
    if step == "topic":
        _ask_topic(context, draft)
    elif step == "number":
        _ask(context, "desk-phone-number", skip="btn-skip")
    else:
        areas = [_choice(context, area.name(context.reader.lang), f"a-{area.key}") for area in context.city.pack.areas]
        _ask(context, "desk-phone-place" if step == "place" else "report-area", *areas, skip="btn-dont-know")


def _missing(draft: Draft) -> str:
    if not draft.category:
        return "topic"
    if draft.place is None:
        return "number" if "no-place" in draft.said else "place"
    known = draft.place.pinned or draft.place.area or "no-area" in draft.said
    return "number" if known else "area"


def _ask_topic(context: Context, draft: Draft, group: str = "") -> None:
    """The guesses from the words, then the groups; or the topics of one group."""
    pack, lang = context.city.pack, context.reader.lang
    if group:
        choices = [_choice(context, each.label(lang), f"c-{each.key}") for each in pack.offered(group)]
        choices.append(_choice(context, context.reader.line("btn-none"), f"c-{OTHER}"))
    else:
        guesses = [pack.categories[one.key] for one in context.city.mind.categories(draft.text, certain=True)]
        choices = [_choice(context, each.label(lang), f"c-{each.key}") for each in guesses]
        choices += [_choice(context, each.label(lang), f"g-{key}") for key, each in pack.groups.items()]
    _ask(context, "desk-phone-topic", *choices)


# What is said


@kindly("err-not-allowed")
async def take(update: Update, context: Context) -> None:
    """The answer to the question that is open."""
    if update.message is None:
        return
    check_centre(context.work)
    dialogue = context.work.dialogue(NAME)
    await _TAKES[dialogue.step](context, Draft.load(dialogue.draft), piece_of(update.message))


async def _take_words(context: Context, _draft: Draft, piece: Piece) -> None:
    words, _ = mask(only_text(piece))
    if not any(map(str.isalpha, words)):
        raise Refused("desk-text-needed")
    await _go_on(context, Draft(words=((piece.message_id, words[:_MOST_WORDS]),)))


async def _take_place(context: Context, draft: Draft, piece: Piece) -> None:
    pack = context.city.pack
    if piece.place is None:
        words = mask(only_text(piece))[0][:_MOST_ADDRESS]
        place = Place(address=words, landmark=context.city.mind.landmark(words) or "")
    else:
        sent = piece.place
        if not pack.geo.in_county(sent.lat, sent.lon):
            raise Refused("desk-place-far")
        area, far = pack.area_of(sent.lat, sent.lon), not pack.geo.in_city(sent.lat, sent.lon)
        key = area.key if area else ""
        place = Place(sent.lat, sent.lon, sent.accuracy, sent.title[:_MOST_ADDRESS], key, far=far, sure=True)
    await _go_on(context, replace(draft, place=place))


async def _take_choice(context: Context, draft: Draft, piece: Piece) -> None:
    raise Refused("desk-choose")


async def _take_number(context: Context, draft: Draft, piece: Piece) -> None:
    number = caller_number(only_text(piece))
    if not number:
        raise Refused("desk-phone-bad")
    await _file(context, draft, number)


_Take = Callable[[Context, Draft, Piece], Awaitable[None]]
_TAKES: dict[str, _Take] = {
    "words": _take_words,
    "topic": _take_choice,
    "place": _take_place,
    "area": _take_choice,
    "number": _take_number,
}


# What is chosen


@kindly("err-not-allowed")
async def pick(update: Update, context: Context) -> None:
    """A button under a question of this round."""
    check_centre(context.work)
    dialogue, argument = context.work.dialogue(NAME), context.press.argument
    if not dialogue or dialogue.version != context.press.version:
        raise Refused("err-old-button")
    draft, (kind, _, key) = Draft.load(dialogue.draft), argument.partition("-")
    if argument == "stop":
        context.work.end(NAME)
        context.tell("report-cancelled")
    elif argument == "skip":
        await _skip(context, draft)
    elif kind == "g" and key in context.city.pack.groups and dialogue.step == "topic":
        _ask_topic(context, draft, key)
    else:
        await _go_on(context, _chosen(context, draft, kind, key))


async def _skip(context: Context, draft: Draft) -> None:
    step = context.work.dialogue(NAME).step
    if step == "number":
        await _file(context, draft, "")
    elif step in ("place", "area"):
        await _go_on(context, draft.tell(f"no-{step}"))
    else:
        raise Refused("err-old-button")


def _chosen(context: Context, draft: Draft, kind: str, key: str) -> Draft:
    """Raises Refused for what was not to be chosen now."""
    pack, step = context.city.pack, context.work.dialogue(NAME).step
    if kind == "c" and step == "topic" and key in pack.categories and not pack.categories[key].retired:
        return replace(draft, category=key)
    if kind == "a" and step in ("place", "area") and any(area.key == key for area in pack.areas):
        return replace(draft, place=replace(draft.place or Place(), area=key))
    raise Refused("err-old-button")


async def _file(context: Context, draft: Draft, number: str) -> None:
    filed = await file_phone_case(context.work, context.city, draft, number)
    context.work.end(NAME)
    reader = context.reader
    said = reader.rich("desk-phone-saved" if number else "desk-phone-saved-bare", code=reader.code(filed.code))
    private = context.city.pack.categories[draft.category].private
    shown = [] if private else [reader.button("btn-open", OPEN_VERB, filed.id)]
    context.say(reader.screen(said, rows=[shown, [reader.button("btn-phone-report", BEGIN_VERB)]]), case=filed.id)


LABELS = {"btn-phone-report": begin}
VERBS = {BEGIN_VERB: begin, PICK_VERB: pick}
DIALOGUES = {NAME: take}
