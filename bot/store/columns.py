"""The metadata that all tables share, and the columns that they are made of.

Times are milliseconds since 1970 (UTC); ids come from the process in blocks.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, MetaData, Text, false

metadata = MetaData()


def id_() -> Column[int]:
    return Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)


def ref(target: str) -> Column[int]:
    return Column(BigInteger, ForeignKey(target), nullable=False)


def optional_ref(target: str) -> Column[int | None]:
    return Column(BigInteger, ForeignKey(target), nullable=True)


def text_() -> Column[str]:
    """Came with a migration: rows from before have nothing in it."""
    return Column(Text, default="", server_default="")


def number() -> Column[int]:
    return Column(BigInteger, default=0, server_default="0")


def flag() -> Column[bool]:
    return Column(Boolean, default=False, server_default=false())
