"""Writing an announcement: its kind, a template that is filled in or a free text, one question at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from telegram import Update

from bot.actions.attach import do_attach
from bot.actions.casting import check_casts, content_of, draft, load_cast
from bot.actions.previewing import ADD, REWRITE, WORDS
from bot.domain.broadcast import Cast
from bot.domain.content import Content, load_content
from bot.errors import Refused
from bot.store.deliveries import BroadcastRow
from bot.talk.buttons import make
from bot.talk.screen import Button
from handlers.admin.cast.home import HOME_VERB, NEW_VERB
from handlers.context import Context
from handlers.moments import read_moment
from handlers.official.card import pairs
from handlers.paging import number_of
from handlers.pieces import Piece
from handlers.refused import kindly

NAME = "desk-cast"
KIND_VERB, TEMPLATE_VERB, NOW_VERB, SKIP_VERB, LANGUAGE_VERB = "b-kind", "b-tpl", "b-now", "b-skip", "b-lang"
_MEGABYTE = 1 << 20
_SLOTS = ("place", "from", "until", "reason")
_MORE = {"road": ("detour",)}
Taken = Callable[[Context, Mapping[str, Any], Piece], Awaitable[None]]


@kindly("err-not-allowed")
async def begin(update: Update, context: Context) -> None:
    """Of which kind?"""
    check_casts(context.work)
    reader = context.reader
    kinds = [reader.button(f"btn-kind-{kind}", KIND_VERB, kind) for kind in context.city.pack.broadcast]
    rows = [*pairs(kinds), [reader.button("btn-back", HOME_VERB)]]
    context.show(update, reader.screen(reader.rich("cast-kind-ask"), rows=rows))


@kindly("err-not-allowed")
async def kind(update: Update, context: Context) -> None:
    """From a template, where its kind has some."""
    check_casts(context.work)
    broadcast = context.city.pack.broadcast.get(context.press.argument)
    if broadcast is None:
        raise Refused("err-old-button")
    reader, chosen = context.reader, context.press.argument
    if not broadcast.templates:
        await start(context, {"kind": chosen, "content": {}}, "text")
        return
    each = [
        reader.button(f"btn-template-{name}", TEMPLATE_VERB, f"{chosen}.{name}")
        for name in (*broadcast.templates, "free")
    ]
    rows = [*pairs(each), [reader.button("btn-back", NEW_VERB)]]
    context.show(update, reader.screen(reader.rich("cast-template-ask"), rows=rows))


@kindly("err-not-allowed")
async def template(update: Update, context: Context) -> None:
    """What it tells of; then where, when and why."""
    check_casts(context.work)
    chosen, _, name = context.press.argument.partition(".")
    broadcast = context.city.pack.broadcast.get(chosen)
    if broadcast is None or name not in (*broadcast.templates, "free"):
        raise Refused("err-old-button")
    content = {} if name == "free" else {"template": name}
    await start(context, {"kind": chosen, "content": content}, "text" if name == "free" else "place")


async def start(context: Context, drafted: Mapping[str, Any], step: str) -> None:
    """The first question of a round."""
    context.work.begin(NAME, step, drafted)
    await ask(context, step)


async def ask(context: Context, step: str) -> None:
    """One question, with the button that answers it where there is one."""
    reader, dialogue = context.reader, context.work.dialogue(NAME)

    def button(text: str, verb: str, argument: str = "") -> Button:
        return Button(reader.line(text), make(verb, dialogue.version, argument))

    ready = {"from": [button("btn-cast-now", NOW_VERB)], "detour": [button("btn-skip", SKIP_VERB)]}.get(step, [])
    rows = [ready, [button("btn-cancel", "b-cancel")]]
    name = reader.line(f"btn-lang-{step[5:]}") if step.startswith("lang-") else ""
    text = reader.rich("cast-translate-text", language=name) if name else reader.rich(_ASKED[step])
    context.say(reader.screen(text, rows=rows), collapse=NAME)


_ASKED = {
    "place": "cast-place-ask",
    "from": "cast-from-ask",
    "until": "cast-until-ask",
    "reason": "cast-reason-ask",
    "detour": "cast-detour-ask",
    "text": "cast-text-ask",
    "add": "cast-add-ask",
    "case": "cast-case-ask",
}


async def words(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """A slot of a template."""
    step = context.work.dialogue(NAME).step
    if not piece.text:
        await ask(context, step)
        return
    await fill(context, drafted, step, piece.text)


async def moment(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """From when, or until when."""
    step, at = context.work.dialogue(NAME).step, read_moment(context, piece.text)
    if step == "until" and at <= drafted["content"].get("from_at", 0):
        raise Refused("cast-until-before")
    await fill(context, drafted, f"{step}_at", at)


async def fill(context: Context, drafted: Mapping[str, Any], name: str, value: Any) -> None:
    """This is known; on to what is still asked."""
    content = {**drafted["content"], name: value}
    kept = {**drafted, "content": content, "skipped": drafted.get("skipped", False) or value == ""}
    name = content["template"]
    missing = next((slot for slot in (*_SLOTS, *_MORE.get(name, ())) if _is_missing(kept, slot)), None)
    if missing:
        context.work.go(NAME, missing, kept)
        await ask(context, missing)
        return
    await keep(context, kept, load_content(content))


def _is_missing(drafted: Mapping[str, Any], slot: str) -> bool:
    content = drafted["content"]
    if slot == "detour":
        return not content.get("detour") and not drafted["skipped"]
    return not content.get(f"{slot}_at" if slot in ("from", "until") else slot)


async def free(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """A free text; a picture, a file or a place may come with it or later."""
    content = _with(context, load_content(drafted["content"]), piece)
    if not content.texts.get("fa"):
        context.work.go(NAME, "text", {**drafted, "content": content.dump()})
        await ask(context, "text")
        return
    await keep(context, drafted, content)


def _with(context: Context, content: Content, piece: Piece) -> Content:
    """What a message adds. Raises Refused for a file that is too large."""
    if piece.text:
        content = replace(content, texts={**content.texts, "fa": piece.text})
    if piece.file:
        most = context.city.pack.limits.max_file_mb
        if piece.file.size > most * _MEGABYTE:
            raise Refused("report-photo-big", max=most)
        content = replace(content, file=(do_attach(context.work, context.bot_key, piece.file), piece.file.kind))
    if piece.place:
        content = replace(content, pin=(piece.place.lat, piece.place.lon))
    return content


async def added(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """A picture, file or place for a draft."""
    if not (piece.file or piece.place):
        await ask(context, "add")
        return
    row = await load_cast(context.work, drafted["id"], Cast.DRAFT)
    await keep(context, drafted, _with(context, content_of(row), replace_text(piece)))


def replace_text(piece: Piece) -> Piece:
    """Its words are none of the announcement's."""
    return replace(piece, text="")


