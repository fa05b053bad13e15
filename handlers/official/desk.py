"""The desk: home with counts, the next case that is mine to do, and the lists behind the counts."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.actions.duty import set_duty
from bot.actions.lists import BOTTOM, LISTS, TOP, bounds_of, desk_list, own_list
from bot.actions.notices import OPEN_VERB
from bot.actions.sight import Sight, check_desk
from bot.domain.rights import CENTRE_ROLES, UNIT_ROLES
from bot.store.cases import BY_ID
from bot.talk.desk import desk_line
from bot.talk.roles import desk_name
from bot.talk.screen import Button
from handlers.context import Context
from handlers.official.card import pairs, say_case
from handlers.official.sheet import SHEET_VERB
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly

LIST_VERB, BELOW_VERB, NEXT_VERB, HOME_VERB = "v-list", "v-below", "v-next", "v-home"


def _bounds(context: Context, sight: Sight) -> dict[str, Any]:
    return bounds_of(sight, context.city, context.person.id, context.work.now)


@kindly("desk-not-yours")
async def home(update: Update, context: Context) -> None:
    """Counts, and behind each its list."""
    work, reader = context.work, context.reader
    sight = await check_desk(work)
    bounds = _bounds(context, sight)
    counts = {}
    for name in LISTS:
        counts[name] = (await work.query(desk_list(name, sight).ahead, key=BOTTOM, **bounds))[0].n
    text = [reader.rich("desk-home", department=desk_name(reader, context.city.pack, work.person.roles))]
    if not any(counts.values()):
        text.append(reader.rich("desk-queue-empty"))
    lists = [_count_button(context, name, counts[name]) for name in LISTS if counts[name] or name in ("new", "mine")]
    rows = [[reader.button("btn-next", NEXT_VERB)], *pairs(lists), *pairs(_ways(context)), _duty(context)]
    rows.append(_people(context))
    context.show(update, reader.screen(*text, rows=rows))


def _count_button(context: Context, name: str, count: int) -> Button:
    reader = context.reader
    plain = reader.button(f"btn-list-{name}", LIST_VERB, f"{name}.")
    return Button(f"{plain.label} ({reader.digits(count)})" if count else plain.label, plain.data)


def _ways(context: Context) -> list[Button]:
    """What else is done from here."""
    reader = context.reader
    phone = [reader.button("btn-phone-report", "v-phone")] if context.person.has(*CENTRE_ROLES) else []
    return [reader.button("btn-near", "v-near"), reader.button("btn-search", "v-search"), *phone]


def _duty(context: Context) -> list[Button]:
    on = bool(context.person.duty)
    return [context.reader.button("btn-duty-off" if on else "btn-duty-on", "v-duty", "off" if on else "on")]


def _people(context: Context) -> list[Button]:
    """For who gives and takes roles."""
    return [context.reader.button("btn-people", "a-people")] if context.person.has("admin", "manager") else []


@kindly("desk-not-yours")
async def show_list(update: Update, context: Context) -> None:
    """One of the lists, what presses most first."""
    await _show(update, context)


@kindly("desk-not-yours")
async def below(update: Update, context: Context) -> None:
    """The list, below a report that stays as it is."""
    await _show(Update(update.update_id), context)


async def _show(update: Update, context: Context) -> None:
    work, reader, pack = context.work, context.reader, context.city.pack
    name, _, cursor = context.press.argument.partition(".")
    name = name if name in LISTS else "new"
    sight = await check_desk(work)
    found = desk_list(name, sight)
    listing = Listing(found.older, found.newer, found.ahead, TOP, BOTTOM)
    page = await load_page(work, listing, pack.limits.list_page, cursor, **_bounds(context, sight))
    back = [reader.button("btn-desk", HOME_VERB)]
    if not page.rows:
        context.show(update, reader.screen(reader.rich("desk-list-empty"), rows=[back]))
        return
    lines = [desk_line(reader, pack, at, row, work.now) for at, row in enumerate(page.rows, 1)]
    texts = (reader.rich(f"desk-list-{name}"), *lines, place(reader, page))
    ways = turns(reader, page, LIST_VERB, f"{name}.", ("btn-before", "btn-after"))
    sheet = [reader.button("btn-export-list", SHEET_VERB, f"list.{name}")]
    rows = [numbers(reader, page, OPEN_VERB, lambda row: row.case_id), ways, sheet, back]
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


@kindly("desk-not-yours")
async def next_case(update: Update, context: Context) -> None:
    """The most urgent case that is mine to do: one of mine, else a new one of my desk. Not the one just seen."""
    work = context.work
    sight = await check_desk(work)
    bounds = _bounds(context, sight)
    seen = number_of(context.press.argument)
    rows = [
        row
        for name in ("mine", "new")
        for row in await work.query(own_list(name, sight).older, key=TOP, most=2, **bounds)
        if row.case_id != seen and row.state != "need_info"
    ]
    if not rows:
        context.tell("desk-queue-empty")
        return
    first = min(rows, key=lambda row: row.id)
    case = await work.first(BY_ID, case_id=first.case_id)
    assert case is not None  # the list has just named it
    await say_case(context, case)


@kindly("desk-not-yours")
async def duty(update: Update, context: Context) -> None:
    """At work or not: whom new cases ring for."""
    await check_desk(context.work)
    alone = await set_duty(context.work, on=context.press.argument == "on")
    if context.person.duty:
        context.tell("desk-duty-on")
    elif alone:
        context.tell(
            "desk-duty-off-last", department=desk_name(context.reader, context.city.pack, context.person.roles)
        )
    else:
        context.tell("desk-duty-off")


async def as_official(update: Update, context: Context) -> None:
    """From the citizen's menu to the desk, with one tap."""
    if not any(role.role in UNIT_ROLES | CENTRE_ROLES for role in context.person.roles):
        context.tell("err-not-allowed")
        return
    if not context.person.official_view:
        context.work.know(official_view=True)
        context.tell("desk-menu")
    await home(Update(update.update_id), context)


async def as_citizen(update: Update, context: Context) -> None:
    """And back."""
    context.work.know(official_view=False)
    context.tell("menu-main")


async def list_by_key(update: Update, context: Context) -> None:
    """A key of the desk's menu."""
    await next_case(update, context)


LABELS = {"btn-desk": as_official, "btn-as-citizen-menu": as_citizen, "btn-next": list_by_key}
VERBS = {LIST_VERB: show_list, BELOW_VERB: below, NEXT_VERB: next_case, HOME_VERB: home, "v-duty": duty}
