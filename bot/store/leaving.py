"""What goes with a reporter who leaves a case that others share: their words and files, wherever they lie.

The statements take `case_id` and `person_id`. What they sent goes back to being files of theirs without a case, which
are forgotten as those of a cancelled draft are.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, case, literal_column, null, or_, select, update

from bot.store.statements import Query, Statement, word
from bot.store.tables import accounts, additions, attachments, outbox, supporters


class WordsRow(NamedTuple):
    words: str


_case_id = bindparam("case_id", type_=BigInteger)
_me = bindparam("person_id", type_=BigInteger)
_added = (additions.c.case_id == _case_id) & (additions.c.words != word(""))
OTHERS_WORDS = Query(select(additions.c.words).where(_added, additions.c.person_id != _me), WordsRow)
_stopped = outbox.c.state.in_([word("waiting"), word("held"), word("sending")])
_supporters = (
    select(accounts.c.id)
    .join_from(supporters, accounts, accounts.c.person_id == supporters.c.person_id)
    .where(supporters.c.case_id == _case_id, supporters.c.left_at == 0)
)
# Officials were shown these words, and so was who wrote them. News to supporters is in officials' words and stays.
_may_hold_words = or_(outbox.c.account_id.not_in(_supporters), outbox.c.collapse == word(""))
# Ids rise with time: nothing from before the case was about it.
_since = (outbox.c.id > _case_id) & (outbox.c.id < bindparam("before", type_=BigInteger))
TAKE_OUT = (
    Statement(update(additions).where(additions.c.case_id == _case_id, additions.c.person_id == _me).values(words="")),
    Statement(
        update(attachments)
        .where(attachments.c.case_id == _case_id, attachments.c.person_id == _me, attachments.c.after == word("0"))
        .values(case_id=null(), addition_id=null())
    ),
    Statement(
        update(outbox)
        .where(_since, outbox.c.case_id == _case_id, _may_hold_words)
        .values(screen="{}", state=case((_stopped, literal_column("'collapsed'")), else_=outbox.c.state))
    ),
)
"""`before`: an id; messages that are said later are not touched."""
