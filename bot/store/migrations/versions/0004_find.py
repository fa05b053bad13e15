"""Finding cases: by the place where they lie, by what they say, by when they were filed."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = "state NOT IN ('closed', 'not_done', 'merged', 'cancelled')"
_SQUARE = "CAST(lat * 1000 AS INTEGER) * 1000000 + CAST(lon * 1000 AS INTEGER)"
_FACETS = "'xs_' || ?.state || ' xc_' || ?.category || ' xa_' || ?.area || ' xd_' || ?.desk || ' xp_' || ?.private"
_PARTS = {
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


_INDEX = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS case_index USING fts5(words, facets, content='case_texts', "
    "content_rowid='case_id', columnsize=0, detail=none, prefix='3 4 5 6 7', tokenize=\"ascii tokenchars '_'\")",
    "INSERT INTO case_index (case_index, rank) VALUES ('pgsz', 500)",
    "INSERT INTO case_index (case_index, rank) VALUES ('automerge', 8)",
)
_TRIGGERS = (
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


def upgrade() -> None:
    op.create_index("cases_created", "cases", ["created_at"])
    op.create_index("cases_spot", "cases", ["category", sa.text(_SQUARE), "created_at"])
    op.create_index("cases_field", "cases", [sa.text(_SQUARE), "desk"], sqlite_where=sa.text(_OPEN))
    op.create_table(
        "case_texts",
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("cases.id"), primary_key=True, autoincrement=False),
        sa.Column("words", sa.Text(), nullable=False, server_default=""),
        sa.Column("facets", sa.String(), nullable=False),
    )
    for sql in _INDEX:
        op.execute(sql)
    _fill()
    for sql in _TRIGGERS:
        op.execute(_whole(sql))


def _fill() -> None:
    connection = op.get_bind()
    said = connection.exec_driver_sql(
        "SELECT id, words || ' ' || address || ' ' || landmark || ' ' || coalesce("
        "(SELECT group_concat(words, ' ') FROM additions WHERE case_id = cases.id), ''), <facets> FROM cases".replace(
            "<facets>", _FACETS.replace("?", "cases")
        )
    )
    rows = [(case_id, _plain(words)[:8_000], facets) for case_id, words, facets in said]
    if rows:
        connection.exec_driver_sql("INSERT INTO case_texts (case_id, words, facets) VALUES (?, ?, ?)", rows)
    connection.exec_driver_sql("INSERT INTO case_index (case_index) VALUES ('rebuild')")


_SAME = {**dict.fromkeys("يى", "ی"), "ك": "ک", **dict.fromkeys("ةۀھ", "ه"), **dict.fromkeys("أإآٱ", "ا")}
_THRICE = re.compile(r"([^\W\d_])\1{2,}")


def _plain(text: str) -> str:
    """The words as the program normalised them when this step was written."""
    words: list[str] = []
    for word in "".join(map(_letter, unicodedata.normalize("NFC", text))).split():
        if words and words[-1] in ("می", "نمی"):
            words[-1] += word
        else:
            words.append(word)
    return " ".join(_THRICE.sub(r"\1", word) for word in words)


def _letter(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    kind = unicodedata.category(char)
    if char in "\u200b\u200c" or "\u2100" <= char <= "\u214f":
        return " "
    if char == "\u0640" or kind in {"Mn", "Me", "Cf"}:
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind[0] != "L":
        return " "
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if folded == char else "".join(map(_letter, folded))
