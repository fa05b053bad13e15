"""Making a poster or sticker: what wears it, where that is, in which language and size. The files come later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update

from bot.actions.posters import HOME_VERB, Wish, load_poster, make_poster, want_print
from bot.actions.showing import check_speaks
from bot.domain import geo
from bot.domain.poster import FORMS, GENERAL, MAX_PLACE
from bot.errors import Refused
from bot.talk import buttons
from bot.talk.digits import latin
from bot.talk.posters import title
from bot.talk.screen import Button, Key, Keys, Screen
from bot.talk.texts import spelling
from handlers.admin.posters import AGAIN_VERB, KIND_VERB
from handlers.context import Context
from handlers.official.card import pairs
from handlers.paging import number_of
from handlers.pieces import PlaceSent, piece_of
from handlers.refused import kindly

NAME = "desk-poster"
SKIP_VERB, LANG_VERB, PRINT_VERB, STOP_VERB = "po-skip", "po-lang", "po-print", "po-stop"
Draft = Mapping[str, Any]


@kindly("err-not-allowed")
async def pick_kind(update: Update, context: Context) -> None:
    """What wears it; the general one hangs anywhere."""
    check_speaks(context.work)
    kind = context.press.argument
    if kind != GENERAL and kind not in context.city.pack.posters:
        raise Refused("err-old-button")
    skipped = ["place", "pin"] if kind == GENERAL else []
    context.work.begin(NAME, "place", {"kind": kind, "lang": context.city.pack.languages.default, "said": skipped})
    _go_on(update, context)


@kindly("poster-gone")
async def again(update: Update, context: Context) -> None:
    """Another print of one that there is."""
    row = await load_poster(context.work, number_of(context.press.argument))
    known = {"kind": row.kind, "place": row.place, "lat": row.lat, "lon": row.lon}
    lang = context.city.pack.languages.default
    context.work.begin(NAME, "form", {**known, "lang": lang, "said": ["place", "pin"]})
    _go_on(update, context)


def _go_on(update: Update, context: Context) -> None:
    """Ask for the first thing that is still missing."""
    draft = context.work.dialogue(NAME).draft
    step = next((slot for slot in ("place", "pin") if not _known(draft, slot)), "form")
    context.work.go(NAME, step, draft)
    if step == "place":
        context.show(update, _place_screen(context))
    elif step == "pin":
        context.say(_pin_screen(context), collapse=NAME)
    else:
        context.show(update, _form_screen(context))


def _known(draft: Draft, slot: str) -> bool:
    held = draft.get("place") if slot == "place" else draft.get("lat") is not None
    return bool(held) or slot in draft["said"]


def _place_screen(context: Context) -> Screen:
    return context.reader.screen(
        context.rich("poster-place-ask"), rows=[[_now(context, "btn-skip", SKIP_VERB)], _out(context)]
    )


def _pin_screen(context: Context) -> Screen:
    """Only the keyboard in place of the phone's own can send where somebody stands."""
    line = context.reader.line
    rows = Key(line("btn-location"), ask_place=True), Key(line("btn-poster-no-pin")), Key(line("btn-admin"))
    keys = Keys(tuple((key,) for key in rows), lasting=False)
    return context.reader.screen(context.rich("poster-pin-ask"), keys=keys)


def _form_screen(context: Context) -> Screen:
    """Everything that is known, the languages, and the two sizes: the last tap."""
    reader, draft = context.reader, context.work.dialogue(NAME).draft
    langs = [_lang_button(context, lang, lang == draft["lang"]) for lang in context.city.pack.languages.offered]
    forms = [_now(context, f"btn-print-{form}", PRINT_VERB, form) for form in FORMS]
    pinned = "poster-pinned" if draft.get("lat") is not None else "poster-unpinned"
    texts = [
        reader.rich("poster-form", name=title(reader, draft["kind"], draft.get("place", ""))),
        reader.rich(pinned) if draft["kind"] != GENERAL else (),
        reader.rich("poster-form-ask"),
    ]
    return reader.screen(*texts, rows=[*pairs(langs), forms, _out(context)])


def _lang_button(context: Context, lang: str, chosen: bool) -> Button:
    label = context.reader.line(f"btn-lang-{lang}")
    data = buttons.make(LANG_VERB, context.work.dialogue(NAME).version, lang)
    return Button(f"✅ {label}" if chosen else label, data)


