"""Finding cases by words, kind, area, state, desk and time. Pages and counts by key, from new to old.

What is looked for is written as a full-text query (bot/store/full_text.py). Whatever somebody types is harmless there:
only quoted single words are made of it. Who may see what is decided by conditions on the rows themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    update,
)

from bot.store.cases import NEWEST, LineRow
from bot.store.statements import Count, Query, Statement
from bot.store.tables import case_texts, cases
from bot.store.work import Work

COUNTED: Final = 1_000  # a count of this many means: at least
WORDS: Final = 8  # that are looked for; what somebody pastes beyond them narrows nothing
LONGEST: Final = 8_000  # letters of one case that it is found by: each of its moves writes them into the index anew
_BEGUN: Final = 3  # letters of a last word that may be the beginning of a longer one; fewer begin half the dictionary
_NO_WORD: Final = re.compile(r"[\x00-/:-@\[-`{-\x7f\ud800-\udfff]+")  # as the index's tokenizer: ASCII but 0-9 A-Z a-z
_NO_KEY: Final = re.compile(r"[^a-z0-9_]")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for; an empty field narrows nothing. `words` are normalised, times in milliseconds (`until` not
    included), `least` and `most_private` 0 and 0 for ordinary cases, 1 and 1 for confidential ones.
    """

    words: str = ""
    category: str = ""
    area: str = ""
    states: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    since: int = 0
    until: int = NEWEST
    least: int = 0
    most_private: int = 0

    def params(self) -> dict[str, Any]:
        """All that the queries here need besides `key` and `most`."""
        words = _words(self.words)
        return {
            "match": self._match(words),
            "most_hidden": int(not words),  # hidden words are found by nobody, their case by all the rest of it
            "since": self.since,
            "until": self.until,
            "least": self.least,
            "most_private": self.most_private,
        }

    def _match(self, words: Sequence[str]) -> str:
        category, area = [self.category] * bool(self.category), [self.area] * bool(self.area)
        narrowed = {"xd": self.desks, "xs": self.states, "xc": category, "xa": area}
        asked = [_quoted(words), *(_any_of(kind, keys) for kind, keys in narrowed.items())]
        if self.least or not any(asked):  # most cases are ordinary: asking for that as well only costs time
            asked.append(_any_of("xp", [str(each) for each in range(self.least, self.most_private + 1)]))
        return " AND ".join(filter(None, asked))


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_NO_WORD.sub(" ", text).split()))[:WORDS]


def _quoted(words: Sequence[str]) -> str:
    """All of them; the last may be the beginning of a longer one."""
    begun = " *" if words and len(words[-1]) >= _BEGUN else ""
    return " AND ".join(f'"{word}"' for word in words) + begun


def _any_of(kind: str, keys: Iterable[str]) -> str:
    told = [f'"{kind}_{_NO_KEY.sub("_", key)}"' for key in keys]
    return f"({' OR '.join(told)})" if told else ""


def all_words(text: str) -> str:
    """What finds all of these normalised words, in an index of nothing but words; "" for no words."""
    return _quoted(_words(text))


def any_words(text: str, category: str) -> str:
    """What finds the cases of a kind that have any of these normalised words; "" for no words."""
    words = " OR ".join(f'"{word}"' for word in _words(text))
    return f"({words}) AND {_any_of('xc', [category])}" if words else ""


_index = table("case_index", column("rowid", BigInteger))
_match: ColumnElement[bool] = literal_column("case_index").op("MATCH")(bindparam("match"))
_key = bindparam("key", type_=BigInteger)
_since, _until = bindparam("since", type_=BigInteger), bindparam("until", type_=BigInteger)
# Ids rise with time, so a time is a bound on the ids that the index is read by.
_by_time = select(cases.c.id).limit(1)
_first = _by_time.where(cases.c.created_at >= _since).order_by(cases.c.created_at, cases.c.id).scalar_subquery()
_last = (
    _by_time.where(cases.c.created_at < _until).order_by(cases.c.created_at.desc(), cases.c.id.desc()).scalar_subquery()
)


def _found(*what: Any, above: ColumnElement[int], below: ColumnElement[int]) -> Select[Any]:
    return (
        select(*what)
        .select_from(_index.join(cases, cases.c.id == _index.c.rowid))
        .where(
            _match,
            _index.c.rowid > func.max(above, func.coalesce(_first, NEWEST) - 1),
            _index.c.rowid < func.min(below, func.coalesce(_last, 0) + 1),
            cases.c.created_at >= _since,
            cases.c.created_at < _until,
            cases.c.private >= bindparam("least"),
            cases.c.private <= bindparam("most_private"),
            cases.c.hidden <= bindparam("most_hidden"),
        )
    )


_line = [cases.c[name] for name in LineRow._fields]
_no_key, _every_key = literal_column("0", BigInteger), literal_column(str(NEWEST), BigInteger)
_newer = _found(*_line, above=_key, below=_every_key).order_by(_index.c.rowid)
_older = _found(*_line, above=_no_key, below=_key).order_by(_index.c.rowid.desc())
_some = _found(literal_column("1"), above=_key, below=_every_key).limit(COUNTED).subquery()
FOUND_OLDER = Query(_older.limit(bindparam("most")), LineRow)
FOUND_NEWER = Query(_newer.limit(bindparam("most")), LineRow)
FOUND_COUNT = Query(select(func.count()).select_from(_some), Count)

_case = case_texts.c.case_id == bindparam("case_id")
_given = bindparam("given", type_=Text)
_longer = case_texts.c.words.concat(literal_column("' '")).concat(_given)
SET_WORDS = Statement(update(case_texts).where(_case).values(words=_given))
ADD_WORDS = Statement(update(case_texts).where(_case).values(words=func.substr(_longer, 1, LONGEST)))


def index_words(work: Work, case_id: int, *texts: str) -> None:
    """Let a case be found by these normalised texts, and by no others."""
    work.do(SET_WORDS, case_id=case_id, given=" ".join(texts)[:LONGEST])


def index_more(work: Work, case_id: int, text: str) -> None:
    """Let a case be found by this normalised text as well."""
    work.do(ADD_WORDS, case_id=case_id, given=text)
