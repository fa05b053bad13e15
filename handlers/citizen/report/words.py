"""How a draft is said: its place, its pieces, its parts under each other."""

from __future__ import annotations

from bot.domain.draft import Draft, FileKind, Place, missing
from bot.talk.rich import Rich
from handlers.citizen.report.state import needs_of
from handlers.context import Context

_SHOWN = 400  # letters of a long description in the review: the rest is kept, and said so


def place_words(context: Context, place: Place) -> str:
    """A place in a few words: what was written, the landmark, the area, or that it is a point on the map."""
    reader, pack = context.reader, context.city.pack
    area = next((a.name(reader.lang) for a in pack.areas if a.key == place.area), "")
    mark = pack.landmarks.get(place.landmark)
    # What somebody typed says by itself whether it is near, opposite or behind.
    words = place.address or (reader.line("place-near", landmark=mark.name(reader.lang)) if mark else place.landmark)
    if not words:
        return reader.line("place-in", place=reader.line("place-pin"), area=area) if area else reader.line("place-pin")
    return reader.line("place-in", place=words, area=area) if area else words


def summary(context: Context, draft: Draft) -> list[Rich]:
    """The lines of the review, one a piece."""
    reader, pack = context.reader, context.city.pack
    lines = [reader.rich("report-line-category", category=pack.categories[draft.category].name(reader.lang))]
    if draft.words:
        text = draft.text if len(draft.text) <= _SHOWN else draft.text[:_SHOWN].rsplit(" ", 1)[0] + " …"
        lines.append(reader.rich("report-line-text", text=text))
    counts: dict[str, tuple[FileKind, ...]] = {
        "voice": ("voice", "audio"),
        "photos": ("photo",),
        "video": ("video",),
        "files": ("document",),
    }
    for name, kinds in counts.items():
        if number := draft.count(*kinds):
            lines.append(reader.rich(f"report-line-{name}", count=number))
    if draft.place:
        lines.append(reader.rich("report-line-place", place=place_words(context, draft.place)))
    if draft.answer:
        lines.append(reader.rich("report-line-answer", text=draft.answer))
    if lacking := missing(draft, needs_of(context, draft)):
        slots = "، ".join(reader.line(f"slot-{slot}") for slot in lacking)
        lines.append(reader.rich("report-line-missing", slots=slots))
    return lines
