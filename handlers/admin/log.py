"""The log for admins: the newest of what happened to cases and to people, who did it, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from telegram import Update

from bot.errors import Refused
from bot.store.audit import LOG_NEWER, LOG_OLDER, LogRow
from bot.store.cases import NEWEST
from bot.store.people import names
from bot.talk.cards import event_said
from bot.talk.rich import Rich, join
from bot.talk.roles import role_name
from bot.talk.screen import Button
from handlers.context import Context
from handlers.paging import number_of
from handlers.refused import kindly
from handlers.table import Offer

VERB = "a-log"
_PAGE = 10  # lines of one sentence each
_KINDS = frozenset(
    ("invited", "accepted", "revoked", "invitation-revoked", "duty-on", "duty-off", "blocked", "unblocked")
)


@kindly("err-not-allowed")
async def show_log(update: Update, context: Context) -> None:
    """A page of it, newest first."""
    if not context.person.has("admin"):
        raise Refused("err-not-allowed")
    rows, newer, older = await _page(context, context.press.argument)
    ids = {each for row in rows for each in (row.person_id, row.about_id) if each}
    named = await names(context.work, ids)
    lines = [line for row in rows if (line := _line(context, row, named))]
    reader = context.reader
    head = reader.rich("admin-log-head" if lines else "admin-log-none")
    ways = _ways(context, rows, newer=newer, older=older)
    back = [reader.button("btn-people", "a-people"), reader.button("btn-desk", "v-home")]
    context.show(update, reader.screen(head, *lines, rows=[ways, back], gap="\n\n"))


async def _page(context: Context, cursor: str) -> tuple[Sequence[LogRow], bool, bool]:
    """The rows at a cursor (as in `handlers/paging`), and whether there are newer and older ones. Nothing is counted:
    a log of years has millions of rows.
    """
    way, key, work = cursor[:1], number_of(cursor[1:]), context.work
    if way == "n":
        rows = await work.query(LOG_NEWER, key=key, most=_PAGE + 1)
        if len(rows) >= _PAGE:
            return rows[:_PAGE][::-1], len(rows) > _PAGE, True
    below = key if way == "o" else NEWEST
    rows = await work.query(LOG_OLDER, key=below, most=_PAGE + 1)
    return rows[:_PAGE], way == "o", len(rows) > _PAGE


def _ways(context: Context, rows: Sequence[LogRow], *, newer: bool, older: bool) -> list[Button]:
    reader = context.reader
    ways = [reader.button("btn-newer", VERB, f"n{rows[0].id}")] if rows and newer else []
    return [*ways, *([reader.button("btn-older", VERB, f"o{rows[-1].id}")] if rows and older else [])]


def _line(context: Context, row: LogRow, named: Mapping[int, str]) -> Rich:
    """One event; nothing for one that has no words of its own."""
    reader = context.reader
    about_case = bool(row.code) and row.kind not in _KINDS
    event = event_said(reader, context.city.pack, row) if about_case else _of_staff(context, row, named)
    if not event:
        return ()
    args: dict[str, Any] = {"date": reader.date_clock(row.at), "name": _who(context, row, named), "event": event}
    line = reader.rich("admin-log-case", code=reader.code(row.code), **args) if row.code else ()
    why = reader.rich("desk-event-words", text=row.words) if row.words and row.kind == "blocked" else ()
    return join(line or reader.rich("admin-log", **args), why)


def _who(context: Context, row: LogRow, named: Mapping[int, str]) -> str:
    """Officials by their names; who reported has none here."""
    if not row.named:
        return context.reader.line("role-citizen")
    name = named.get(row.person_id or 0, "")
    return name or context.reader.line("admin-nameless" if row.person_id else "desk-somebody")


def _of_staff(context: Context, row: LogRow, named: Mapping[int, str]) -> str:
    if row.kind not in _KINDS:
        return ""
    reader, data = context.reader, orjson.loads(row.data)
    role = role_name(reader, context.city.pack, data["role"], data["department"]) if data.get("role") else ""
    about = named.get(row.about_id or 0, "") or reader.line("admin-nameless")
    until = reader.date(data["until"]) if data.get("until") else ""
    return reader.line(f"admin-event-{row.kind}", role=role, about=about, date=until)


ADMIN_OFFERS = (Offer(90, "btn-log", VERB, ("admin",)),)
VERBS = {VERB: show_log}
