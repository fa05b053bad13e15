"""What is forgotten of a person who wants it so. Cases, events and figures stay, nameless, and so does the row.

Each statement takes `person_id`, `EVERYTHING` is their order. Of a case stays what everybody may see of it: category,
area, a point rounded to about 100 m (none of a confidential one), states, dates.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Delete,
    Select,
    Table,
    Update,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy import delete as without

from bot.store import attachments, tables
from bot.store.messages import TALK, TALK_MESSAGE
from bot.store.statements import Statement, word
from bot.store.supporters import LEAVE_ALL, recount
from bot.store.tables import (
    accounts,
    additions,
    case_texts,
    cases,
    failed_updates,
    messages,
    outbox,
    people,
    roles,
)
from bot.store.wanted import DROP_EXPORTS

_ME = bindparam("person_id", type_=BigInteger)


def _ids(table: Table) -> Select[Any]:
    return select(table.c["id"]).where(table.c["person_id"] == _ME)


def _all_of(table: Table) -> Delete:
    return without(table).where(table.c["person_id"] == _ME)


def _rounded(place: Any) -> Any:
    return case((cases.c.private, null()), else_=func.round(place, literal_column("3")))


def _failed() -> Delete:
    """Raw updates that failed hold words and accounts."""
    kinds = ("message", "edited_message", "callback_query", "my_chat_member")
    senders = [func.json_extract(failed_updates.c.raw, literal_column(f"'$.{kind}.from.id'")) for kind in kinds]
    theirs = exists().where(
        accounts.c.person_id == _ME,
        failed_updates.c.bot.like(accounts.c.channel.concat(literal_column("':%'"))),
        or_(*(sender == accounts.c.user_id for sender in senders)),
    )
    return without(failed_updates).where(theirs)


def _shown_to_others(what: ColumnElement[bool]) -> Update:
    """A reply to it still finds what it is about; what had not gone out does not go out, nor again."""
    stopped = outbox.c.state.in_([word("waiting"), word("held"), word("sending")])
    state = case((stopped, literal_column("'collapsed'")), else_=outbox.c.state)
    return update(outbox).where(what).values(screen="{}", state=state)


# What a move tells citizens is in an official's words: a supporter who goes takes nobody's news away.
_is_push = outbox.c.collapse.like("move-%")


def _added_to() -> Select[Any]:
    """Cases of others to which they added something: officials were shown it with the case."""
    return select(additions.c.case_id).where(additions.c.person_id == _ME)


def _cases() -> Update:
    words: dict[str, Any] = {"words": "", "sources": "[]", "answer": "", "address": "", "landmark": "", "caller": ""}
    place: dict[str, Any] = {"lat": _rounded(cases.c.lat), "lon": _rounded(cases.c.lon), "accuracy": null()}
    place["poster_id"] = case((cases.c.private, null()), else_=cases.c.poster_id)  # it knows an exact place
    return update(cases).where(cases.c.person_id == _ME).values(**words, **place, public=False)


def _found_by() -> Update:
    """Nothing is found by words of theirs, wherever they were written."""
    mine, added = _ids(cases), select(additions.c.case_id).where(additions.c.person_id == _ME)
    return update(case_texts).where(case_texts.c.case_id.in_(mine) | case_texts.c.case_id.in_(added)).values(words="")


_PERSON = {
    "lang": "",
    "name": "",
    "area": "",
    "simple": False,
    "focus": "",
    "official_view": False,
    "stopped_at": 0,
    "near": False,
}
EVERYTHING = [
    Statement(_failed()),
    Statement(without(outbox).where(outbox.c.account_id.in_(_ids(accounts)))),
    Statement(_shown_to_others(outbox.c.case_id.in_(_ids(cases)))),
    Statement(_shown_to_others(TALK & TALK_MESSAGE.in_(_ids(messages)))),
    Statement(_shown_to_others(outbox.c.case_id.in_(_added_to()) & ~_is_push)),
    LEAVE_ALL,
    Statement(recount(_ME)),
    attachments.DROP_UPLOADS,
    attachments.DROP,
    Statement(_cases()),
    Statement(_found_by()),
    Statement(update(additions).where(additions.c.person_id == _ME).values(words="")),
    Statement(update(messages).where(messages.c.person_id == _ME).values(words="")),
    DROP_EXPORTS,
    *(Statement(_all_of(tables.metadata.tables[name])) for name in ("dialogues", "link_codes", "subscriptions")),
    Statement(
        update(roles).where(roles.c.person_id == _ME, roles.c.revoked_at == 0).values(revoked_at=bindparam("now"))
    ),
    Statement(_all_of(accounts)),
    Statement(update(people).where(people.c.id == _ME).values(**_PERSON, erased_at=bindparam("now"))),
]
