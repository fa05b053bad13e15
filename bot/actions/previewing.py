"""What an announcement will look like, and to how many it goes: shown to its author before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import orjson

from bot.actions.casting import content_of, expiry, readers, screens_of
from bot.actions.city import City
from bot.domain.broadcast import Cast
from bot.store import tables
from bot.store.deliveries import BroadcastRow
from bot.store.people import ACCOUNTS, addresses
from bot.store.work import Work
from bot.talk.reader import Reader
from bot.talk.screen import Button, Screen

SEND, LATER, TEST, WHOM, ADD, WORDS, REWRITE, DROP = (
    *("b-send", "b-later", "b-test", "b-whom"),
    *("b-add", "b-words", "b-rewrite", "b-drop"),
)
_RATES = {"telegram": 30, "bale": 10}  # messages a second, as the settings begin with
_MINUTE = 60


async def counted(work: Work, city: City, row: BroadcastRow, by_channel: Mapping[str, int]) -> None:
    """Its audience is known: its author is shown what will be sent, and to how many."""
    size = sum(by_channel.values())
    counts = orjson.dumps({"channels": dict(by_channel)}).decode()
    work.set(tables.broadcasts, row.id, state=str(Cast.DRAFT), size=size, counts=counts)
    to = (await addresses(work, [row.author_id or 0])).get(row.author_id or 0)
    if to is None:
        return
    reader, content = city.reader(to), content_of(row)
    if not size:
        rows = [[reader.button("btn-whom-cast", WHOM, row.id), reader.button("btn-drop-cast", DROP, row.id)]]
        work.say(reader.screen(reader.rich("cast-nobody"), rows=rows), to)
        return
    work.say(screens_of(city, row.kind, content, row.id)[to.lang if to.lang in content.texts else "fa"], to)
    work.say(preview(city, reader, row._replace(size=size, counts=counts), work.now), to)


def preview(city: City, reader: Reader, row: BroadcastRow, now: int) -> Screen:
    """The figures, and all that can be done before it goes out; it can't be sent before its people are counted."""
    if not row.size:
        return reader.screen(reader.rich("cast-uncounted"), rows=_rows(reader, row.id)[1:])
    channels = orjson.loads(row.counts).get("channels", {})
    named = [
        reader.line("cast-preview-channel", channel=reader.line(f"channel-{key}"), count=number)
        for key, number in channels.items()
    ]
    slowest = max((ceil(number / _RATES.get(key, 10) / _MINUTE) for key, number in channels.items()), default=1)
    text = reader.rich(
        "cast-preview",
        count=row.size,
        channels="، ".join(named),
        kind=reader.line(f"cast-kind-{row.kind}"),
        date=reader.date_clock(row.send_at) if row.send_at else reader.line("cast-preview-now"),
        minutes=slowest,
        expires=reader.date_clock(expiry(city, row, max(now, row.send_at))),
    )
    return reader.screen(text, rows=_rows(reader, row.id))


def _rows(reader: Reader, cast_id: int) -> list[list[Button]]:
    def button(text: str, verb: str) -> Button:
        return reader.button(text, verb, cast_id)

    return [
        [button("btn-send-now", SEND), button("btn-schedule", LATER)],
        [button("btn-test-cast", TEST), button("btn-whom-cast", WHOM)],
        [button("btn-cast-add", ADD), button("btn-translations", WORDS)],
        [button("btn-edit-text", REWRITE), button("btn-drop-cast", DROP)],
    ]


async def test(work: Work, city: City, row: BroadcastRow) -> int:
    """The message in each of its languages to its author alone, on each of their messengers. Answers how many."""
    content = content_of(row)
    made = screens_of(city, row.kind, content, row.id)
    langs = [lang for lang in readers(city) if lang == "fa" or content.template or lang in content.texts]
    accounts = await work.query(ACCOUNTS, ids=orjson.dumps([work.person.id]).decode())
    there = [account.address for account in accounts if account.reachable]
    for to in there:
        reader = city.reader(to)
        for lang in langs:
            named = reader.rich("cast-preview-language", language=reader.line(f"btn-lang-{lang}"))
            work.say(reader.screen(named), to)
            work.say(made[lang], to)
    return len(there) * len(langs)
