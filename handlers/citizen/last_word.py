"""The citizen has the last word: said to be done, is it solved? Four answers, and a mark for the work."""

from __future__ import annotations

from telegram import Update

from bot.actions.fields import check_length
from bot.actions.move import as_whom, move_case
from bot.actions.own import check_open, load_own
from bot.actions.pushes import ANSWER_VERB, ANSWERS, REOPEN_VERB, REPLY_VERB, REVIEW_VERB
from bot.actions.rate import keep_word, rate_case
from bot.clock import HOUR
from bot.domain.case import State
from bot.domain.draft import Draft
from bot.errors import Refused
from bot.store.cases import CaseRow
from bot.talk import buttons
from bot.talk.cases import of_kind, state_of
from bot.talk.screen import Button
from bot.understand.personal import mask
from handlers import message
from handlers.citizen import add
from handlers.citizen.report import danger
from handlers.context import Context
from handlers.paging import number_of
from handlers.pieces import Piece, piece_of
from handlers.refused import kindly

RATE_VERB = "w-rate"
WHY = "rate-why"  # the dialogue that waits for a word to a mark
_LOW = 2  # of 5: such a mark is asked why


@kindly("err-code")
async def say(update: Update, context: Context) -> None:
    """One of the four answers."""
    number, _, arrow = context.press.argument.partition(".")
    if arrow not in ANSWERS:
        raise Refused("err-old-button")
    case = await load_own(context.work, number_of(number))
    if case.version != context.press.version or case.state not in (State.DONE, State.EXTERNAL):
        raise Refused("ask-already", status=state_of(context.reader, case))
    await move_case(context.work, context.city, as_whom(context.work, case), case, arrow)
    if arrow == "solved":
        _agreed(context, case)
    elif arrow == "cannot-tell":
        context.say(context.reader.screen(context.rich("ask-cannot-tell")), case=case.id)
    else:
        code = context.reader.code(case.code)
        _ask_for_words(context, case, context.rich("ask-reopened", code=code), context.rich(f"ask-{arrow}"))


def _agreed(context: Context, case: CaseRow) -> None:
    reader = context.reader
    marks = [Button(reader.digits(mark), buttons.make(RATE_VERB, 0, f"{case.id}.{mark}")) for mark in range(1, 6)]
    texts = (reader.rich("ask-agreed", code=reader.code(case.code)), reader.rich("ask-rate"))
    context.say(reader.screen(*texts, rows=[marks], gap="\n\n"), case=case.id)


def _ask_for_words(context: Context, case: CaseRow, *texts: tuple[object, ...]) -> None:
    """The next messages belong to the report, as if the person had pressed the button for it."""
    context.work.begin(add.NAME, "open", {"case": case.id, "added": 0})
    rows = [[context.reader.button("btn-done-adding", "m-done")]]
    context.say(context.reader.screen(*texts, rows=rows, gap="\n\n"), case=case.id)  # type: ignore[arg-type]


@kindly("err-code")
async def rate(update: Update, context: Context) -> None:
    """A mark of 1 to 5, once, and a word with it if they wish; a low one is asked why."""
    number, _, mark = context.press.argument.partition(".")
    case = await load_own(context.work, number_of(number))
    await rate_case(context.work, case, number_of(mark))
    context.work.begin(WHY, "words", {"case": case.id})
    text = context.rich("ask-rate-low" if number_of(mark) <= _LOW else "ask-rate-word")
    rows = [[context.reader.button("btn-no-word", "w-no-word")]]
    context.show(update, context.reader.screen(text, rows=rows), case=case.id)


@kindly("err-code")
async def take_word(update: Update, context: Context) -> None:
    """What somebody says to their mark; anything but words is something new."""
    dialogue = context.work.dialogue(WHY)
    context.work.end(WHY)
    piece = piece_of(update.message) if update.message else Piece(0)
    if not piece.text or piece.file or context.work.now - dialogue.updated_at > HOUR:
        await message.written(update, context)
        return
    case = await load_own(context.work, dialogue.draft["case"])
    words, _ = mask(piece.text)
    check_length(context.city, words)
    keep_word(context.work, case, words)
    danger.tell(context, piece.text, Draft())
    context.tell("ask-thanks")


async def no_word(update: Update, context: Context) -> None:
    """The mark alone."""
    context.work.end(WHY)
    context.show(update, context.reader.screen(context.rich("ask-thanks")))


@kindly("err-code")
async def answer(update: Update, context: Context) -> None:
    """The official's question: the next messages are the answer."""
    case = await load_own(context.work, number_of(context.press.argument))
    check_open(case)
    _ask_for_words(context, case, context.rich("case-add-ask"))


@kindly("err-code")
async def review(update: Update, context: Context) -> None:
    """ "It can't be done" is not accepted: one tap, and somebody else looks at it."""
    case = await load_own(context.work, number_of(context.press.argument))
    await move_case(context.work, context.city, as_whom(context.work, case), case, "contest")
    code = context.reader.code(case.code)
    _ask_for_words(context, case, context.rich(of_kind(case, "review-ok"), code=code), context.rich("review-ask"))


@kindly("err-code")
async def reopen(update: Update, context: Context) -> None:
    """It has ended, and is not solved after all: open again under the same code."""
    case = await load_own(context.work, number_of(context.press.argument))
    await move_case(context.work, context.city, as_whom(context.work, case), case, "reopen")
    code = context.reader.code(case.code)
    _ask_for_words(context, case, context.rich("case-reopen-ok", code=code), context.rich("case-reopen-ask"))


VERBS = {
    REPLY_VERB: answer,
    REVIEW_VERB: review,
    REOPEN_VERB: reopen,
    ANSWER_VERB: say,
    RATE_VERB: rate,
    "w-no-word": no_word,
}
DIALOGUES = {WHY: take_word}
