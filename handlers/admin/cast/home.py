"""The broadcasts, newest first, and each of them: its draft, its progress, its account."""

from __future__ import annotations

import orjson
from telegram import Update

from bot.actions.casting import check_casts, content_of, load_cast, second_buttons
from bot.actions.previewing import DROP, preview
from bot.actions.staff import load_staff
from bot.domain.broadcast import OVER, Cast, Tally, tally
from bot.store import deliveries, tables
from bot.store.casts import CASTS_COUNT, CASTS_NEWER, CASTS_OLDER
from bot.store.deliveries import BroadcastRow
from bot.talk import announcing, casting
from bot.talk.screen import Screen
from handlers.admin.home import VERB as ADMIN_VERB
from handlers.context import Context
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly
from handlers.table import Offer

HOME_VERB, NEW_VERB, OPEN_VERB = "b-home", "b-new", "b-open"
_LISTING = Listing(CASTS_OLDER, CASTS_NEWER, CASTS_COUNT)
_GOING = (Cast.SENDING, Cast.PAUSED)


@kindly("err-not-allowed")
async def home(update: Update, context: Context) -> None:
    """What was announced and what waits; a number opens one."""
    reader, work = context.reader, context.work
    check_casts(work)
    page = await load_page(work, _LISTING, context.city.pack.limits.list_page, context.press.argument)
    lines = [
        reader.rich(
            "cast-home-line",
            number=at,
            title=row.title,
            state=reader.line(f"cast-state-{row.state}"),
            date=reader.date_clock(row.started_at or row.send_at or row.created_at),
        )
        for at, row in enumerate(page.rows, 1)
    ]
    rows = [
        [reader.button("btn-new-cast", NEW_VERB)],
        numbers(reader, page, OPEN_VERB),
        turns(reader, page, HOME_VERB),
        [reader.button("btn-back", ADMIN_VERB)],
    ]
    head = reader.rich("cast-home" if lines else "cast-home-empty")
    context.show(update, reader.screen(head, *lines, place(reader, page), rows=rows, gap="\n\n"))


@kindly("err-not-allowed")
async def opened(update: Update, context: Context) -> None:
    """One of them, as far as it is."""
    await show(update, context, await load_cast(context.work, number_of(context.press.argument)))


async def show(update: Update, context: Context, row: BroadcastRow) -> None:
    """Its card, in place of what was pressed; a draft or what waits for somebody is shown whole."""
    reader, city, work = context.reader, context.city, context.work
    if row.state not in (*_GOING, *OVER):
        whole = announcing.announcement(reader, row.kind, content_of(row), row.id)
        context.say(Screen(whole.text, (), None, whole.media, rtl=whole.rtl))
        context.say(await waiting(context, row))
        return
    counts = await counts_of(context, row)
    why = await work.query(deliveries.ERRORS, broadcast_id=row.id) if counts.failed else []
    said = casting.card(reader, row, counts, city.pack.limits.pushes_per_day, why)
    query = update.callback_query
    message = query.message.message_id if query and query.message else 0
    card = work.say(said, edit=message, collapse=casting.key(row.id))
    if row.state in _GOING:
        work.set(tables.broadcasts, row.id, card_id=card)


async def waiting(context: Context, row: BroadcastRow) -> Screen:
    """What can be done with one that has not begun, or never will."""
    reader, drop = context.reader, [context.reader.button("btn-drop-cast", DROP, row.id)]
    if row.state == Cast.DRAFT:
        return preview(context.city, reader, row, context.work.now)
    if row.state == Cast.COUNTING:
        return reader.screen(reader.rich("cast-counting"), rows=[drop])
    if row.state == Cast.SCHEDULED:
        return reader.screen(reader.rich("cast-scheduled", date=reader.date_clock(row.send_at)), rows=[drop])
    staff = await load_staff(context.work)
    if row.state == Cast.REJECTED:
        return reader.screen(reader.rich("cast-rejected", name=staff.name(row.approver_id), reason=row.reason))
    if row.state == Cast.CANCELLED:
        return reader.screen(reader.rich("cast-cancelled", title=row.title))
    if row.author_id == context.person.id:
        text = reader.rich("cast-second-wait", count=context.city.pack.limits.second_approval_from)
        return reader.screen(text, rows=[drop])
    text = reader.rich("cast-second-ask", name=staff.name(row.author_id), count=row.size)
    return reader.screen(text, rows=[second_buttons(reader, row.id)])


async def counts_of(context: Context, row: BroadcastRow) -> Tally:
    """Kept when it was over, counted before."""
    if row.finished_at:
        return Tally(**orjson.loads(row.counts))
    found = await context.work.query(deliveries.STATES, broadcast_id=row.id)
    return tally({each.state: each.n for each in found})


VERBS = {HOME_VERB: home, OPEN_VERB: opened, casting.CARD: opened}
ADMIN_OFFERS = (Offer(10, "btn-broadcast", HOME_VERB, ("admin",)),)
