"""Announcements to many: their rows. Who gets one is worked out while it is being sent (`bot/broadcaster.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import orjson

from bot.actions.city import City
from bot.actions.showing import note
from bot.domain.broadcast import Audience, Cast, Mode, Tally
from bot.store import deliveries, tables
from bot.store.deliveries import BroadcastRow
from bot.store.people import addresses
from bot.store.person import Address
from bot.store.work import Priority, Work
from bot.talk import casting
from bot.talk import screen as screens
from bot.talk.screen import Screen

NO_SCREENS: Mapping[str, Screen] = {}


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is to be told. `screens` by language: Persian must be there, others fall back to it; each is one message
    (at most one file). `kind` is a key of `[broadcast]`. With a `mode` it changes or takes back what `parent_id` said.
    """

    kind: str
    title: str
    screens: Mapping[str, Screen]
    audience: Audience
    mode: Mode = Mode.SAY
    relation: str = ""
    parent_id: int | None = None
    news_id: int | None = None
    expires_at: int = 0
    more: Mapping[str, object] = field(default_factory=dict)


def do_broadcast(work: Work, what: Announcement, state: Cast = Cast.SENDING) -> int:
    """Stage a broadcast; in the state *sending* it goes out from now on. Answers its id. Rights are the caller's."""
    broadcast_id = work.add(
        tables.broadcasts,
        kind=what.kind,
        mode=str(what.mode),
        relation=what.relation,
        state=str(state),
        title=what.title,
        audience=orjson.dumps(what.audience.dump()).decode(),
        parent_id=what.parent_id,
        news_id=what.news_id,
        author_id=work.who.id if work.who else None,
        started_at=work.now if state is Cast.SENDING else 0,
        expires_at=what.expires_at,
        created_at=work.now,
        **what.more,
    )
    render(work, broadcast_id, what.screens, 1)
    note(work, "broadcast", broadcast_id, "made", state=str(state))
    return broadcast_id


def render(work: Work, broadcast_id: int, by_language: Mapping[str, Screen], version: int) -> None:
    """Stage the screens that its deliveries share."""
    for lang, screen in (by_language or {"fa": Screen()}).items():
        said = orjson.dumps(screens.dump(screen)).decode()
        work.add(tables.renditions, broadcast_id=broadcast_id, version=version, lang=lang, screen=said)


async def show_start(work: Work, city: City, row: BroadcastRow) -> None:
    """It begins while its author looks elsewhere: the message that will show its progress, with buttons to stop it."""
    to = await _author(work, row)
    if to:
        began = row._replace(state=str(Cast.SENDING))
        shown = casting.card(city.reader(to), began, Tally(), city.pack.limits.pushes_per_day)
        card_id = work.say(shown, to, priority=Priority.PUSH, collapse=casting.key(row.id))
        work.set(tables.broadcasts, row.id, card_id=card_id)


async def finish(work: Work, city: City, row: BroadcastRow, state: Cast, counts: Tally) -> None:
    """It is over: what became of it is kept and told to its author, in place of the progress."""
    work.set(
        tables.broadcasts,
        row.id,
        state=str(state),
        finished_at=work.now,
        counts=orjson.dumps(asdict(counts)).decode(),
    )
    note(work, "broadcast", row.id, str(state))
    await _show(work, city, row._replace(state=str(state), finished_at=work.now), counts, anew=True)


async def show_progress(work: Work, city: City, row: BroadcastRow, counts: Tally) -> None:
    """How far it is, in the message that its author has before them."""
    await _show(work, city, row, counts, anew=False)


async def _show(work: Work, city: City, row: BroadcastRow, counts: Tally, *, anew: bool) -> None:
    card = await work.first(deliveries.CARD, card_id=row.card_id) if row.card_id else None
    to = await _author(work, row)
    if to is None or not (anew or card):
        return
    there = card is not None and card.account_id == to.account_id and card.message_id
    why = await work.query(deliveries.ERRORS, broadcast_id=row.id) if counts.failed else []
    screen = casting.card(city.reader(to), row, counts, city.pack.limits.pushes_per_day, why)
    edit = card.message_id if card and there else 0
    work.say(screen, to, priority=Priority.PUSH, collapse=casting.key(row.id), edit=edit)


async def _author(work: Work, row: BroadcastRow) -> Address | None:
    """Where its author reads the account; nobody for what wrote itself."""
    if row.author_id is None or row.relation in ("news", "summary"):
        return None
    return (await addresses(work, [row.author_id])).get(row.author_id)
