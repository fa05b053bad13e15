"""The review: one screen with what is there and what is not, one tap to submit and one to change any part."""

from __future__ import annotations

from bot.actions.staff import can_take_private
from bot.domain.draft import Draft
from bot.pack.part import said
from bot.talk.rich import Rich, join, visible
from bot.talk.screen import Button, Screen
from handlers.citizen.report import state
from handlers.citizen.report.state import version
from handlers.citizen.report.words import summary
from handlers.context import Context


async def review(context: Context, draft: Draft, acks: tuple[Rich, ...] = ()) -> tuple[Screen, str]:
    """The screen, and the step in which a typed answer to the category's question is taken as such."""
    reader = context.reader
    category = context.city.pack.categories[draft.category]
    lines = [*summary(context, draft), await _seen_by(context, draft)]
    texts = [*acks, reader.rich("report-review", summary=visible(join(*lines)))]
    if not category.question or draft.answer or "no-answer" in draft.said:
        return reader.screen(*texts, rows=_rows(context, draft, category.private)), state.OPEN
    texts.append(reader.rich("report-question", question=said(category.question, reader.lang)))
    return reader.screen(*texts, rows=_rows(context, draft, category.private), gap="\n\n"), state.QUESTION


def _rows(context: Context, draft: Draft, private: bool) -> list[list[Button]]:
    reader, now = context.reader, version(context)
    consent = reader.button("btn-public-off" if draft.public else "btn-public-on", "r-public", version=now)
    return [
        [reader.button("btn-send", "r-send", version=now)],
        [reader.button(f"btn-edit-{part}", "r-edit", part, now) for part in ("text", "photo")],
        [reader.button(f"btn-edit-{part}", "r-edit", part, now) for part in ("place", "category")],
        [*([] if private else [consent]), reader.button("btn-cancel", "r-cancel", version=now)],
    ]


async def _seen_by(context: Context, draft: Draft) -> Rich:
    """Who will see this report."""
    if not context.city.pack.categories[draft.category].private:
        return context.rich("report-line-public-on" if draft.public else "report-line-public-off")
    inspected = await can_take_private(context.work) == "inspection"
    return context.rich("report-staff-private" if inspected else "report-staff-private-office")
