"""What a case's reporter and supporters are told of a move: at once, or when the quiet hours are over.

Supporters get the same news; never the reporter's words, nor a picture from before without consent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.actions.attach import FileSent, do_attach
from bot.actions.city import City
from bot.actions.moving import Move
from bot.domain.case import State
from bot.domain.quiet import quiet_end
from bot.domain.rights import CENTRE
from bot.store import cases, tables
from bot.store.people import listeners
from bot.store.person import Address
from bot.store.supporters import SUPPORTERS
from bot.store.work import Priority, Work
from bot.talk.cases import of_kind, state_of, topic
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.talk.screen import Button, Media, Screen

ANSWERS = ("solved", "half", "unsolved", "cannot-tell")
ANSWER_VERB, VOTE_VERB = "w-say", "j-vote"  # the buttons of the last word: the reporter's, and a supporter's
REPLY_VERB, REVIEW_VERB, REOPEN_VERB = "w-answer", "w-review", "w-reopen"
MINE_VERB = "m-open"
_BEFORE = 2  # pictures from before, beside those from after
_ALBUM = 10
Build = Callable[[Move, Reader, bool], Sequence[Screen]]


def held_for(city: City, now: int) -> int:
    """Milliseconds until citizens may be disturbed."""
    quiet = city.pack.time.quiet
    return quiet_end(now, city.pack.time.zone, quiet.start, quiet.end) - now


async def readers_of(work: Work, case: cases.CaseRow) -> list[tuple[Address, bool]]:
    """Who hears of a case, and whether it is their own report: its reporter and its supporters whom we can reach, but
    for those who asked for silence.
    """
    shared = case.supporters and not case.private  # who joined an ordinary report does not follow it into confidence
    joined = [row.person_id for row in await work.query(SUPPORTERS, case_id=case.id)] if shared else []
    found = await listeners(work, [case.person_id, *joined])
    return [(found[each], each == case.person_id) for each in (case.person_id, *joined) if each in found]


async def push(move: Move) -> None:
    """Tell everybody who has this case, where the arrow has something to tell."""
    build = _BUILDS.get(move.arrow)
    if build is None:
        return
    if move.arrow == "done":
        await _load_pictures(move)
    made: dict[tuple[str, bool, bool], Sequence[Screen]] = {}  # nothing in them is personal
    for to, own in await readers_of(move.work, move.after):
        kind = (to.lang, bool(to.simple), own)
        if kind not in made:
            made[kind] = build(move, move.city.reader(to), own)
        say(move.work, move.city, to, made[kind], move.case.id, f"move-{move.event}")


def say(work: Work, city: City, to: Address, screens: Sequence[Screen], case_id: int, key: str) -> None:
    """Say these to a citizen, after the quiet hours; `key` finds them again while they wait."""
    held = held_for(city, work.now)
    for number, screen in enumerate(screens):
        more = {"silent": True} if screen.media else {}
        keyed = f"{key}-{number}"
        work.say(screen, to, priority=Priority.PUSH, case=case_id, collapse=keyed, after=held, **more)


async def show_late(work: Work, city: City, case: cases.CaseRow, file: FileSent, bot: str) -> None:
    """A picture of the work that came after the sentence: kept with it, and shown to everybody who has the case."""
    attachment = do_attach(work, bot, file, case_id=case.id)
    work.set(tables.attachments, attachment, after=True)
    for to, _own in await readers_of(work, case):
        reader = city.reader(to)
        screen = reader.screen(reader.rich("push-after"), media=(Media("photo", attachment),))
        say(work, city, to, [screen], case.id, f"move-{case.move_id}-late-{attachment}")


async def _load_pictures(move: Move) -> None:
    files = await move.work.query(cases.FILES_OF, case_id=move.case.id, person_id=move.case.person_id)
    move.data["before"] = [file.id for file in files if file.kind == "photo"][:_BEFORE]


def _text(text: str) -> Build:
    def build(move: Move, reader: Reader, _own: bool) -> list[Screen]:
        return [reader.screen(reader.rich(of_kind(move.case, text), code=reader.code(move.case.code)))]

    return build


def _referred(move: Move, reader: Reader, own: bool) -> list[Screen]:
    if move.case.kind and not own:  # who agrees with a suggestion waits for its answer
        return []
    case, pack = move.after, move.city.pack
    code = reader.code(case.code)
    name = pack.department_name(case.department, reader.lang)
    if case.department == CENTRE:
        texts = [reader.rich(of_kind(case, "push-to-centre"), code=code)]
    elif name:
        texts = [reader.rich(of_kind(case, "push-referred-named"), code=code, department=name)]
    else:
        texts = [reader.rich(of_kind(case, "push-referred"), code=code)]
    category = pack.categories.get(case.category)
    if category and category.target_confirmed and case.target_at and case.target_at > move.now:
        texts.append(reader.rich("push-target", target=reader.date(case.target_at)))
    return [reader.screen(*texts)]


def _external(move: Move, reader: Reader, _own: bool) -> list[Screen]:
    body = move.city.pack.bodies[move.fields.org]
    code = reader.code(move.case.code)
    if not body.may_tell:
        return [reader.screen(_status(move, reader))]
    return [
        reader.screen(
            reader.rich("push-external", code=code, org=body.name(reader.lang), number=reader.digits(body.number))
        )
    ]


def _passed_on(move: Move, reader: Reader, own: bool) -> list[Screen]:
    body = move.city.pack.bodies.get(move.case.org)
    solved = reader.button("btn-solved", ANSWER_VERB, f"{move.case.id}.solved", move.after.version)
    rows = [[solved]] if own else []
    if body is None or not body.may_tell:  # the pack has changed meanwhile
        return [reader.screen(_status(move, reader), rows=rows)]
    said = reader.rich(
        "push-passed-on",
        code=reader.code(move.case.code),
        org=body.name(reader.lang),
        reference=reader.digits(move.fields.reference),
        number=reader.digits(body.number),
    )
    return [reader.screen(said, rows=rows)]


def _status(move: Move, reader: Reader) -> Rich:
    case = move.after
    return reader.rich(
        "push-status",
        code=reader.code(case.code),
        status=state_of(reader, case),
        title=topic(reader, move.city.pack, case.category),
    )


def _question(move: Move, reader: Reader, own: bool) -> list[Screen]:
    """The question is the reporter's alone: a supporter has not said what it is about."""
    if not own:
        return []
    text, code = of_kind(move.case, "push-question"), reader.code(move.case.code)
    said = reader.rich(text, code=code, question=move.fields.words)
    return [reader.screen(said, rows=[[reader.button("btn-answer", REPLY_VERB, move.case.id)]])]


