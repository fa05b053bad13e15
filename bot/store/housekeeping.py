"""What may be forgotten, in small slices: each statement touches at most `most` rows of one short transaction.

Where a table has no index by time it is walked by its key: a reading connection looks at the next rows, and only what
was found there is written.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Text,
    bindparam,
    column,
    delete,
    exists,
    func,
    literal_column,
    select,
    tuple_,
    update,
)

from bot.clock import DAY, HOUR
from bot.store.attachments import DROPPED
from bot.store.messages import TALK
from bot.store.statements import Query, Statement, word
from bot.store.tables import (
    attachments,
    dialogues,
    guesses,
    inbox,
    invitations,
    link_codes,
    messages,
    outbox,
    shown,
    uploads,
)

KEEP_INBOX = 8 * DAY  # a platform gives an update again for one day; ids may restart after a silent week
KEEP_MESSAGES = 8 * DAY  # a message without a case: nobody replies to it any more
KEEP_EXPIRED = 8 * DAY  # so that whoever comes late is told "expired" and not "unknown"
KEEP_GUESSES = 2 * HOUR  # limits look back one
KEEP_FILES = 8 * DAY  # a file that went into no report and no message: of a draft that was cancelled, or made by us
KEEP_DRAFTS = 30 * DAY  # long after it expired: whoever comes back before is told so

_old = select(inbox.c.bot, inbox.c.update_id).where(inbox.c.received_at < bindparam("before")).limit(bindparam("most"))
INBOX = Statement(delete(inbox).where(tuple_(inbox.c.bot, inbox.c.update_id).in_(_old)).returning(inbox.c.update_id))
_codes = select(link_codes.c.id).where(link_codes.c.expires_at < bindparam("before")).limit(bindparam("most"))
LINK_CODES = Statement(delete(link_codes).where(link_codes.c.id.in_(_codes)).returning(link_codes.c.id))
# Used ones stay: they tell how somebody came to a role.
_unused = (invitations.c.expires_at < bindparam("before")) & (invitations.c.used_at == 0)
_invited = select(invitations.c.id).where(_unused).limit(bindparam("most"))
INVITATIONS = Statement(delete(invitations).where(invitations.c.id.in_(_invited)).returning(invitations.c.id))
_guessed = select(guesses.c.id).where(guesses.c.at < bindparam("before")).limit(bindparam("most"))
GUESSES = Statement(delete(guesses).where(guesses.c.id.in_(_guessed)).returning(guesses.c.id))


class Seen(NamedTuple):
    """A row on the way through a table: its key, and whether something of it may be forgotten."""

    id: int
    old: bool


_before: BindParameter[int] = bindparam("before", type_=BigInteger)
_after: BindParameter[int] = bindparam("after", type_=BigInteger)
_most: BindParameter[int] = bindparam("most", type_=BigInteger)
_ids = select(func.json_each(bindparam("ids", type_=Text)).table_valued(column("value", BigInteger)).c.value)
_over = outbox.c.state.in_(
    [word(state) for state in ("sent", "collapsed", "unreachable", "uncertain", "stopped", "expired")]
)
# A reply to a case's message, or to one of a talk with 137, must find its way however late it comes.
_answerable = outbox.c.case_id.is_not(None) | TALK
SEE_OUTBOX = Query(
    select(outbox.c.id, _over & ~_answerable & (outbox.c.created_at < _before))
    .where(outbox.c.id > _after)
    .order_by(outbox.c.id)
    .limit(_most),
    Seen,
)
OUTBOX = Statement(delete(outbox).where(outbox.c.id.in_(_ids.scalar_subquery())))

# What was drafted goes and the row stays: the version in it is how old buttons are known.
_drafted = (dialogues.c.draft != literal_column("'{}'")) & (dialogues.c.updated_at < _before)
SEE_DRAFTS = Query(
    select(dialogues.c.person_id, func.max(_drafted))
    .where(dialogues.c.person_id > _after)
    .group_by(dialogues.c.person_id)
    .order_by(dialogues.c.person_id)
    .limit(_most),
    Seen,
)
DRAFTS = Statement(
    update(dialogues).where(dialogues.c.person_id.in_(_ids.scalar_subquery()), _drafted).values(step="", draft="{}")
)

# Files that belong to nothing: to no report, no message, nothing that the city shows, no draft that may still go on.
_sent = select(messages.c.attachment_id).where(messages.c.attachment_id.is_not(None)).scalar_subquery()
_drafting = exists().where(
    dialogues.c.person_id == attachments.c.person_id,
    dialogues.c.name == word("report"),
    dialogues.c.draft != literal_column("'{}'"),
)
_loose = (
    attachments.c.case_id.is_(None)
    & (attachments.c.state != word("dropped"))
    & (attachments.c.created_at < _before)
    & ~_drafting
    & attachments.c.id.not_in(_sent)
    & attachments.c.id.not_in(select(shown.c.attachment_id).scalar_subquery())
)


class SeenFile(NamedTuple):
    """The same for a file, and whose it is."""

    id: int
    old: bool
    person_id: int


SEE_FILES = Query(
    select(attachments.c.id, _loose, attachments.c.person_id)
    .where(attachments.c.id > _after)
    .order_by(attachments.c.id)
    .limit(_most),
    SeenFile,
)
FILE_UPLOADS = Statement(delete(uploads).where(uploads.c.attachment_id.in_(_ids.scalar_subquery())))
FILES = Statement(update(attachments).where(attachments.c.id.in_(_ids.scalar_subquery()), _loose).values(**DROPPED))
