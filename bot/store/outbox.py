"""The outbox: claiming, results, what waits."""

from __future__ import annotations

from typing import NamedTuple

import orjson
from sqlalchemy import BigInteger, Text, bindparam, case, column, func, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.store.statements import Count, Query, Statement, word
from bot.store.tables import accounts, attachments, outbox, uploads
from bot.store.work import Said
from bot.talk import screen as screens

_ids = select(func.json_each(bindparam("ids", type_=Text)).table_valued(column("value", BigInteger)).c.value)

# Claiming is safe by the row count: what somebody else claimed, collapsed or held meanwhile is not in the answer.
CLAIM = Statement(
    update(outbox)
    .where(outbox.c.id.in_(_ids.scalar_subquery()), outbox.c.state == word("waiting"))
    .values(state="sending", attempts=outbox.c.attempts + 1)
    .returning(outbox.c.id, outbox.c.rendition_id)
)
# What was taken back while it was on its way (its case's words were erased) does not wait for another try.
_taken_back = (outbox.c.state == word("collapsed")) & (bindparam("state", type_=Text) == word("waiting"))
# What may be read once alone (an invitation's code) is forgotten as soon as it has gone out.
ONCE = "once-"
_read_once = (
    (bindparam("state", type_=Text) == word("sent"))
    & (outbox.c.collapse >= literal_column("'once-'"))
    & (outbox.c.collapse < literal_column("'once.'"))
)
RESULT = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("id_"))
    .values(
        state=case((_taken_back, literal_column("'collapsed'")), else_=bindparam("state", type_=Text)),
        screen=case((_read_once, literal_column("'{}'")), else_=outbox.c.screen),
        message_id=bindparam("message_id"),
        sent_at=bindparam("sent_at"),
        due_at=bindparam("due_at"),
        doubts=bindparam("doubts"),
        attempts=bindparam("attempts"),
        silent=bindparam("silent"),
        error=bindparam("error"),
    )
)
# Too late by what memory knows. One that was given more time meanwhile goes back to the broadcaster.
_prolonged = outbox.c.expires_at > bindparam("now", type_=BigInteger)
LATE = Statement(
    update(outbox)
    .where(outbox.c.id == bindparam("id_"), outbox.c.state == word("waiting"))
    .values(state=case((_prolonged, literal_column("'paused'")), else_=literal_column("'expired'")))
)
# What was claimed when the process ended may have gone out: once more, silently, then never (docs/reliability.md).
DOUBT = Statement(
    update(outbox)
    .where(outbox.c.channel == bindparam("channel"), outbox.c.state == word("sending"))
    .values(
        doubts=outbox.c.doubts + 1,
        silent=True,
        state=case((outbox.c.doubts >= 1, "uncertain"), else_="waiting"),
    )
)
UNREACHABLE = Statement(update(accounts).where(accounts.c.id == bindparam("account_id")).values(reachable=False))
MOVED = Statement(update(accounts).where(accounts.c.id == bindparam("account_id")).values(chat_id=bindparam("chat_id")))
_uploaded = insert(uploads).values(
    attachment_id=bindparam("attachment_id"), bot=bindparam("bot"), file_id=bindparam("file_id")
)
UPLOADED = Statement(_uploaded.on_conflict_do_nothing())


class WaitingRow(NamedTuple):
    id: int
    channel: str
    account_id: int
    chat_id: int
    priority: int
    screen: str
    collapse: str
    edit: int
    reply_to: int
    silent: bool
    case_id: int | None
    due_at: int
    attempts: int
    doubts: int
    broadcast_id: int | None
    rendition_id: int | None
    expires_at: int

    def said(self) -> Said:
        """The message as the sender takes it."""
        return Said(
            self.id,
            self.channel,
            self.account_id,
            self.chat_id,
            self.priority,
            screens.load(orjson.loads(self.screen)),
            self.collapse,
            self.edit,
            self.reply_to,
            bool(self.silent),
            self.case_id,
            self.due_at,
            self.attempts,
            self.doubts,
            broadcast_id=self.broadcast_id,
            rendition_id=self.rendition_id,
            expires_at=self.expires_at,
        )


WAITING = Query(
    select(*(outbox.c[name] for name in WaitingRow._fields))
    .where(
        outbox.c.channel == bindparam("channel"),
        outbox.c.state == word("waiting"),
        outbox.c.priority == bindparam("priority"),
        outbox.c.id > bindparam("after"),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most")),
    WaitingRow,
)


class SourceRow(NamedTuple):
    """How a bot may send an attachment: its own file id, or the stored copy."""

    id: int
    kind: str
    bot: str
    file_id: str
    state: str
    sha256: str
    name: str
    mime: str
    uploaded: str | None


SOURCES = Query(
    select(
        attachments.c.id,
        attachments.c.kind,
        attachments.c.bot,
        attachments.c.file_id,
        attachments.c.state,
        attachments.c.sha256,
        attachments.c.name,
        attachments.c.mime,
        uploads.c.file_id,
    )
    .join_from(
        attachments,
        uploads,
        (uploads.c.attachment_id == attachments.c.id) & (uploads.c.bot == bindparam("bot")),
        isouter=True,
    )
    .where(attachments.c.id.in_(_ids.scalar_subquery())),
    SourceRow,
)


class StateCount(NamedTuple):
    channel: str
    state: str
    n: int


_states = outbox.c.state.in_([word("dead"), word("held"), word("uncertain")])
ODD_COUNTS = Query(
    select(outbox.c.channel, outbox.c.state, func.count()).where(_states).group_by(outbox.c.channel, outbox.c.state),
    StateCount,
)
# What a move told, found by the collapse keys `move-<event>-<n>`.
_of_move = (
    (outbox.c.account_id == bindparam("account_id"))
    & (outbox.c.collapse >= bindparam("least"))
    & (outbox.c.collapse < bindparam("most"))
)
_waits = (outbox.c.state == word("waiting")) & (outbox.c.collapse != word(""))
WAITING_OF_MOVE = Query(select(func.count()).where(_of_move, _waits), Count)
STOP_MOVE = Statement(update(outbox).where(_of_move, _waits).values(state="collapsed"))

WAITING_COUNTS = Query(
    select(outbox.c.channel, outbox.c.state, func.count())
    .where(outbox.c.state == word("waiting"))
    .group_by(outbox.c.channel),
    StateCount,
)
