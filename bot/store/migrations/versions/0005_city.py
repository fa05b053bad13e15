"""The city speaks: broadcasts, news, projects, programmes, posters, the mayor's next message, and what people want."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = (
    "CREATE TABLE sources ("
    "id INTEGER NOT NULL, "
    '"key" TEXT NOT NULL, '
    "etag TEXT NOT NULL, "
    "modified TEXT NOT NULL, "
    "read_at BIGINT NOT NULL, "
    "good_at BIGINT NOT NULL, "
    "failures INTEGER NOT NULL, "
    "error TEXT NOT NULL, "
    "told_at BIGINT NOT NULL, "
    "PRIMARY KEY (id), "
    'UNIQUE ("key"))',
    "CREATE TABLE city_events ("
    "id INTEGER NOT NULL, "
    "owner VARCHAR NOT NULL, "
    "owner_id BIGINT NOT NULL, "
    "kind VARCHAR NOT NULL, "
    "at BIGINT NOT NULL, "
    "person_id BIGINT, "
    "data TEXT NOT NULL, "
    "PRIMARY KEY (id), "
    "FOREIGN KEY(person_id) REFERENCES people (id))",
    "CREATE TABLE mayor_messages ("
    "id INTEGER NOT NULL, "
    "words VARCHAR NOT NULL, "
    "dated TEXT NOT NULL, "
    "sha256 VARCHAR NOT NULL, "
    "author_id BIGINT, "
    "created_at BIGINT NOT NULL, "
    "PRIMARY KEY (id), "
    "FOREIGN KEY(author_id) REFERENCES people (id))",
    "CREATE TABLE news ("
    "id INTEGER NOT NULL, "
    '"key" TEXT NOT NULL, '
    "address TEXT NOT NULL, "
    "state VARCHAR NOT NULL, "
    "kind TEXT NOT NULL, "
    "area TEXT NOT NULL, "
    "title TEXT NOT NULL, "
    "words TEXT NOT NULL, "
    "found_by TEXT NOT NULL, "
    "version INTEGER NOT NULL, "
    "pinned_at BIGINT NOT NULL, "
    "digest TEXT NOT NULL, "
    "doubt TEXT NOT NULL, "
    "author_id BIGINT, "
    "publish_at BIGINT NOT NULL, "
    "published_at BIGINT NOT NULL, "
    "edited_at BIGINT NOT NULL, "
    "dated_at BIGINT NOT NULL, "
    "created_at BIGINT NOT NULL, "
    "updated_at BIGINT NOT NULL, "
    "PRIMARY KEY (id), "
    "FOREIGN KEY(author_id) REFERENCES people (id))",
    "CREATE TABLE posters ("
    "id INTEGER NOT NULL, "
    "token TEXT NOT NULL, "
    "kind VARCHAR NOT NULL, "
    "category TEXT NOT NULL, "
    "place TEXT NOT NULL, "
    "lat DOUBLE, "
    "lon DOUBLE, "
    "opened BIGINT DEFAULT '0' NOT NULL, "
    "removed_at BIGINT DEFAULT '0' NOT NULL, "
    "author_id BIGINT, "
    "created_at BIGINT NOT NULL, "
    "PRIMARY KEY (id), "
    "UNIQUE (token), "
    "FOREIGN KEY(author_id) REFERENCES people (id))",
    "CREATE TABLE programmes ("
    "id INTEGER NOT NULL, "
    "state VARCHAR NOT NULL, "
    "title VARCHAR NOT NULL, "
    "words TEXT NOT NULL, "
    "starts_at BIGINT NOT NULL, "
    "ends_at BIGINT NOT NULL, "
    "place TEXT NOT NULL, "
    "lat DOUBLE, "
    "lon DOUBLE, "
    "area TEXT NOT NULL, "
    "reason TEXT NOT NULL, "
    "version INTEGER NOT NULL, "
    "author_id BIGINT, "
    "created_at BIGINT NOT NULL, "
    "updated_at BIGINT NOT NULL, "
    "PRIMARY KEY (id), "
    "FOREIGN KEY(author_id) REFERENCES people (id))",
    "CREATE TABLE projects ("
    "id INTEGER NOT NULL, "
    "state VARCHAR NOT NULL, "
    "title VARCHAR NOT NULL, "
    "words TEXT NOT NULL, "
    "stage TEXT NOT NULL, "
    "percent INTEGER NOT NULL, "
    "percent_at BIGINT NOT NULL, "
    "ends_at BIGINT NOT NULL, "
    "reason TEXT NOT NULL, "
    "place TEXT NOT NULL, "
    "lat DOUBLE, "
    "lon DOUBLE, "
    "area TEXT NOT NULL, "
    "version INTEGER NOT NULL, "
    "author_id BIGINT, "
    "created_at BIGINT NOT NULL, "
    "updated_at BIGINT NOT NULL, "
    "PRIMARY KEY (id), "
    "FOREIGN KEY(author_id) REFERENCES people (id))",
    "CREATE TABLE subscriptions ("
    "id INTEGER NOT NULL, "
    "person_id BIGINT NOT NULL, "
    "topic VARCHAR NOT NULL, "
    "mode VARCHAR NOT NULL, "
    "updated_at BIGINT NOT NULL, "
    "PRIMARY KEY (id), "
    "FOREIGN KEY(person_id) REFERENCES people (id))",
    "CREATE TABLE broadcasts ("
    "id INTEGER NOT NULL, "
    "kind VARCHAR NOT NULL, "
    "mode TEXT NOT NULL, "
    "relation TEXT NOT NULL, "
    "state VARCHAR NOT NULL, "
    "template TEXT NOT NULL, "
    "title TEXT NOT NULL, "
    "content TEXT NOT NULL, "
    "audience TEXT NOT NULL, "
    "version INTEGER NOT NULL, "
    "parent_id BIGINT, "
    "news_id BIGINT, "
    "author_id BIGINT, "
    "approver_id BIGINT, "
    "reason TEXT NOT NULL, "
    "size INTEGER NOT NULL, "
    "send_at BIGINT NOT NULL, "
    "ends_at BIGINT NOT NULL, "
    "expires_at BIGINT NOT NULL, "
    "started_at BIGINT NOT NULL, "
    "finished_at BIGINT NOT NULL, "
    "cursor BIGINT NOT NULL, "
    "phase BIGINT DEFAULT '0' NOT NULL, "
    "card_id BIGINT DEFAULT '0' NOT NULL, "
    "counts TEXT NOT NULL, "
    "created_at BIGINT NOT NULL, "
    "PRIMARY KEY (id), "
    "FOREIGN KEY(parent_id) REFERENCES broadcasts (id), "
    "FOREIGN KEY(news_id) REFERENCES news (id), "
    "FOREIGN KEY(author_id) REFERENCES people (id), "
    "FOREIGN KEY(approver_id) REFERENCES people (id))",
    "CREATE TABLE renditions ("
    "id INTEGER NOT NULL, "
    "broadcast_id BIGINT NOT NULL, "
    "version INTEGER NOT NULL, "
    "lang VARCHAR NOT NULL, "
    "variant TEXT NOT NULL, "
    "screen VARCHAR NOT NULL, "
    "PRIMARY KEY (id), "
    "FOREIGN KEY(broadcast_id) REFERENCES broadcasts (id))",
    "CREATE TABLE shown ("
    "id INTEGER NOT NULL, "
    "owner VARCHAR NOT NULL, "
    "owner_id BIGINT NOT NULL, "
    "kind VARCHAR NOT NULL, "
    "attachment_id BIGINT NOT NULL, "
    '"key" TEXT NOT NULL, '
    "PRIMARY KEY (id), "
    "FOREIGN KEY(attachment_id) REFERENCES attachments (id))",
)
_INDEXES = (
    "CREATE INDEX city_events_owner ON city_events (owner, owner_id, id)",
    "CREATE UNIQUE INDEX news_key ON news (\"key\") WHERE key <> ''",
    "CREATE INDEX news_digest ON news (digest) WHERE digest <> ''",
    "CREATE INDEX news_kind ON news (kind, pinned_at, published_at, id) WHERE state = 'published'",
    "CREATE INDEX news_shown ON news (pinned_at, published_at, id) WHERE state = 'published'",
    "CREATE INDEX news_recent ON news (published_at, id) WHERE state = 'published' AND address <> ''",
    "CREATE INDEX news_waiting ON news (state, id) WHERE state IN ('draft', 'unsure', 'scheduled')",
    "CREATE INDEX programmes_start ON programmes (starts_at, id)",
    "CREATE INDEX projects_state ON projects (state, id)",
    "CREATE UNIQUE INDEX subscriptions_once ON subscriptions (person_id, topic)",
    "CREATE INDEX subscriptions_topic ON subscriptions (topic, mode, person_id)",
    "CREATE INDEX broadcasts_news ON broadcasts (news_id) WHERE news_id IS NOT NULL",
    "CREATE INDEX broadcasts_parent ON broadcasts (parent_id) WHERE parent_id IS NOT NULL",
    "CREATE INDEX broadcasts_open ON broadcasts (state) WHERE finished_at = 0",
    "CREATE UNIQUE INDEX renditions_once ON renditions (broadcast_id, version, lang, variant)",
    "CREATE INDEX shown_attachment ON shown (attachment_id)",
    "CREATE INDEX shown_owner ON shown (owner, owner_id, id)",
    "CREATE INDEX cases_poster ON cases (poster_id) WHERE poster_id IS NOT NULL",
    "CREATE INDEX cases_suggested ON cases (id) WHERE kind = 'suggestion' AND published = 1",
    "CREATE INDEX outbox_deliveries ON outbox (broadcast_id, state) WHERE broadcast_id IS NOT NULL",
    "CREATE INDEX outbox_heard ON outbox (account_id, message_id) WHERE broadcast_id IS NOT NULL",
    "CREATE UNIQUE INDEX outbox_once ON outbox (account_id, broadcast_id) WHERE broadcast_id IS NOT NULL",
)
_FOUND = (
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


def upgrade() -> None:
    for sql in _TABLES:
        op.execute(sql)
    op.add_column("people", _number("stopped_at"))
    op.add_column("people", sa.Column("near", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", _number("expires_at"))
    _ref("outbox", "broadcast_id", "broadcasts")
    _ref("outbox", "rendition_id", "renditions")
    for name in ("kind", "standing"):
        op.add_column("cases", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    _ref("cases", "poster_id", "posters")
    for sql in (*_INDEXES, *_FOUND):
        op.execute(sql)
    op.execute(
        "INSERT INTO people (id, lang, name, area, simple, focus, official_view, blocked_until, created_at, erased_at) "
        "VALUES (0, '', '', '', 0, '', 0, 0, 0, 0)"
    )


def _number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")


def _ref(table: str, name: str, target: str) -> None:
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} BIGINT REFERENCES {target} (id)")  # SQLite alters no constraints
