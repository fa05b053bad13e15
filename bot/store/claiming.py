"""What goes over to somebody who claims the case that they reported by phone, and what is forgotten then."""

from __future__ import annotations

from sqlalchemy import BigInteger, bindparam, func, select, update

from bot.store.statements import Statement, word
from bot.store.tables import additions, cases, outbox, supporters

_case_id = bindparam("case_id", type_=BigInteger)
GIVE_WORDS = Statement(
    update(additions)
    .where(additions.c.case_id == _case_id, additions.c.person_id == bindparam("before"))
    .values(person_id=bindparam("person_id"))
)
# Cards of it held the caller's number. Ids rise with time: nothing from before the case was about it.
_gone = outbox.c.state.not_in([word("waiting"), word("held"), word("sending")])
FORGET_SHOWN = Statement(
    update(outbox).where(outbox.c.id > _case_id, outbox.c.case_id == _case_id, _gone).values(screen="{}")
)
_still = select(func.count()).where(supporters.c.case_id == _case_id, supporters.c.left_at == 0).scalar_subquery()
LEAVE_SUPPORT = Statement(
    update(supporters)
    .where(supporters.c.id == bindparam("support_id"), supporters.c.left_at == 0)
    .values(left_at=bindparam("now"))
)
COUNT_SUPPORT = Statement(update(cases).where(cases.c.id == _case_id).values(supporters=_still))
