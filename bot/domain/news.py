"""News of the city: its kinds and states."""

from __future__ import annotations

from enum import StrEnum

KINDS = ("news", "culture")
"""Kinds of broadcasts that news may be of."""


class NewsState(StrEnum):
    """Where an item is. Withdrawn is the end."""

    DRAFT = "draft"
    UNSURE = "unsure"  # from the portal, waits for an editor
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


WAITING = frozenset({NewsState.DRAFT, NewsState.UNSURE, NewsState.SCHEDULED})
"""Nobody but editors has seen it."""
