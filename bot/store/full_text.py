"""The full-text index over `case_texts`: an FTS5 table and the triggers that keep it, so that no handler thinks of it.
A second one, of the same making, over `news.found_by`.

Beside the words it holds what lists are narrowed by, as words that nobody can type (the underscore parts words):
`xs_received`, `xc_street_light`, `xa_center`, `xd_roads`, `xp_0`. So a search that is narrowed reads lists of ids that
are sorted alike, where a filter on the rows would read every hit. Measured: docs/decisions/0007.

- The tokenizer is the plainest: words come normalised from Python, and SQLite's own would cut them at other places.
- `detail=none`: which case has a word, not where in it, so only single words can be asked for.
- `prefix`: a begun word costs as much as a whole one; without it, up to 60 ms among a million cases.
- `pgsz`, `automerge`: small steps of merging, so that a commit with a case in it never waits long for one.
"""

from typing import Final

_FACETS: Final = (
    "'xs_' || ?.state || ' xc_' || ?.category || ' xa_' || ?.area || ' xd_' || ?.desk || ' xp_' || ?.private"
)
_PARTS: Final = {
    "<old>": _FACETS.replace("?", "OLD"),
    "<new>": _FACETS.replace("?", "NEW"),
    "<leave>": "INSERT INTO case_index (case_index, rowid, words, facets) "
    "VALUES ('delete', OLD.case_id, OLD.words, OLD.facets);",
    "<enter>": "INSERT INTO case_index (rowid, words, facets) VALUES (NEW.case_id, NEW.words, NEW.facets);",
}


def _whole(sql: str) -> str:
    for part, meaning in _PARTS.items():
        sql = sql.replace(part, meaning)
    return sql


_MADE: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS case_index USING fts5(words, facets, content='case_texts', "
    "content_rowid='case_id', columnsize=0, detail=none, prefix='3 4 5 6 7', tokenize=\"ascii tokenchars '_'\")",
    "INSERT INTO case_index (case_index, rank) VALUES ('pgsz', 500)",
    "INSERT INTO case_index (case_index, rank) VALUES ('automerge', 8)",
    "CREATE TRIGGER IF NOT EXISTS case_comes AFTER INSERT ON cases BEGIN "
    "INSERT INTO case_texts (case_id, words, facets) VALUES (NEW.id, '', <new>); END",
    "CREATE TRIGGER IF NOT EXISTS case_changes AFTER UPDATE OF state, category, area, desk, private ON cases "
    "WHEN <old> <> <new> BEGIN UPDATE case_texts SET facets = <new> WHERE case_id = NEW.id; END",
    "CREATE TRIGGER IF NOT EXISTS case_goes BEFORE DELETE ON cases BEGIN "
    "DELETE FROM case_texts WHERE case_id = OLD.id; END",
    "CREATE TRIGGER IF NOT EXISTS case_text_comes AFTER INSERT ON case_texts BEGIN <enter> END",
    "CREATE TRIGGER IF NOT EXISTS case_text_changes AFTER UPDATE ON case_texts "
    "WHEN OLD.words <> NEW.words OR OLD.facets <> NEW.facets BEGIN <leave> <enter> END",
    "CREATE TRIGGER IF NOT EXISTS case_text_goes AFTER DELETE ON case_texts BEGIN <leave> END",
)
_NEWS: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS news_index USING fts5(found_by, content='news', content_rowid='id', "
    "columnsize=0, detail=none, prefix='3 4 5 6 7', tokenize='ascii')",
    "CREATE TRIGGER IF NOT EXISTS news_comes AFTER INSERT ON news BEGIN "
    "INSERT INTO news_index (rowid, found_by) VALUES (NEW.id, NEW.found_by); END",
    "CREATE TRIGGER IF NOT EXISTS news_changes AFTER UPDATE OF found_by ON news "
    "WHEN OLD.found_by <> NEW.found_by BEGIN "
    "INSERT INTO news_index (news_index, rowid, found_by) VALUES ('delete', OLD.id, OLD.found_by); "
    "INSERT INTO news_index (rowid, found_by) VALUES (NEW.id, NEW.found_by); END",
    "CREATE TRIGGER IF NOT EXISTS news_goes AFTER DELETE ON news BEGIN "
    "INSERT INTO news_index (news_index, rowid, found_by) VALUES ('delete', OLD.id, OLD.found_by); END",
)
FULL_TEXT: Final = (*map(_whole, _MADE), *_NEWS)  # run after the tables are made; another time does no harm
