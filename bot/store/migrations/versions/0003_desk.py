"""The whole life of a case: whose desk it is on, supporters, officials' words apart from events, timers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_OPEN = "state NOT IN ('closed', 'not_done', 'merged', 'cancelled')"
_WORK = "state IN ('received', 'reviewing', 'referred', 'in_progress', 'reopened', 'contested')"
_MONTH = 2_592_000_000


def upgrade() -> None:
    _columns()
    _tables()
    _indexes()
    _fill()


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _ref(table: str, name: str, target: str) -> None:
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} BIGINT REFERENCES {target} (id)")  # SQLite alters no constraints


def _columns() -> None:
    for column in (
        *(_text(name) for name in ("desk", "resume", "org", "reference", "caller")),
        *(_number(name) for name in ("rank", "move_id", "paused_at", "claimed_until", "referrals", "reopened")),
        *(_number(name) for name in ("supporters", "ended_at")),
        *(_flag(name) for name in ("decided", "hidden", "published")),
    ):
        op.add_column("cases", column)
    for name in ("claimed_by", "doer_id", "entered_by"):
        _ref("cases", name, "people")
    _ref("cases", "merged_into", "cases")
    op.add_column("people", sa.Column("duty", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("attachments", _flag("hidden"))
    op.add_column("invitations", _number("revoked_at"))
    _ref("invitations", "created_by", "people")
    op.add_column("wanted", _text("data"))


def _tables() -> None:
    op.create_table(
        "supporters",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("case_id", sa.BigInteger(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), sa.ForeignKey("people.id"), nullable=False),
        _text("vote"),
        _number("voted_at"),
        _number("left_at"),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "remarks",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("case_id", sa.BigInteger(), sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("event_id", sa.BigInteger(), sa.ForeignKey("events.id"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "staff_events",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("about_id", sa.BigInteger(), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
    )
    op.create_table(
        "timers",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("move_id", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
    )


def _indexes() -> None:
    op.drop_index("cases_state", "cases")
    op.create_index("cases_state", "cases", ["state", "rank"])
    op.create_index("cases_desk", "cases", ["desk", "state", "rank", "target_at"], sqlite_where=sa.text(_OPEN))
    held = sa.text(f"holder_id IS NOT NULL AND {_OPEN}")
    op.create_index("cases_holder", "cases", ["holder_id", "rank"], sqlite_where=held)
    op.create_index("cases_due", "cases", ["target_at", "private", "rank"], sqlite_where=sa.text(f"+{_WORK}"))
    op.create_index("cases_desk_rank", "cases", ["desk", "rank"], sqlite_where=sa.text(f"+{_WORK}"))
    due = ["desk", "target_at", "private", "rank"]
    op.create_index("cases_desk_due", "cases", due, sqlite_where=sa.text(f"+{_WORK}"))
    op.create_index("supporters_once", "supporters", ["case_id", "person_id"], unique=True)
    op.create_index("supporters_person", "supporters", ["person_id", "case_id"])
    op.create_index("remarks_case", "remarks", ["case_id", "id"])
    op.create_index("remarks_event", "remarks", ["event_id"])
    op.create_index("timers_once", "timers", ["job", "subject_id", "due_at"], unique=True)
    op.create_index("timers_due", "timers", ["due_at", "id"], sqlite_where=sa.text("done_at = 0"))


def _fill() -> None:
    """Nobody but the centre and inspection had a desk before; what officials wrote leaves the events."""
    op.execute(
        sa.text(
            "UPDATE cases SET desk = CASE WHEN private THEN 'inspection' ELSE 'center137' END, "
            "move_id = coalesce((SELECT max(id) FROM events WHERE case_id = cases.id AND to_state <> ''), 0), "
            "rank = (coalesce(target_at, created_at + :month) - CASE WHEN urgent THEN :month ELSE 0 END) * 1048576 "
            "+ id % 1048576, "
            "ended_at = CASE WHEN state IN ('closed', 'not_done', 'merged', 'cancelled') THEN updated_at ELSE 0 END"
        ).bindparams(month=_MONTH)
    )
    # Ids of the process are never negative.
    remarks = sa.text(
        "INSERT INTO remarks (id, case_id, event_id, person_id, part, words, created_at) "
        "SELECT id * :sign, case_id, id, person_id, :part, json_extract(data, '$.' || :part), at FROM events "
        "WHERE coalesce(json_extract(data, '$.' || :part), '') <> ''"
    )
    for part, sign in (("words", 1), ("no_photo", -1)):
        op.execute(remarks.bindparams(part=part, sign=sign))
    op.execute(
        "UPDATE events SET data = json_remove(data, '$.words', '$.no_photo') "
        "WHERE data LIKE '%\"words\"%' OR data LIKE '%\"no_photo\"%'"
    )
