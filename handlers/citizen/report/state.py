"""The draft in hand: where it is kept, what its category needs, when it is too old."""

from __future__ import annotations

from bot.clock import HOUR
from bot.domain.draft import Draft, Needs
from bot.store.person import Dialogue
from handlers.context import Context

NAME = "report"
FILED = "filed"  # memory of the last report: its place for "another one here", its draft for taking it back

OPEN = "open"
PLACE = "place"
LANDMARK = "landmark"
QUESTION = "question"
NEW_TEXT = "new-text"
NEW_PHOTO = "new-photo"


def draft_of(context: Context) -> Draft:
    """The draft as it stands."""
    return Draft.load(context.work.dialogue(NAME).draft)


def is_open(context: Context) -> bool:
    """Whether a draft is in hand that is not too old."""
    dialogue = context.work.dialogue(NAME)
    return bool(dialogue) and not is_expired(context, dialogue)


def is_expired(context: Context, dialogue: Dialogue) -> bool:
    """Whether the pack's hours for a draft are over."""
    return context.work.now - dialogue.updated_at > context.city.pack.limits.draft_expiry_hours * HOUR


def version(context: Context) -> int:
    """Which round of the dialogue this is: buttons of earlier rounds are stale."""
    return context.work.dialogue(NAME).version


def needs_of(context: Context, draft: Draft) -> Needs:
    """What the draft's category asks for."""
    limits = context.city.pack.limits
    category = context.city.pack.categories.get(draft.category)
    if category is None:
        return Needs(min_chars=limits.min_text_chars, accuracy_m=limits.location_accuracy_m)
    return Needs(
        category.location,
        category.photo,
        category.owner == "external",
        limits.min_text_chars,
        limits.location_accuracy_m,
    )


def keep(context: Context, draft: Draft, step: str = OPEN) -> None:
    """Keep the draft within its round."""
    context.work.go(NAME, step, draft.dump())
