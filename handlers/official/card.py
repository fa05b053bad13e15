"""A case on an official's screen: the card with exactly the moves that are theirs, edited in place where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.actions.block import step_for
from bot.actions.move import as_whom
from bot.actions.notices import CARD_VERB, MOVE_VERB, OPEN_VERB, show_files
from bot.actions.sight import load_for_desk
from bot.actions.similar import count_near, recurs
from bot.domain.case import State, Who, allowed
from bot.errors import Refused
from bot.store import cases, people
from bot.store.cases import CaseRow
from bot.store.near import PLACE_CHANNEL
from bot.talk.cards import CITIZENS, desk_timeline
from bot.talk.cases import state_of
from bot.talk.desk import Around, desk_card
from bot.talk.rich import Rich
from bot.talk.screen import Button, Screen
from handlers.context import Context
from handlers.paging import number_of
from handlers.refused import kindly

MORE_VERB, REPAIR_VERB, TIME_VERB = "v-more", "v-repair", "v-time"
# What stands on the first page of a card; all else is behind "more".
_FIRST = (
    *("adopt", "plan", "study", "decline", "re-adopt", "re-plan", "re-study"),
    *("accept", "done", "keep", "change", "seen-done", "seen-open", "pass-on", "ask", "route", "refer"),
    *("solved", "half", "unsolved", "unreached", "answer", "reopen", "contest"),
)
_SHOWING = frozenset(("publish", "keep-private"))
_JUDGING = _SHOWING | {"adopt", "plan", "study", "decline", "re-adopt", "re-plan", "re-study", "keep"}
LABELS = {
    "accept": "btn-accept",
    "read": "btn-claim",
    "claim": "btn-claim",
    "release": "btn-release",
    "give-up": "btn-release",
    "hand": "btn-assign",
    "route": "btn-refer",
    "refer": "btn-refer",
    "external": "btn-external",
    "pass-on": "btn-passed-on",
    "ask": "btn-ask",
    "extend": "btn-extend",
    "done": "btn-done",
    "refuse": "btn-cannot",
    "recategorise": "btn-recategorise",
    "relocate": "btn-fix-place",
    "urgent": "btn-urgent",
    "not-urgent": "btn-not-urgent",
    "note": "btn-note",
    "merge": "btn-merge",
    "split": "btn-split",
    "hide-photo": "btn-hide-photo",
    "hide-words": "btn-hide-text",
    "publish": "btn-publish-words",
    "keep-private": "btn-keep-private",
    "seen-done": "btn-seen-done",
    "seen-open": "btn-seen-open",
    "adopt": "btn-adopt",
    "plan": "btn-plan",
    "study": "btn-study",
    "decline": "btn-decline",
    "re-adopt": "btn-adopt",
    "re-plan": "btn-plan",
    "re-study": "btn-study",
    "keep": "btn-keep-decision",
    "change": "btn-change-decision",
    "solved": "btn-called-agreed",
    "half": "btn-called-half",
    "unsolved": "btn-called-open",
    "unreached": "btn-called-nobody",
    "answer": "btn-called-answer",
    "reopen": "btn-called-again",
    "contest": "btn-called-review",
}


def offered(context: Context, case: CaseRow) -> list[str]:
    """The arrows whose buttons this official's card shows: those of the table that make sense now."""
    who = as_whom(context.work, case)
    me = context.person.id
    arrows = [arrow for arrow in allowed(case.state, who - {Who.REPORTER}, case.kind) if arrow in LABELS]
    claimed = case.claimed_by is not None and case.claimed_until > context.work.now
    without = {
        "read": claimed or Who.CENTRE not in who,
        "claim": claimed or case.holder_id == me or ("read" in arrows and Who.CENTRE in who),
        "release": not (claimed and case.claimed_by == me) and case.holder_id != me,
        "refer": "route" in arrows or bool(case.decided) or bool(case.private),
        "external": bool(case.private),
        "pass-on": bool(case.reference),
        "urgent": bool(case.urgent),
        "not-urgent": not case.urgent,
        "hide-words": bool(case.hidden) or not case.words,
        "publish": not case.public or bool(case.published),
        "keep-private": not case.public,
        "ask": case.channel == PLACE_CHANNEL,
        "merge": bool(case.private) or Who.REPORTER in who,
        "split": bool(case.private) or Who.REPORTER in who,
        "accept": case.holder_id not in (None, me) and Who.MANAGER not in who,
        "solved": case.state == State.EXTERNAL and not case.reference,
    }
    never = _not_of_suggestions(context, case, who) if case.kind else frozenset()
    return [arrow for arrow in arrows if not without.get(arrow) and arrow not in never]


