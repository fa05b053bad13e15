"""My reports: the list, one report, its timeline, and a tracking code from anywhere."""

from __future__ import annotations

from telegram import Message, Update

from bot.actions.lookup import Another, Found, Mine, Phoned, TooMany, Wrong, look_up
from bot.actions.own import load_own
from bot.actions.pushes import REOPEN_VERB, REPLY_VERB, REVIEW_VERB, answers
from bot.actions.support import load_joined
from bot.clock import DAY
from bot.domain.case import OPEN, State
from bot.domain.code import check
from bot.errors import NotFound
from bot.store import cases
from bot.store.cases import CaseRow
from bot.talk import cards
from bot.talk.cases import of_kind, state_of, status
from bot.talk.rich import Rich, join
from bot.talk.screen import Button
from bot.understand.tracking import tracking_code
from handlers import message
from handlers.citizen.joined import show_joined
from handlers.citizen.menu import leave
from handlers.citizen.suggestions import show_published
from handlers.context import Context
from handlers.paging import Listing, load_page, number_of, numbers, place, turns
from handlers.refused import kindly

CODE = "mine-code"  # the dialogue that waits for a tracking code
CLAIM = "mine-claim"  # the one that waits for the number of a report by phone: handlers/citizen/claim.py
_SOME_DIGITS = 4
_ADDED = 3  # the newest additions are read again in the card, the rest are with the desk
_TAKES_WORDS = ("report", "mine-add")
_MINE = Listing(cases.MINE_OLDER, cases.MINE_NEWER, cases.MINE_COUNT)


async def mine(update: Update, context: Context) -> None:
    """The list of one's own reports, from new to old."""
    leave(context)
    reader, pack = context.reader, context.city.pack
    size, cursor = pack.limits.list_page, context.press.argument
    page = await load_page(context.work, _MINE, size, cursor, person_id=context.person.id)
    other = [reader.button("btn-other-code", "m-code")]
    if not page.rows:
        context.show(update, reader.screen(reader.rich("mine-empty"), rows=[other]))
        return
    lines = [
        (cards.joined_line if row.joined else cards.own_line)(reader, pack, at, row)
        for at, row in enumerate(page.rows, 1)
    ]
    texts = (reader.rich("mine-list"), *lines, place(reader, page), reader.rich("mine-pick"))
    rows = [numbers(reader, page, "m-open"), turns(reader, page, "m-list"), other]
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


async def back(update: Update, context: Context) -> None:
    """The list below a report that was open: the report's message stays, for replies to it."""
    await mine(Update(update.update_id), context)


@kindly("err-code")
async def open_case(update: Update, context: Context) -> None:
    """One's own report or one that is shared, in place of the list."""
    await show_any(update, context, number_of(context.press.argument))


async def show_any(update: Update, context: Context, case_id: int) -> None:
    """A case that is this person's or shared by them. One that was merged leads to where it went, while they share
    that. Raises NotFound.
    """
    case = await context.work.first(cases.BY_ID, case_id=case_id)
    if case is not None and case.state == State.MERGED and case.merged_into:
        try:
            await show_any(update, context, case.merged_into)
        except NotFound:  # they have left it since
            await show_case(update, context, await load_own(context.work, case_id))
    elif case is not None and case.kind and case.person_id != context.person.id:
        await show_published(update, context, case_id)
    elif case is not None and case.person_id != context.person.id:
        await show_joined(update, context, await load_joined(context.work, case_id))
    else:
        await show_case(update, context, await load_own(context.work, case_id))


async def show_case(update: Update, context: Context, case: CaseRow) -> None:
    """The card of one's own case, with what can be done about it."""
    reader, pack = context.reader, context.city.pack
    files = await context.work.query(cases.FILES_OF, case_id=case.id, person_id=case.person_id)
    kinds = [file.kind for file in files]
    texts = [cards.own_card(reader, pack, case, kinds, context.work.now), await _added(context, case)]
    rows: list[list[Button]] = [[reader.button("btn-timeline", "m-time", case.id)]]
    if case.state in OPEN:
        texts.append(reader.rich(of_kind(case, "case-reply-hint")))
        rows[0].insert(0, reader.button("btn-add", "m-add", case.id))
        drop = "btn-suggest-withdraw" if case.kind else "btn-withdraw"
        rows.append([reader.button(drop, "m-drop", case.id, case.version)])
    rows[:0] = _last_word(context, case)
    rows.append([reader.button("btn-mine", "m-back")])
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"), case=case.id)


