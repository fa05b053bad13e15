"""The next question of a draft, and the screens that ask it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.domain.draft import Draft, Slot, next_slot
from bot.pack.catalogue import OTHER
from bot.talk import buttons
from bot.talk.menu import place_keys
from bot.talk.rich import Rich, join, parse
from bot.talk.screen import Button, Screen
from handlers.citizen.report import state
from handlers.citizen.report.review import review
from handlers.citizen.report.similar import offer
from handlers.citizen.report.state import needs_of, version
from handlers.context import Context

AFTER_MORE = 1_300  # milliseconds: pieces of an album or of a text cut by the messenger get one answer
COLLAPSE = "report"


async def ask(context: Context, draft: Draft, *acks: Rich, more: bool = False, edit: int = 0) -> None:
    """Keep the draft and ask for the first slot that is still empty. `acks` stand above the question.

    `more`: other pieces are about to come, so the answer waits for them. `edit`: the message to change in place.
    """
    if not draft.category and draft.count("voice", "audio") and not draft.words:
        draft = _by_centre(draft)
        acks = (*acks, context.rich("report-category-by-centre"))
    slot = next_slot(draft, needs_of(context, draft))
    same = await offer(context, draft, acks) if slot is Slot.REVIEW else None
    if same:
        (screen, draft), step = same, state.OPEN
    elif slot is Slot.REVIEW:
        screen, step = await review(context, draft, acks)
    else:
        screen, step = _SCREENS[slot](context, draft, acks)
    if step == state.PLACE:
        draft = draft.tell("keys")
    state.keep(context, draft, step)
    context.work.say(screen, collapse=COLLAPSE, after=AFTER_MORE if more else 0, edit=edit)


def _by_centre(draft: Draft) -> Draft:
    """A voice alone says what it is about to those who listen: the centre finds the category."""
    return replace(draft, category=OTHER)


def _content(context: Context, draft: Draft, acks: tuple[Rich, ...]) -> tuple[Screen, str]:
    reader, now = context.reader, version(context)
    if draft.category:
        text = "report-start-placed" if "cannot-write" in draft.said else "report-describe"
        texts = (*acks, _arrived(context, draft), reader.rich(text))
        return reader.screen(*texts, rows=[[_cancel(context)]]), state.OPEN
    if not draft.files:
        rows = [[reader.button("btn-by-topic", "r-topics", version=now)], [_cancel(context)]]
        asked = reader.rich("report-start-placed" if draft.place else "report-start")
        return reader.screen(*acks, asked, rows=rows), state.OPEN
    rows = [
        [reader.button("btn-cannot-write", "r-mute", version=now)],
        [reader.button("btn-by-topic", "r-topics", version=now)],
        [_cancel(context)],
    ]
    return reader.screen(*acks, _arrived(context, draft), reader.rich("report-describe"), rows=rows), state.OPEN


def _arrived(context: Context, draft: Draft) -> Rich:
    """A picture without words is answered by nothing else that shows that it came."""
    photos = draft.count("photo")
    if not photos:
        return ()
    return context.rich("report-photo-ok") if photos == 1 else context.rich("report-photos-ok", count=photos)


def _short(context: Context, draft: Draft, acks: tuple[Rich, ...]) -> tuple[Screen, str]:
    rows = [[context.reader.button("btn-continue", "r-skip", "no-short", version(context))]]
    return context.reader.screen(*acks, context.rich("report-describe-short"), rows=rows), state.OPEN


def _category(context: Context, draft: Draft, acks: tuple[Rich, ...]) -> tuple[Screen, str]:
    """Guess, show, confirm; the list of topics where there is no guess or none fits."""
    pack, reader, now = context.city.pack, context.reader, version(context)
    found = () if "unfit" in draft.said else context.city.mind.categories(draft.text, certain=True)
    known = [pack.categories[one.key] for one in found if one.key in pack.categories]
    if not known:
        return groups(context, draft, acks), state.OPEN
    if len(known) == 1:
        asked = reader.rich("report-suggest-one", category=known[0].name(reader.lang))
        rows = [
            [reader.button("btn-yes", "r-cat", known[0].key, now), reader.button("btn-no", "r-topics", "unfit", now)]
        ]
        return reader.screen(*acks, asked, rows=rows), state.OPEN
    rows = [[Button(one.label(reader.lang), buttons.make("r-cat", now, one.key))] for one in known]
    rows.append([reader.button("btn-none", "r-topics", "unfit", now)])
    return reader.screen(*acks, reader.rich("report-suggest"), rows=rows), state.OPEN


def groups(context: Context, draft: Draft, acks: tuple[Rich, ...] = ()) -> Screen:
    """The groups of topics, two a row. Who has a topic already can go back with it."""
    reader, now = context.reader, version(context)
    labels = [
        Button(g.label(reader.lang), buttons.make("r-group", now, g.key)) for g in context.city.pack.groups.values()
    ]
    rows = [*_pairs(labels), [back(context) if draft.category else _cancel(context)]]
    return reader.screen(*acks, reader.rich("report-group"), rows=rows)


def group(context: Context, key: str) -> Screen:
    """The topics of one group, with the ways out."""
    reader, now = context.reader, version(context)
    labels = [Button(c.label(reader.lang), buttons.make("r-cat", now, c.key)) for c in context.city.pack.offered(key)]
    rows = [
        *_pairs(labels),
        [reader.button("btn-none", "r-cat", OTHER, now), reader.button("btn-back", "r-topics", version=now)],
    ]
    return reader.screen(reader.rich("report-category"), rows=rows)


def _outside_body(context: Context, draft: Draft, acks: tuple[Rich, ...]) -> tuple[Screen, str]:
    """Another body's work: its number first, and the report only if it is wanted all the same."""
    reader, pack = context.reader, context.city.pack
    category = pack.categories[draft.category]
    body = pack.bodies[category.outside]
    advice = pack.advice(category.advice, reader.lang) if category.advice else ""
    text = reader.rich("report-external", org=body.name(reader.lang), number=reader.digits(body.number), advice=advice)
    if category.urgent and reader.lang != "fa":  # whoever stands beside may read Persian alone
        acks = (*acks, parse(pack.advice(category.advice, "fa")))
    rows = [[reader.button("btn-register-anyway", "r-skip", "external", version(context))], [_cancel(context)]]
    return reader.screen(*acks, text, rows=rows), state.OPEN


