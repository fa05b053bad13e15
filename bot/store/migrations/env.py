"""Alembic's entry: runs the steps on the connection that `bot.store.schema` gives, inside its transaction."""

from alembic import context

from bot.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