def _not_answered(move: Move, reader: Reader, own: bool) -> list[Screen]:
    return list(_text("push-question-over")(move, reader, own)) if own else []


def _extended(move: Move, reader: Reader, _own: bool) -> list[Screen]:
    text = "push-late-reason" if move.data["late"] else "push-extended"
    code, target = reader.code(move.case.code), reader.date(move.fields.date)
    return [reader.screen(reader.rich(text, code=code, reason=move.fields.words, target=target))]


def _done(move: Move, reader: Reader, own: bool) -> list[Screen]:
    """Said to be done, in the official's words; the pictures; then the question, which stands last."""
    case, fields = move.after, move.fields
    code = reader.code(case.code)
    if fields.no_photo:
        told = reader.rich("push-done-no-photo", code=code, reason=fields.no_photo)
    else:
        told = reader.rich("push-done", code=code)
    words = reader.rich("push-note", code=code, text=fields.words)
    screens = [reader.screen(told, words, gap="\n\n"), *_pictures(move, reader, own)]
    return [*screens, question(move.after, reader, own)]


def _pictures(move: Move, reader: Reader, own: bool) -> list[Screen]:
    seen = own or (move.case.public and move.case.published)
    before = move.data["before"] if seen else []
    after = list(move.fields.photos)
    media = tuple(Media("photo", each) for each in (before + after)[:_ALBUM])
    if not after or not media:
        return []
    theirs = "push-before-after" if own else "push-before-after-other"
    text = reader.rich(theirs, before=len(before), after=len(after)) if before else ()
    return [reader.screen(text or reader.rich("push-after"), media=media)]


def question(case: cases.CaseRow, reader: Reader, own: bool) -> Screen:
    """Is it solved? Four answers, of the reporter or of a supporter."""
    text = reader.rich("ask-done") if own else reader.rich("ask-done-joined", code=reader.code(case.code))
    return reader.screen(text, rows=answers(case, reader, own))


def answers(case: cases.CaseRow, reader: Reader, own: bool) -> list[list[Button]]:
    """The buttons of the last word."""
    verb = ANSWER_VERB if own else VOTE_VERB
    return [[reader.button(f"btn-{each}", verb, f"{case.id}.{each}", case.version)] for each in ANSWERS]


def _refused(move: Move, reader: Reader, own: bool) -> list[Screen]:
    code, reason = reader.code(move.case.code), move.fields.words
    if move.fields.date:
        said = reader.rich("push-not-done-until", code=code, reason=reason, date=reader.date(move.fields.date))
    else:
        said = reader.rich("push-not-done", code=code, reason=reason)
    rows = [[reader.button("btn-review", REVIEW_VERB, move.case.id, move.after.version)]] if own else []
    return [reader.screen(said, rows=rows)]


