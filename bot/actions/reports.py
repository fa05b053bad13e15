"""What officials are told of a move: the desk that a case comes to, who works on it, a named superior."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.actions.moving import Move
from bot.actions.notices import Came, File, ring, tell
from bot.actions.staff import Staff, concerned, superiors_of, to_ring
from bot.domain.case import Who
from bot.domain.rights import CENTRE
from bot.store import cases
from bot.store.person import Address
from bot.talk.cases import of_kind

Report = Callable[[Move], Awaitable[None]]


async def report(move: Move) -> None:
    """Tell the officials whom this move concerns."""
    told = _REPORTS.get(move.arrow)
    if told is not None:
        await told(move)


async def _arrived(move: Move) -> None:
    """It came to a desk: the whole alert, with how and why it came."""
    case = move.after
    if case.desk == move.case.desk and move.arrow != "route":
        return
    files = await move.work.query(cases.FILES, case_id=case.id, after=False)
    shown: list[File] = [(file.id, file.kind) for file in files]
    came: list[Came] = [("desk-came-external", {})] if move.arrow == "external" else []
    came += [("desk-came-back", {})] if move.data.get("returned") else []
    came += [("desk-came-why", {"text": move.fields.words})] if move.fields.words else []
    ring(move.work, move.city, case, move.staff, shown, came=came)


async def _handed(move: Move) -> None:
    to = move.staff.one(move.fields.colleague)
    if to and to.person_id != move.me:
        tell(move.work, move.city, [to], move.after, "desk-handed", name=move.staff.name(move.me))


def _line(text: str) -> Report:
    """One line to who works on it, unless they moved it themselves."""

    async def told(move: Move) -> None:
        case = move.case
        people = concerned(move.staff, case.desk, case.holder_id or case.doer_id, private=bool(case.private))
        others = [one for one in people if one.person_id != move.me]
        tell(move.work, move.city, others, move.after, text, **_words(move, text))

    return told


def _words(move: Move, text: str) -> dict[str, Any]:
    return {"text": _or_unknown(move, move.fields.words)} if text == "desk-answered" else {}


def _or_unknown(move: Move, words: str) -> object:
    return words or (lambda lang: move.city.texts.line(lang, "desk-text-unknown"))


async def _not_solved(move: Move) -> None:
    """It always reaches a named superior; without one the dispatcher has it and the admins are alarmed."""
    case, staff = move.after, move.staff
    text = {"half": "desk-half", "voted-open": "desk-voted-open", "seen-open": "desk-seen-open"}.get(
        move.arrow, "desk-unsolved"
    )
    superiors = superiors_of(staff, move.case)
    private = bool(case.private)
    others = to_ring(staff, case.desk, private=True) if private else concerned(staff, case.desk, case.doer_id)
    people = {one.person_id: one for one in (*superiors, *others)}
    if Who.CALL in move.who & move.way.who and move.fields.words:
        text = "desk-called-open"
    more: dict[str, Any] = {"text": move.fields.words} if text in ("desk-seen-open", "desk-called-open") else {}
    tell(move.work, move.city, people.values(), case, text, **more)
    if not superiors:
        _alarm(move)


def _alarm(move: Move) -> None:
    """To the admins; of a confidential case nothing may be told to others, it stays with inspection."""
    case = move.case
    for to in () if case.private else move.staff.admins():
        name = move.city.pack.departments[case.department].name(move.city.reader(to).lang)
        tell(move.work, move.city, [to], case, "desk-no-superior", department=name)


async def _look_again(move: Move) -> None:
    """Somebody else of the unit looks, or the dispatcher; never the doer."""
    case, staff = move.case, move.staff
    private = bool(case.private)
    others = [one for one in staff.on_duty(case.desk, private=private) if one.person_id != case.doer_id]
    if not others and not private:
        others = [one for one in staff.on_duty(CENTRE) or staff.at(CENTRE) if one.person_id != case.doer_id]
    people = others or concerned(staff, case.desk, case.holder_id, private=private)
    tell(move.work, move.city, people, case, "desk-cannot-tell")


async def _review(move: Move) -> None:
    case, staff = move.after, move.staff
    people = staff.managers(case.department) if case.desk == case.department else []
    people = [one for one in people or staff.at(case.desk, private=bool(case.private)) if one.person_id != case.doer_id]
    events = await move.work.query(cases.EVENTS, case_id=case.id)
    reason = next((event.words for event in reversed(events) if event.kind in ("not-done", "declined")), "")
    args: dict[str, Any] = {"reason": _or_unknown(move, reason)}
    tell(move.work, move.city, people, case, of_kind(case, "desk-review-asked"), **args)
    if not people:
        _alarm(move)


def _call(text: str) -> Report:
    """Somebody is to be called: the centre does it, never who did the work. Without a number nobody can be."""

    async def told(move: Move) -> None:
        case, staff = move.after, move.staff
        if case.channel != "phone" or not case.caller or case.private:
            return
        others = [[one for one in each if one.person_id != case.doer_id] for each in _centre(staff)]
        args = {} if text == "desk-done-call" else {"text": move.fields.words}
        tell(move.work, move.city, others[0] or others[1], case, text, **args)

    return told


def _centre(staff: Staff) -> tuple[list[Address], list[Address]]:
    return staff.on_duty(CENTRE), staff.at(CENTRE)


_REPORTS: dict[str, Report] = {
    "done": _call("desk-done-call"),
    "ask": _call("desk-ask-call"),
    "refuse": _call("desk-refuse-call"),
    "route": _arrived,
    "refer": _arrived,
    "external": _arrived,
    "recategorise": _arrived,
    "hand": _handed,
    "answer": _line("desk-answered"),
    "unanswered": _line("desk-not-answered"),
    "solved": _line("desk-agreed"),
    "half": _not_solved,
    "unsolved": _not_solved,
    "seen-open": _not_solved,
    "voted-open": _not_solved,
    "reopen": _not_solved,
    "cannot-tell": _look_again,
    "contest": _review,
    "leave": _line("desk-left"),
    "withdraw": _line("desk-withdrawn"),
    "undo": _line("desk-withdrawn"),
}