def _last_word(context: Context, case: CaseRow) -> list[list[Button]]:
    """What the reporter alone decides, where it is their turn."""
    reader, now, limits = context.reader, context.work.now, context.city.pack.limits
    if case.state == State.DONE:
        return answers(case, reader, own=True)
    if case.state == State.NEED_INFO:
        return [[reader.button("btn-answer", REPLY_VERB, case.id)]]
    if case.state == State.NOT_DONE and now - case.ended_at <= limits.review_days * DAY:
        return [[reader.button("btn-review", REVIEW_VERB, case.id, case.version)]]
    if case.state == State.CLOSED and not case.kind and now - case.ended_at <= limits.reopen_days * DAY:
        return [[reader.button("btn-reopen", REOPEN_VERB, case.id, case.version)]]
    return []


async def _added(context: Context, case: CaseRow) -> Rich:
    rows = await context.work.query(cases.ADDED_BY, case_id=case.id, person_id=case.person_id)
    return join(*(context.rich("case-line-added", text=row.words) for row in rows[-_ADDED:]))


@kindly("err-code")
async def timeline(update: Update, context: Context) -> None:
    """What happened to one's own report."""
    reader = context.reader
    case = await load_own(context.work, number_of(context.press.argument))
    events = await context.work.query(cases.EVENTS, case_id=case.id)
    text = cards.timeline(reader, context.city.pack, case.code, events, context.person.id)
    rows = [[reader.button("btn-back", "m-open", case.id)]]
    context.show(update, reader.screen(text, rows=rows), case=case.id)


# Codes


async def ask_code(update: Update, context: Context) -> None:
    """Ask for a code: the next message is it."""
    context.work.begin(CODE, "ask")
    rows = [[context.reader.button("btn-mine", "m-back")]]
    context.say(context.reader.screen(context.rich("mine-ask-code"), rows=rows))


async def take_code(update: Update, context: Context) -> None:
    """The message that was asked for; after a wrong code the next one is waited for. Whoever sends something else
    meanwhile has changed their mind.
    """
    text = text_of(update.message)
    digits = sum(map(str.isdecimal, text))
    if digits < _SOME_DIGITS and (not digits or any(map(str.isalpha, text))):
        context.work.end(CODE)
        await message.written(update, context)
        return
    found = await look_up(context.work, context.city, tracking_code(text) or text)
    if not isinstance(found, Wrong):
        context.work.end(CODE)
    await _show(update, context, found)


async def whole_code(update: Update, context: Context) -> bool:
    """A message that is a tracking code and nothing else; answers whether it was one."""
    text = text_of(update.message)
    found = "" if any(map(str.isalpha, text)) else tracking_code(text)
    if not found:
        return False
    await show_code(update, context, found)
    return True


async def code_between(update: Update, context: Context) -> bool:
    """A code in the middle of a dialogue that takes any words; answers whether it was one. Others stay words."""
    if context.person.focus not in _TAKES_WORDS:
        return False
    text = text_of(update.message)
    code = None if any(map(str.isalpha, text)) else check(text)
    found = await look_up(context.work, context.city, code) if code else Wrong()
    if isinstance(found, Wrong | TooMany):
        return False
    await _show(update, context, Another(found.code, found.state) if isinstance(found, Phoned) else found)
    return True


async def code_link(update: Update, context: Context) -> None:
    """The deep link `k-<code>`."""
    await show_code(update, context, context.press.argument)


async def show_code(update: Update, context: Context, typed: str) -> None:
    """What this code shows to who wrote."""
    await _show(update, context, await look_up(context.work, context.city, typed))


async def _show(update: Update, context: Context, found: Found) -> None:
    reader = context.reader
    match found:
        case Mine(case_id):
            await show_any(update, context, case_id)
        case Another(code) as other:
            context.tell("mine-code-other", code=reader.code(code), status=state_of(reader, other, short=True))
        case Phoned(case_id, code, state):
            _ask_number(context, case_id, code, state)
        case TooMany(until):
            context.tell("err-code-limit", clock=reader.clock(until))
        case Wrong():
            rows = [[reader.button("btn-other-code", "m-code"), reader.button("btn-mine", "m-back")]]
            context.say(reader.screen(reader.rich("err-code"), rows=rows))


def _ask_number(context: Context, case_id: int, code: str, state: str) -> None:
    """The state, as everybody may see it, and the question for the number: the next message is it."""
    reader = context.reader
    context.work.begin(CLAIM, "number", {"case": case_id})
    shown = reader.rich("mine-claim-status", code=reader.code(code), status=status(reader, state, short=True))
    rows = [[reader.button("btn-mine", "m-back")]]
    context.say(reader.screen(shown, reader.rich("mine-claim-ask"), rows=rows, gap="\n\n"))


def text_of(message: Message | None) -> str:
    """What was written, be it under a picture."""
    return ((message.text or message.caption or "") if message else "").strip()


COMMANDS = {"mine": mine}
LABELS = {"btn-mine": mine}
VERBS = {"m-list": mine, "m-back": back, "m-open": open_case, "m-time": timeline, "m-code": ask_code}
DIALOGUES = {CODE: take_code}
LINKS = {"k": code_link}
ON_CODE = code_between
ON_TEXT = whole_code
