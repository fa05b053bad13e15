"""For whom: conditions that all hold, each chosen on a page of its own; then they are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import orjson
from telegram import Update

from bot.actions.casting import aim, audience_of, load_cast, want_count
from bot.actions.previewing import WHOM
from bot.domain.broadcast import Audience, Cast
from bot.domain.code import check
from bot.errors import Refused
from bot.store import cases
from bot.store.deliveries import BroadcastRow
from bot.talk.buttons import make
from bot.talk.rich import Rich
from bot.talk.screen import Button, Screen
from handlers.admin.cast.write import NAME, start
from handlers.context import Context
from handlers.official.card import pairs
from handlers.paging import number_of
from handlers.pieces import Piece
from handlers.refused import kindly

PAGE_VERB, TOGGLE_VERB, COUNT_VERB, ALL_VERB = "b-page", "b-tog", "b-count", "b-all"
_STATES = (Cast.DRAFT, Cast.COUNTING)
_ROLES = ("officer", "manager", "dispatcher", "editor", "admin")
_PAGES = {
    "areas": ("btn-to-area", "cast-area-ask"),
    "languages": ("btn-to-language", "cast-language-ask"),
    "channels": ("btn-to-channel", "cast-channel-ask"),
    "roles": ("btn-to-role", "cast-role-ask"),
}


async def show_audience(context: Context, cast_id: int, row: BroadcastRow | None) -> None:
    """As a new message, after the text is there."""
    context.say(_page(context, cast_id, audience_of(row) if row else Audience()))


def _page(context: Context, cast_id: int, audience: Audience) -> Screen:
    reader = context.reader
    each = [reader.button(text, PAGE_VERB, f"{name}.{cast_id}") for name, (text, _) in _PAGES.items()]
    each.append(reader.button("btn-to-case", PAGE_VERB, f"case.{cast_id}"))
    rows = [
        [reader.button("btn-to-all", ALL_VERB, cast_id)],
        *pairs(each),
        [reader.button("btn-continue", COUNT_VERB, cast_id)],
    ]
    texts = [reader.rich("cast-audience"), reader.rich("cast-audience-now", who=_who(context, audience))]
    return reader.screen(*texts, rows=rows)


def _who(context: Context, audience: Audience) -> str:
    """The conditions in words."""
    said = [_name(context, name, value) for name in _PAGES for value in getattr(audience, name)]
    if audience.case_id:
        said.append(context.reader.line("btn-to-case"))
    return "، ".join(said) or context.reader.line("cast-audience-all")


def _choices(context: Context, name: str) -> tuple[str, ...]:
    pack = context.city.pack
    return {
        "areas": tuple(area.key for area in pack.areas),
        "languages": pack.languages.offered,
        "channels": tuple(context.city.bots) or ("telegram", "bale"),
        "roles": _ROLES,
    }[name]


def _name(context: Context, name: str, value: str) -> str:
    reader = context.reader
    if name == "areas":
        return next((area.name(reader.lang) for area in context.city.pack.areas if area.key == value), value)
    prefix = {"languages": "btn-lang", "channels": "channel", "roles": "role"}[name]
    return reader.line(f"{prefix}-{value}")


async def _load(context: Context, number: str) -> BroadcastRow:
    return await load_cast(context.work, number_of(number), *_STATES)


@kindly("err-not-allowed")
async def whom(update: Update, context: Context) -> None:
    """The page of conditions."""
    row = await _load(context, context.press.argument)
    context.show(update, _page(context, row.id, audience_of(row)))


@kindly("err-not-allowed")
async def page(update: Update, context: Context) -> None:
    """What may be chosen of one condition."""
    name, _, number = context.press.argument.partition(".")
    row = await _load(context, number)
    if name == "case":
        await start(context, {"id": row.id, "kind": row.kind}, "case")
        return
    if name not in _PAGES:
        raise Refused("err-old-button")
    context.show(update, _one(context, row, name))


def _one(context: Context, row: BroadcastRow, name: str) -> Screen:
    reader, chosen = context.reader, getattr(audience_of(row), name)

    def button(value: str) -> Button:
        label = _name(context, name, value)
        return Button(f"✅ {label}" if value in chosen else label, make(TOGGLE_VERB, 0, f"{name}.{value}.{row.id}"))

    rows = [*pairs([button(value) for value in _choices(context, name)]), [reader.button("btn-back", WHOM, row.id)]]
    return reader.screen(reader.rich(_PAGES[name][1]), rows=rows)


@kindly("err-not-allowed")
async def toggle(update: Update, context: Context) -> None:
    """One choice on or off."""
    name, _, rest = context.press.argument.partition(".")
    value, _, number = rest.partition(".")
    row = await _load(context, number)
    if name not in _PAGES or value not in _choices(context, name):
        raise Refused("err-old-button")
    before = audience_of(row)
    changed: dict[str, Any] = {name: _toggled(getattr(before, name), value)}
    audience = _topical(row, replace(before, **changed))
    aim(context.work, row, audience)
    said = orjson.dumps(audience.dump()).decode()
    context.show(update, _one(context, row._replace(audience=said), name))


def _toggled(chosen: Iterable[str], value: str) -> tuple[str, ...]:
    known = tuple(chosen)
    return tuple(one for one in known if one != value) if value in known else (*known, value)


def _topical(row: BroadcastRow, audience: Audience) -> Audience:
    """Colleagues and sharers of a report are meant whatever they want to hear of in general."""
    return replace(audience, topic="" if audience.roles or audience.case_id else row.kind)


@kindly("err-not-allowed")
async def everybody(update: Update, context: Context) -> None:
    """No condition at all."""
    row = await _load(context, context.press.argument)
    await _count(update, context, row, Audience(topic=row.kind))


@kindly("err-not-allowed")
async def count(update: Update, context: Context) -> None:
    """As chosen: how many are they?"""
    row = await _load(context, context.press.argument)
    await _count(update, context, row, audience_of(row))


async def _count(update: Update, context: Context, row: BroadcastRow, audience: Audience) -> None:
    want_count(context.work, row, audience)
    context.show(update, context.reader.screen(_counting(context)))


def _counting(context: Context) -> Rich:
    return context.rich("cast-counting")


async def case_given(context: Context, drafted: Mapping[str, Any], piece: Piece) -> None:
    """The code of a report: whoever has it is meant."""
    row = await load_cast(context.work, drafted["id"], *_STATES)
    code = check(piece.text)
    case = await context.work.first(cases.BY_CODE, code=code) if code else None
    if case is None:
        raise Refused("err-code")
    audience = _topical(row, replace(audience_of(row), case_id=case.id))
    aim(context.work, row, audience)
    context.work.end(NAME)
    context.say(_page(context, row.id, audience))


STEPS = {"case": case_given}
VERBS = {
    WHOM: whom,
    PAGE_VERB: page,
    TOGGLE_VERB: toggle,
    COUNT_VERB: count,
    ALL_VERB: everybody,
}
