"""Who works on a case, how it ended, and which picture was taken after the work."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE cases ADD COLUMN holder_id BIGINT REFERENCES people (id)")  # SQLite alters no constraints
    op.add_column("cases", sa.Column("closed_how", sa.Text(), nullable=False, server_default=""))
    op.add_column("attachments", sa.Column("after", sa.Boolean(), nullable=False, server_default=sa.false()))