def _now(context: Context, text: str, verb: str, argument: str = "") -> Button:
    return context.reader.button(text, verb, argument, context.work.dialogue(NAME).version)


def _out(context: Context) -> list[Button]:
    return [_now(context, "btn-cancel", STOP_VERB)]


# What is said


@kindly("err-not-allowed")
async def take(update: Update, context: Context) -> None:
    """A place in words, a pin, or both at once."""
    if update.message is None:
        return
    check_speaks(context.work)
    dialogue, piece = context.work.dialogue(NAME), piece_of(update.message)
    draft = dict(dialogue.draft)
    if piece.place:
        draft |= _pin(context, piece.place)
        draft["place"] = draft.get("place") or piece.place.title[:MAX_PLACE]
    elif dialogue.step == "place":
        draft["place"] = _words(context, piece.text)
    elif dialogue.step == "pin" and spelling(piece.text) == spelling(context.reader.line("btn-poster-no-pin")):
        draft["said"] = [*draft["said"], "pin"]
    else:
        raise Refused("poster-pin-bad" if dialogue.step == "pin" else "desk-choose")
    context.work.go(NAME, dialogue.step, draft)
    if dialogue.step == "pin":  # the menu's keyboard comes back
        context.tell("poster-pin-kept" if piece.place else "poster-pin-none")
    _go_on(Update(update.update_id), context)


def _words(context: Context, text: str) -> str:
    words = context.reader.digits(latin(" ".join(text.split())))
    if not words:
        raise Refused("desk-text-needed")
    if len(words) > MAX_PLACE:
        raise Refused("poster-place-long", max=MAX_PLACE)
    return words


def _pin(context: Context, sent: PlaceSent) -> dict[str, float]:
    """Rounded to a metre, so that the same bin is the same poster. Raises Refused for one outside the county."""
    if not geo.valid(sent.lat, sent.lon) or not context.city.pack.geo.in_county(sent.lat, sent.lon):
        raise Refused("desk-place-far")
    return {"lat": round(sent.lat, 5), "lon": round(sent.lon, 5)}


# What is chosen


def _check_round(context: Context, *steps: str) -> dict[str, Any]:
    """The draft of this round. Raises Refused for a button of an earlier one."""
    check_speaks(context.work)
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version or (steps and dialogue.step not in steps):
        raise Refused("err-old-button")
    return dict(dialogue.draft)


@kindly("err-not-allowed")
async def skip(update: Update, context: Context) -> None:
    """No words: the thing's own name stands on the paper."""
    draft = _check_round(context, "place")
    context.work.go(NAME, "place", {**draft, "said": [*draft["said"], "place"]})
    _go_on(update, context)


@kindly("err-not-allowed")
async def pick_lang(update: Update, context: Context) -> None:
    """The language of the paper, in place."""
    draft, lang = _check_round(context, "form"), context.press.argument
    if lang not in context.city.pack.languages.offered:
        raise Refused("err-old-button")
    context.work.go(NAME, "form", {**draft, "lang": lang})
    context.show(update, _form_screen(context))


@kindly("err-not-allowed")
async def make(update: Update, context: Context) -> None:
    """The last tap: the row is kept, and the files are made after the commit."""
    draft = _check_round(context, "form")
    wish = Wish(draft["kind"], draft.get("place", ""), draft.get("lat"), draft.get("lon"))
    poster_id = await make_poster(context.work, context.city, wish)
    await want_print(context.work, context.city, poster_id, draft["lang"], context.press.argument)
    context.work.end(NAME)
    context.show(update, context.reader.screen(context.rich("poster-wait")))


@kindly("err-not-allowed")
async def stop(update: Update, context: Context) -> None:
    """Nothing is made."""
    _check_round(context)
    context.work.end(NAME)
    rows = [[context.reader.button("btn-posters", HOME_VERB)]]
    context.show(update, context.reader.screen(context.rich("poster-stopped"), rows=rows))


VERBS = {
    KIND_VERB: pick_kind,
    AGAIN_VERB: again,
    SKIP_VERB: skip,
    LANG_VERB: pick_lang,
    PRINT_VERB: make,
    STOP_VERB: stop,
}
DIALOGUES = {NAME: take}
