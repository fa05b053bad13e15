"""The unit of work, tables, migrations; queries, one noun a file."""