def _not_of_suggestions(context: Context, case: CaseRow, who: frozenset[Who]) -> frozenset[str]:
    """What is the centre's alone, and what officials may not do with one of their own."""
    if case.person_id == context.person.id:
        return _JUDGING
    return _SHOWING if Who.CENTRE not in who or not case.words else frozenset()


def _button(context: Context, case: CaseRow, arrow: str) -> Button:
    return context.reader.button(LABELS[arrow], MOVE_VERB, f"{case.id}.{arrow}", case.version)


def pairs(buttons: Sequence[Button]) -> list[list[Button]]:
    """Two columns."""
    return [list(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


def _rows(context: Context, case: CaseRow, page: str) -> list[list[Button]]:
    """At most eight buttons a page: what is done each day, what is done sometimes, and repairs of the report."""
    arrows, reader = offered(context, case), context.reader
    if page == "repair":
        buttons = [_button(context, case, arrow) for arrow in arrows if arrow in _REPAIRS]
        return [*pairs(buttons), [reader.button("btn-back", MORE_VERB, case.id)]]
    if page == "more":
        rest = [_button(context, case, arrow) for arrow in arrows if arrow not in _FIRST and arrow not in _REPAIRS]
        rest.append(reader.button("btn-timeline", TIME_VERB, case.id))
        rest.append(reader.button("btn-repair", REPAIR_VERB, case.id))
        return [*pairs(rest), [reader.button("btn-back", CARD_VERB, case.id)]]
    first = [_button(context, case, arrow) for arrow in _FIRST if arrow in arrows]
    last = [reader.button("btn-more-moves", MORE_VERB, case.id), reader.button("btn-next", "v-next", case.id)]
    return [*pairs(first), last]


_REPAIRS = frozenset(
    ("recategorise", "relocate", "urgent", "not-urgent", "hide-photo", "hide-words", "publish", "keep-private")
) | {"merge", "split"}


async def card(context: Context, case: CaseRow, *notes: Rich, page: str = "", extra: Sequence[Button] = ()) -> Screen:
    """The whole card. `notes` stand above it, `extra` buttons below all others. `page`: "more", "repair"."""
    reader, city = context.reader, context.city
    files = await context.work.query(cases.FILES, case_id=case.id, after=False)
    added = [row.words for row in await context.work.query(cases.ADDED_WORDS, case_id=case.id)]
    around = await _around(context, case)
    text = desk_card(reader, city.pack, case, [file.kind for file in files], added, around)
    rows = [*_rows(context, case, page), list(extra)]
    return reader.screen(*notes, text, rows=rows, gap="\n\n")


async def _around(context: Context, case: CaseRow) -> Around:
    """What an official should know besides the report itself."""
    work = context.work
    named = await people.names(work, [each for each in (case.holder_id, case.claimed_by) if each])
    earlier = (await work.query(cases.EARLIER, person_id=case.person_id, case_id=case.id))[0].n
    notes = await work.query(cases.NOTES, case_id=case.id)
    claimed = case.claimed_until > work.now and case.claimed_by != context.person.id
    return Around(
        now=work.now,
        holder=named.get(case.holder_id or 0, ""),
        claimed=named.get(case.claimed_by or 0, "") if claimed else "",
        earlier=earlier if not case.private else 0,
        near=await count_near(work, context.city, case),
        same_place=await recurs(work, context.city, case),
        notes=[note.words for note in notes],
        most_referrals=context.city.pack.limits.max_referrals,
        caller=case.caller if Who.CENTRE in as_whom(work, case) else "",
    )


def pressed_message(update: Update) -> int:
    """The message under which the button was pressed; 0 without a press."""
    query = update.callback_query
    return query.message.message_id if query and query.message else 0


async def show_card(
    update: Update, context: Context, case: CaseRow, *notes: Rich, at: int = 0, extra: Sequence[Button] = ()
) -> None:
    """The card in place: where the button was pressed, or in message `at`; without either as a new message."""
    screen = await card(context, case, *notes, extra=extra)
    context.work.say(screen, edit=at or pressed_message(update), case=case.id)


@kindly("desk-not-yours")
async def open_case(update: Update, context: Context) -> None:
    """A report's files and place, then the report with what can be done: last, so that its buttons are at hand."""
    case = await load_for_desk(context.work, number_of(context.press.argument))
    await say_case(context, case)


async def say_case(context: Context, case: CaseRow) -> None:
    """The same as new messages."""
    files = await context.work.query(cases.FILES, case_id=case.id, after=False)
    show_files(context.work, context.city, case, [(file.id, file.kind) for file in files], context.person.address)
    context.say(await card(context, case), case=case.id)


@kindly("desk-not-yours")
async def back_to_card(update: Update, context: Context) -> None:
    """The first page of the card, as it is now."""
    await show_card(update, context, await load_for_desk(context.work, number_of(context.press.argument)))


@kindly("desk-not-yours")
async def more(update: Update, context: Context) -> None:
    """What is done less often."""
    case = await load_for_desk(context.work, number_of(context.press.argument))
    context.show(update, await card(context, case, page="more"), case=case.id)


@kindly("desk-not-yours")
async def repair(update: Update, context: Context) -> None:
    """What is wrong with the report itself is put right, without a new one."""
    case = await load_for_desk(context.work, number_of(context.press.argument))
    context.show(update, await card(context, case, page="repair", extra=await _sender(context, case)), case=case.id)


async def _sender(context: Context, case: CaseRow) -> list[Button]:
    """For the centre: whoever floods the city is closed for a time."""
    step = await step_for(context.work, case)
    return [context.reader.button(f"btn-{step}", f"v-{step}", case.id)] if step else []


@kindly("desk-not-yours")
async def timeline(update: Update, context: Context) -> None:
    """What happened, and who did it."""
    case = await load_for_desk(context.work, number_of(context.press.argument))
    events = await context.work.query(cases.EVENTS, case_id=case.id)
    named = await people.names(context.work, {event.person_id for event in events if event.person_id})
    text = desk_timeline(context.reader, context.city.pack, case.code, events, named)
    rows = [[context.reader.button("btn-back", CARD_VERB, case.id)]]
    context.show(update, context.reader.screen(text, rows=rows), case=case.id)


async def load_fresh(update: Update, context: Context, case_id: int, version: int) -> CaseRow | None:
    """The case that a button was drawn for; where it has changed since, its card is drawn anew and says who did it."""
    case = await load_for_desk(context.work, case_id)
    if case.version == version:
        return case
    await changed(update, context, case)
    return None


async def changed(update: Update, context: Context, case: CaseRow, *, at: int = 0) -> None:
    """Somebody else was faster."""
    events = await context.work.query(cases.EVENTS, case_id=case.id)
    last = events[-1] if events else None
    named = await people.names(context.work, [last.person_id] if last and last.person_id else [])
    name = named.get(last.person_id or 0, "") if last else ""
    if last and last.by in CITIZENS:
        name = context.reader.line("role-citizen")
    elif not name:
        name = context.reader.line("desk-somebody")
    state = state_of(context.reader, case, short=True)
    await show_card(update, context, case, context.rich("desk-stale", name=name, status=state), at=at)


def check_offered(context: Context, case: CaseRow, arrow: str) -> None:
    """Raises Refused for an arrow that this official's card does not show."""
    if arrow not in offered(context, case):
        state = state_of(context.reader, case, short=True)
        raise Refused("desk-not-now", status=state)


VERBS = {OPEN_VERB: open_case, CARD_VERB: back_to_card, MORE_VERB: more, REPAIR_VERB: repair, TIME_VERB: timeline}