def _kept(move: Move, reader: Reader, own: bool) -> list[Screen]:
    """The reason for a suggestion is its author's alone."""
    if move.case.kind and not own:
        return [_joined(move, reader)]
    text, code = of_kind(move.case, "push-review-kept"), reader.code(move.case.code)
    return [reader.screen(reader.rich(text, code=code, reason=move.fields.words))]


def _result(move: Move, reader: Reader, own: bool) -> list[Screen]:
    """The city's answer to a suggestion: with its reason to who made it, in short to who agrees."""
    case = move.after
    if not own:
        return [_joined(move, reader)]
    code, status = reader.code(case.code), state_of(reader, case)
    review = [reader.button("btn-review", REVIEW_VERB, case.id, case.version)]
    said = reader.rich("suggest-result", code=code, status=status, reason=move.fields.words)
    return [reader.screen(said, rows=[review] if case.state == State.NOT_DONE else [])]


def _published(move: Move, reader: Reader, own: bool) -> list[Screen]:
    """Everybody may read it now: told of a suggestion, which waits for that."""
    if not (own and move.case.kind):
        return []
    return [reader.screen(reader.rich("suggest-push-published", code=reader.code(move.case.code)))]


def _recategorised(move: Move, reader: Reader, _own: bool) -> list[Screen]:
    old, new = (topic(reader, move.city.pack, move.data[each]) for each in ("old", "new"))
    return [reader.screen(reader.rich("push-recategorised", code=reader.code(move.case.code), old=old, new=new))]


def _photo_hidden(move: Move, reader: Reader, own: bool) -> list[Screen]:
    return list(_text("push-photo-hidden")(move, reader, own)) if own else []


def _kept_private(move: Move, reader: Reader, own: bool) -> list[Screen]:
    if not own:
        return []
    code, text = reader.code(move.case.code), of_kind(move.case, "push-public-refused")
    return [reader.screen(reader.rich(text, code=code, reason=move.fields.words))]


def _seen(move: Move, reader: Reader, own: bool) -> list[Screen]:
    """A colleague looked: their words, and the question again."""
    code = reader.code(move.case.code)
    said = reader.rich("push-seen-done", code=code, text=move.fields.words)
    return [reader.screen(said, rows=answers(move.after, reader, own))]


def _closed(move: Move, reader: Reader, own: bool) -> list[Screen]:
    case, limits = move.after, move.city.pack.limits
    until = reader.date(move.now + limits.reopen_days * 86_400_000)
    text = "push-closed-voted" if case.closed_how == "voted" else "push-closed-no-answer"
    if not own:
        return [_joined(move, reader)]
    rows = [[reader.button("btn-reopen", REOPEN_VERB, case.id, case.version)]]
    return [reader.screen(reader.rich(text, code=reader.code(case.code), date=until), rows=rows)]


def _joined(move: Move, reader: Reader) -> Screen:
    case = move.after
    state = state_of(reader, case, short=True)
    return reader.screen(reader.rich(of_kind(case, "push-joined"), code=reader.code(case.code), status=state))


def _was_split(move: Move, reader: Reader, _own: bool) -> list[Screen]:
    code, codes = reader.code(move.case.code), reader.codes(move.fields.codes)
    return [reader.screen(reader.rich("push-split", code=code, codes=codes))]


def _for_supporters(move: Move, reader: Reader, own: bool) -> list[Screen]:
    """What the reporter did themselves is news to the supporters alone."""
    return [] if own else [_joined(move, reader)]


def _reopened(move: Move, reader: Reader, own: bool) -> list[Screen]:
    return list(_text("push-reopened")(move, reader, own))


_BUILDS: dict[str, Build] = {
    "accept": _text("push-started"),
    "route": _referred,
    "refer": _referred,
    "external": _external,
    "pass-on": _passed_on,
    "ask": _question,
    "unanswered": _not_answered,
    "extend": _extended,
    "done": _done,
    "refuse": _refused,
    "recategorise": _recategorised,
    "hide-photo": _photo_hidden,
    "keep-private": _kept_private,
    "seen-done": _seen,
    "seen-open": _reopened,
    "voted-open": _reopened,
    "voted-solved": _closed,
    "silence": _closed,
    "not-asked": _closed,
    "keep": _kept,
    "adopt": _result,
    "plan": _result,
    "study": _result,
    "decline": _result,
    "re-adopt": _result,
    "re-plan": _result,
    "re-study": _result,
    "publish": _published,
    "split": _was_split,
    "change": _text("push-review-changed"),
    "solved": _for_supporters,
    "half": _for_supporters,
    "unsolved": _for_supporters,
    "reopen": _for_supporters,
    "contest": _for_supporters,
    "withdraw": _for_supporters,
}
