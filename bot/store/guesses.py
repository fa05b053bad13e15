"""Wrong tracking codes, for the limits on guessing."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, select

from bot.store.statements import Query, word
from bot.store.tables import guesses


class GuessRow(NamedTuple):
    at: int


_recent = (
    select(guesses.c.at)
    .where(guesses.c.kind == word("code"), guesses.c.at > bindparam("since"))
    .order_by(guesses.c.at.desc())
    .limit(1)
    .offset(bindparam("allowed_before"))
)
# The guess that fills the limit: when it is an hour old, there is room for one more.
FILLING_ALL = Query(_recent, GuessRow)
FILLING_MINE = Query(_recent.where(guesses.c.person_id == bindparam("person_id")), GuessRow)
