"""Before submitting: open cases that may be the same problem, with two ways on. Asked once a draft."""

from __future__ import annotations

from collections.abc import Sequence

from bot.actions.similar import Offer, similar_to
from bot.domain.draft import Draft
from bot.store import cases
from bot.talk import buttons
from bot.talk.cases import status, title
from bot.talk.rich import Rich
from bot.talk.screen import Button, Media, Screen
from handlers.citizen.report.state import version
from handlers.context import Context

DIFFERENT, SAME_VERB, OTHER_VERB, OWN_VERB = "different", "r-join", "r-differs", "r-own"
HERE = "here"  # said by whoever wants to report another problem at the same place: their own are no news to them
_ONE, _LINE = ("report-similar", "report-similar-words"), ("report-similar-line", "report-similar-line-words")
_STEP = 10  # metres: from exact distances to several pins somebody could work out where a reporter stood


async def offer(context: Context, draft: Draft, acks: Sequence[Rich]) -> tuple[Screen, Draft] | None:
    """The question, and the draft that knows which cases were shown; None where there are none, or it was asked."""
    if DIFFERENT in draft.said:
        return None
    found = await similar_to(context.work, context.city, draft)
    mine = [each for each in found if each.person_id == context.person.id]
    others = [each for each in found if each not in mine]
    if mine and HERE not in draft.said:
        return _own(context, mine[0], acks), draft.tell(offered(mine[0].id))
    if not others:
        return None
    known = draft.said
    draft = draft.tell(*(offered(each.id) for each in others))
    if draft.said != known:
        await _show_photos(context, others)
    return _others(context, others, acks), draft


def offered(case_id: int) -> str:
    """How a draft remembers that a case was shown: only those can be joined."""
    return f"offer-{case_id}"


def _own(context: Context, case: Offer, acks: Sequence[Rich]) -> Screen:
    reader, now = context.reader, version(context)
    rows = [
        [reader.button("btn-same-report", OWN_VERB, case.id, now)],
        [reader.button("btn-new-report", OTHER_VERB, version=now)],
    ]
    return reader.screen(*acks, reader.rich("report-own", code=reader.code(case.code)), rows=rows, gap="\n\n")


def _others(context: Context, found: Sequence[Offer], acks: Sequence[Rich]) -> Screen:
    reader, now = context.reader, version(context)
    different = [reader.button("btn-different", OTHER_VERB, version=now)]
    if len(found) == 1:
        rows = [[reader.button("btn-same-problem", SAME_VERB, found[0].id, now)], different]
        return reader.screen(*acks, _line(context, found[0], _ONE), rows=rows, gap="\n\n")
    lines = [_line(context, each, _LINE, number) for number, each in enumerate(found, 1)]
    same = [
        Button(f"🙋 {reader.digits(number)}", buttons.make(SAME_VERB, now, each.id))
        for number, each in enumerate(found, 1)
    ]
    return reader.screen(*acks, reader.rich("report-similar-several"), *lines, rows=[same, different], gap="\n\n")


def _line(context: Context, case: Offer, texts: tuple[str, str], number: int = 0) -> Rich:
    """Category and rough place, how far, state, age and how many people: nothing that its reporter wrote. `texts`: with
    the distance, and for where it is not known.
    """
    reader, now = context.reader, context.work.now
    return reader.rich(
        texts[case.metres is None],
        number=number,
        distance=max(_STEP, round((case.metres or 0) / _STEP) * _STEP),
        title=title(reader, context.city.pack, case.category, case.area),
        status=status(reader, case.state, case.closed_how, short=True),
        age=lambda lang: reader.dates.ago(lang, case.created_at, now),
        count=case.people,
    )


async def _show_photos(context: Context, found: Sequence[Offer]) -> None:
    """One of each whose owner lets everybody see them, when somebody has looked them through."""
    shown: dict[int, Media] = {}
    for number, each in enumerate(found, 1):
        files = await context.work.query(cases.FILES_OF, case_id=each.id, person_id=each.person_id) if each.seen else []
        photos = [file.id for file in files if file.kind == "photo" and file.state == "stored"]
        if photos:
            shown[number] = Media("photo", photos[0])
    if not shown:
        return
    numbers = "، ".join(map(context.reader.digits, shown))
    text = context.rich("report-similar-photo") if len(found) == 1 else ()
    said = text or context.rich("report-similar-photos", numbers=numbers)
    context.work.say(context.reader.screen(said, media=tuple(shown.values())), collapse="report-photos", silent=True)
