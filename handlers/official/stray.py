"""What comes right after a move: the rest of an album, the same once more on a weak network, or something by itself.

None of it is quietly taken for a citizen's report of the official, nor sent to a citizen without being asked about.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from telegram import Update

from bot.actions.attach import FileSent
from bot.actions.fields import Fields
from bot.actions.move import as_whom, move_case
from bot.actions.pushes import show_late
from bot.actions.sight import load_for_desk
from bot.clock import MINUTE, SECOND
from bot.domain.case import State
from bot.errors import NotFound, Refused
from bot.store.cases import CaseRow
from bot.talk.cases import state_of
from bot.understand.normalise import normalise
from handlers.citizen.report import entry
from handlers.citizen.report.state import draft_of
from handlers.citizen.report.take import take_piece
from handlers.context import Context
from handlers.pieces import Piece, piece_of
from handlers.refused import kindly

LAST = "desk-last"  # memory: the move just made, what was sent for it, and what came since
STRAY_VERB = "v-stray"
_LATE, _SOON, _MOST = 20 * SECOND, 3 * MINUTE, 10
Memory = dict[str, Any]


async def stray(update: Update, context: Context) -> bool:
    """A message soon after a move, outside any dialogue; answers whether it was taken."""
    memory: Memory = dict(context.work.dialogue(LAST).draft)
    if not memory or update.message is None or context.work.now - memory["at"] > _SOON:
        return False
    piece = piece_of(update.message)
    if not _may_belong(context, piece, memory):
        return False
    try:
        case = await load_for_desk(context.work, memory["case"])
    except (Refused, NotFound):
        return False
    if _came_before(piece, memory):
        said = context.rich("desk-sent-already", code=context.reader.code(case.code))
        context.say(context.reader.screen(said), collapse="desk-sent", case=case.id)
        return True
    return await _take(context, case, piece, memory)


def _may_belong(context: Context, piece: Piece, memory: Memory) -> bool:
    """Words, and after "done" photos. A greeting, a danger, a place or a forwarded message is something else."""
    if piece.place or piece.odd or piece.forwarded:
        return False
    if piece.file:
        return piece.file.kind == "photo" and memory["arrow"] == "done"
    mind = context.city.mind
    return bool(piece.text) and not mind.smalltalk(piece.text) and not mind.dangers(piece.text)


def _came_before(piece: Piece, memory: Memory) -> bool:
    if piece.file:
        return piece.file.key in memory["sent"]
    return bool(memory["words"]) and normalise(piece.text) == normalise(memory["words"])


async def _take(context: Context, case: CaseRow, piece: Piece, memory: Memory) -> bool:
    if piece.file and case.state != State.DONE:
        return False
    if piece.file and piece.more and not piece.text and context.work.now - memory["at"] <= _LATE:
        await show_late(context.work, context.city, case, piece.file, context.bot_key)
        context.work.keep(LAST, {**memory, "sent": [*memory["sent"], piece.file.key]})
        return True
    strays = [*memory.get("strays", []), _dump(piece)][:_MOST]
    context.work.keep(LAST, {**memory, "strays": strays})
    reader = context.reader
    rows = [[reader.button("btn-stray-add", STRAY_VERB, "add"), reader.button("btn-stray-new", STRAY_VERB, "new")]]
    said = reader.rich("desk-stray-ask", code=reader.code(case.code))
    context.say(reader.screen(said, rows=rows), collapse="desk-stray", case=case.id)
    return True


def _dump(piece: Piece) -> Memory:
    return {"message": piece.message_id, "text": piece.text, "file": asdict(piece.file) if piece.file else None}


def _load(row: Memory) -> Piece:
    return Piece(row["message"], row["text"], FileSent(**row["file"]) if row["file"] else None)


@kindly("desk-not-yours")
async def decide(update: Update, context: Context) -> None:
    """To the case that was just moved, or a report of their own."""
    memory: Memory = dict(context.work.dialogue(LAST).draft)
    pieces = [_load(row) for row in memory.pop("strays", [])]
    if not pieces:
        raise Refused("err-old-button")
    if context.press.argument == "add":
        await _add(context, await load_for_desk(context.work, memory["case"]), pieces)
        keys = [piece.file.key for piece in pieces if piece.file]
        context.work.keep(LAST, {**memory, "sent": [*memory["sent"], *keys]})
    else:
        context.work.keep(LAST, {})
        await _report(context, pieces)


async def _add(context: Context, case: CaseRow, pieces: list[Piece]) -> None:
    """Photos go to everybody who has the case; words are a note. Raises Refused as a note would."""
    work, city = context.work, context.city
    if any(piece.file for piece in pieces) and (case.state != State.DONE or case.doer_id != context.person.id):
        state = state_of(context.reader, case, short=True)
        raise Refused("desk-not-now", status=state)
    words = "\n".join(piece.text for piece in pieces if piece.text)
    if words:
        await move_case(work, city, as_whom(work, case), case, "note", Fields(words=words))
    for piece in pieces:
        if piece.file:
            await show_late(work, city, case, piece.file, context.bot_key)
    said = context.rich("desk-stray-ok", code=context.reader.code(case.code))
    context.say(context.reader.screen(said), case=case.id)


async def _report(context: Context, pieces: list[Piece]) -> None:
    await entry.begin_piece(context, pieces[0])
    for piece in pieces[1:]:
        await take_piece(context, piece, draft_of(context))


VERBS = {STRAY_VERB: decide}
ON_TEXT = stray