async def translated(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """The text in another language."""
    step = context.work.dialogue(NAME).step
    if not piece.text:
        await ask(context, step)
        return
    row = await load_cast(context.work, drafted["id"], Cast.DRAFT)
    content = content_of(row)
    await keep(context, drafted, replace(content, texts={**content.texts, step[5:]: piece.text}))


async def keep(context: Context, drafted: Mapping[str, Any], content: Content) -> None:
    """All is there: it becomes a draft that stays, and the next question is for whom it is."""
    from handlers.admin.cast.audience import show_audience

    row = await load_cast(context.work, drafted["id"], Cast.DRAFT) if drafted.get("id") else None
    cast_id = draft(context.work, context.city, drafted["kind"], content, row)
    context.work.end(NAME)
    await show_audience(context, cast_id, row)


@kindly("err-not-allowed")
async def now(update: Update, context: Context) -> None:
    """From this moment on."""
    dialogue = check_round(context)
    await fill(context, dialogue, "from_at", context.work.now)


@kindly("err-not-allowed")
async def skip(update: Update, context: Context) -> None:
    """There is no other way."""
    await fill(context, check_round(context), "detour", "")


def check_round(context: Context) -> Mapping[str, Any]:
    """What was drafted in the round that a button belongs to. Raises Refused for an earlier one's."""
    dialogue = context.work.dialogue(NAME)
    if not dialogue or dialogue.version != context.press.version:
        raise Refused("err-old-button")
    return dialogue.draft


@kindly("err-not-allowed")
async def cancelled(update: Update, context: Context) -> None:
    """Nothing is asked any more; a draft that was there stays."""
    check_round(context)
    context.work.end(NAME)
    context.tell("cast-not-asked")


async def _draft_of(context: Context) -> BroadcastRow:
    return await load_cast(context.work, number_of(context.press.argument), Cast.DRAFT)


@kindly("err-not-allowed")
async def add(update: Update, context: Context) -> None:
    """A picture, a file or a place."""
    row = await _draft_of(context)
    await start(context, {"kind": row.kind, "id": row.id}, "add")


@kindly("err-not-allowed")
async def rewrite(update: Update, context: Context) -> None:
    """From the first question on; the audience, the file and the place stay."""
    row = await _draft_of(context)
    before = content_of(row)
    content = Content(template=row.template, file=before.file, pin=before.pin).dump()
    await start(context, {"kind": row.kind, "id": row.id, "content": content}, "place" if row.template else "text")


@kindly("err-not-allowed")
async def languages(update: Update, context: Context) -> None:
    """In which other language there is a text."""
    row, reader = await _draft_of(context), context.reader
    if row.template:
        raise Refused("cast-translated")
    others = [lang for lang in context.city.pack.languages.offered if lang != "fa"]
    buttons = [reader.button(f"btn-lang-{lang}", LANGUAGE_VERB, f"{lang}.{row.id}") for lang in others]
    rows = [buttons, [reader.button("btn-back", "b-open", row.id)]]
    context.show(update, reader.screen(reader.rich("cast-translate-ask"), rows=rows))


@kindly("err-not-allowed")
async def language(update: Update, context: Context) -> None:
    """The text in this language."""
    lang, _, number = context.press.argument.partition(".")
    row = await load_cast(context.work, number_of(number), Cast.DRAFT)
    if lang not in context.city.pack.languages.offered:
        raise Refused("err-old-button")
    await start(context, {"kind": row.kind, "id": row.id}, f"lang-{lang}")


STEPS: dict[str, Taken] = {
    **dict.fromkeys(("place", "reason", "detour"), words),
    **dict.fromkeys(("from", "until"), moment),
    "text": free,
    "add": added,
    **dict.fromkeys(("lang-ckb", "lang-az", "lang-en"), translated),
}
VERBS = {
    NEW_VERB: begin,
    KIND_VERB: kind,
    TEMPLATE_VERB: template,
    NOW_VERB: now,
    SKIP_VERB: skip,
    "b-cancel": cancelled,
    ADD: add,
    REWRITE: rewrite,
    WORDS: languages,
    LANGUAGE_VERB: language,
}
