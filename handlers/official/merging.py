"""Several reports of one problem become one, and one report of several problems becomes several: what both ask for."""

from __future__ import annotations

from telegram import Update

from bot.actions.fields import check_length
from bot.actions.merge import check_pair, list_near, merge_case, merge_near
from bot.actions.notices import OPEN_VERB
from bot.actions.split import MOST_PARTS, split_case
from bot.domain import geo
from bot.domain.case import State
from bot.errors import Refused
from bot.store import cases
from bot.store.cases import CaseRow
from bot.talk.cases import title
from bot.talk.rich import Rich
from bot.talk.screen import Button, Screen
from bot.understand.tracking import tracking_code
from handlers.context import Context
from handlers.official.card import show_card
from handlers.official.slots import STOP_VERB, Form, Given, Slot, only_text, pick_button
from handlers.paging import number_of
from handlers.pieces import Piece

_SHOWN = 5  # near ones with a button each; "all of them" takes the others too
_ALL = "all"


def _asked(context: Context, form: Form, *texts: Rich, rows: list[list[Button]]) -> Screen:
    """A question with its answers, and the way out in the last row."""
    stop = [context.reader.button("btn-cancel", STOP_VERB, version=form.round)]
    return context.reader.screen(*texts, rows=[*rows, stop])


def _sure(context: Context, form: Form) -> list[list[Button]]:
    line = context.reader.line
    return [[pick_button(form, line("btn-yes"), "yes"), pick_button(form, line("btn-no"), "no")]]


# Merging: the code of the other one, one of those nearby, or all of them.


async def _ask_into(context: Context, form: Form) -> Screen:
    if form.given.get("candidate"):
        return await _preview(context, form, form.given["candidate"])
    near = await list_near(context.work, context.city, form.case)
    if form.given.get(_ALL) and near:
        code = context.reader.code(form.case.code)
        return _asked(
            context, form, context.rich("desk-merge-many", count=len(near), code=code), rows=_sure(context, form)
        )
    reader = context.reader
    lines = [
        reader.rich(
            "desk-near-line",
            number=number,
            distance=round(metres),
            title=title(reader, context.city.pack, other.category, other.area),
            code=reader.code(other.code),
        )
        for number, (other, metres) in enumerate(near[:_SHOWN], 1)
    ]
    rows = [
        [pick_button(form, reader.digits(number), other.id) for number, (other, _) in enumerate(near[:_SHOWN], 1)],
        [pick_button(form, reader.line("btn-merge-all"), _ALL)] if len(near) > 1 else [],
    ]
    return _asked(context, form, reader.rich("desk-merge-ask"), *lines, rows=rows)


async def _preview(context: Context, form: Form, candidate: int) -> Screen:
    reader, case = context.reader, form.case
    other = await _load(context, case, candidate)
    here, there = _point(case), _point(other)
    said = reader.rich(
        "desk-merge-preview" if here and there else "desk-merge-preview-words",
        old=reader.code(case.code),
        code=reader.code(other.code),
        title=title(reader, context.city.pack, other.category, other.area),
        distance=round(geo.distance(here, there)) if here and there else 0,
    )
    return _asked(context, form, said, rows=_sure(context, form))


def _point(case: CaseRow) -> geo.Point | None:
    return None if case.lat is None or case.lon is None else (case.lat, case.lon)


async def _load(context: Context, case: CaseRow, case_id: int) -> CaseRow:
    other = await context.work.first(cases.BY_ID, case_id=case_id)
    return check_pair(context.work, context.city, case, other)


async def _take_into(context: Context, form: Form, piece: Piece) -> Given:
    """A code that was typed."""
    code = tracking_code(only_text(piece))
    found = await context.work.first(cases.BY_CODE, code=code) if code else None
    other = await _load(context, form.case, found.id if found else 0)
    return {"candidate": other.id, _ALL: False}


async def _pick_into(context: Context, form: Form, argument: str) -> Given:
    match argument:
        case "yes" if form.given.get("candidate"):
            return {"into": form.given["candidate"]}
        case "yes" if form.given.get(_ALL):
            return {"into": form.case.id}
        case "no":
            return {"candidate": 0, _ALL: False}
        case "all":
            return {"candidate": 0, _ALL: True}
        case _:
            other = await _load(context, form.case, number_of(argument))
            return {"candidate": other.id, _ALL: False}


async def merge(update: Update, context: Context, form: Form, card: int) -> None:
    """Make it so, and say how many people were told."""
    work, city, case = context.work, context.city, form.case
    if form.given["into"] == case.id:
        into, told = await merge_near(work, city, case)
        await show_card(update, context, into, at=card)
    else:
        into, told = await merge_case(work, city, case, await _load(context, case, form.given["into"]))
        gone = case._replace(state=State.MERGED, merged_into=into.id, version=case.version + 1)
        await show_card(update, context, gone, at=card)
    _say(context, into, context.rich("desk-merge-ok", count=told))


# Splitting: the problems, one a message.


async def _ask_parts(context: Context, form: Form) -> Screen:
    count = len(form.given.get("problems", ()))
    save = [pick_button(form, context.reader.line("btn-save"), "save")]
    noted = context.rich("desk-split-noted", count=count) if count else ()
    return _asked(context, form, context.rich("desk-split-ask"), noted, rows=[save] if count else [])


async def _take_parts(context: Context, form: Form, piece: Piece) -> Given:
    words, problems = only_text(piece), form.given.get("problems", [])
    check_length(context.city, words)
    if len(problems) >= MOST_PARTS:
        raise Refused("desk-split-many", max=MOST_PARTS)
    return {"problems": [*problems, words]}


async def _pick_parts(context: Context, form: Form, argument: str) -> Given:
    problems = form.given.get("problems", [])
    if argument != "save":
        raise Refused("err-old-button")
    if len(problems) < 2:
        raise Refused("desk-split-few")
    return {"parts": problems}


async def split(update: Update, context: Context, form: Form, card: int) -> None:
    """Make it so, and say the new codes."""
    reader = context.reader
    after, codes = await split_case(context.work, context.city, form.case, form.given["parts"])
    await show_card(update, context, after, at=card)
    _say(context, after, reader.rich("desk-split-ok", code=reader.code(after.code), codes=reader.codes(codes)))


def _say(context: Context, case: CaseRow, said: Rich) -> None:
    reader = context.reader
    rows = [[reader.button("btn-open", OPEN_VERB, case.id), reader.button("btn-next", "v-next", case.id)]]
    context.say(reader.screen(said, rows=rows), case=case.id)


SLOTS = {"into": Slot(_ask_into, _take_into, _pick_into), "parts": Slot(_ask_parts, _take_parts, _pick_parts)}
MADE = {"merge": merge, "split": split}
"""Moves that are more than one: made here instead of by the form."""