def _place(context: Context, draft: Draft, acks: tuple[Rich, ...]) -> tuple[Screen, str]:
    reader = context.reader
    same = "place" in context.work.dialogue(state.FILED).draft
    optional = needs_of(context, draft).place != "required"
    keys = place_keys(reader, same=same, optional=optional, known=draft.place is not None)
    asked = join(reader.rich("report-location"), reader.rich("report-location-other"))
    return reader.screen(*acks, asked, keys=keys, gap="\n\n"), state.PLACE


def ask_place(context: Context, draft: Draft) -> None:
    """Ask for the place once more. Until another one comes the draft keeps the one it has."""
    draft = replace(draft, said=draft.said - {"no-place", "no-area", "no-landmark"}).tell("keys")
    screen, step = _place(context, draft, ())
    state.keep(context, draft, step)
    context.say(screen, collapse=COLLAPSE)


def _far(context: Context, draft: Draft, acks: tuple[Rich, ...]) -> tuple[Screen, str]:
    reader, now = context.reader, version(context)
    place = draft.place
    geo = context.city.pack.geo
    near = place is None or place.lat is None or place.lon is None or geo.in_county(place.lat, place.lon)
    meant = reader.button("btn-yes" if near else "btn-register-anyway", "r-sure", version=now)
    rows = [[meant, reader.button("btn-place-change", "r-place", version=now)]]
    text = reader.rich("report-outside" if near else "report-outside-county")
    return reader.screen(*acks, text, rows=rows), state.PLACE


def _area(context: Context, draft: Draft, acks: tuple[Rich, ...]) -> tuple[Screen, str]:
    reader, now = context.reader, version(context)
    labels = [Button(a.name(reader.lang), buttons.make("r-area", now, a.key)) for a in context.city.pack.areas]
    rows = [*_pairs(labels), [reader.button("btn-dont-know", "r-skip", "no-area", now)]]
    return reader.screen(*acks, reader.rich("report-area"), rows=rows), state.OPEN


def _landmark(context: Context, draft: Draft, acks: tuple[Rich, ...]) -> tuple[Screen, str]:
    reader = context.reader
    metres = round(draft.place.accuracy) if draft.place else 0
    rows = [[reader.button("btn-skip", "r-skip", "no-landmark", version(context))]]
    return reader.screen(*acks, reader.rich("report-landmark-poor", metres=metres), rows=rows), state.LANDMARK


def _photo(context: Context, draft: Draft, acks: tuple[Rich, ...]) -> tuple[Screen, str]:
    reader = context.reader
    rows = [[reader.button("btn-no-photo", "r-skip", "no-photo", version(context))]]
    return reader.screen(*acks, reader.rich("report-photo-helps"), rows=rows), state.OPEN


def _cancel(context: Context) -> Button:
    return context.reader.button("btn-cancel", "r-cancel", version=version(context))


def back(context: Context) -> Button:
    """The way back to the question that is next, with nothing changed."""
    return context.reader.button("btn-back", "r-go", version=version(context))


def _pairs(labels: list[Button]) -> list[list[Button]]:
    return [labels[at : at + 2] for at in range(0, len(labels), 2)]


_Asked = Callable[[Context, Draft, tuple[Rich, ...]], tuple[Screen, str]]
_SCREENS: dict[Slot, _Asked] = {
    Slot.CONTENT: _content,
    Slot.SHORT: _short,
    Slot.CATEGORY: _category,
    Slot.OUTSIDE_BODY: _outside_body,
    Slot.PLACE: _place,
    Slot.FAR: _far,
    Slot.AREA: _area,
    Slot.LANDMARK: _landmark,
    Slot.PHOTO: _photo,
}
