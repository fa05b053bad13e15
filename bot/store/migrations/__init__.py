"""Alembic's steps, run on start where the schema is older."""
