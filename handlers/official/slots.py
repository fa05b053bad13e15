"""What a move needs is asked for, one thing at a time: how each is asked, and what of a message or press it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.actions.attach import do_attach
from bot.actions.fields import REASONS, check_length, check_words
from bot.actions.staff import load_staff
from bot.clock import MINUTE
from bot.domain.rights import CENTRE
from bot.errors import Refused
from bot.pack.answers import Answer, Kind
from bot.store import cases
from bot.store.cases import CaseRow
from bot.talk import buttons
from bot.talk.screen import Button, Media, Screen
from bot.understand.personal import mask
from handlers.context import Context
from handlers.official.days import FURTHEST, coming_days, read_day
from handlers.paging import number_of
from handlers.pieces import Piece

PICK_VERB, STOP_VERB = "v-pick", "v-stop"
Given = dict[str, Any]
"""What has been given so far, by slot."""


@dataclass(frozen=True, slots=True)
class Form:
    """A move on its way. `round`: the dialogue's version, which its buttons carry."""

    case: CaseRow
    arrow: str
    round: int
    given: Given


Ask = Callable[[Context, Form], Awaitable[Screen]]
Take = Callable[[Context, Form, Piece], Awaitable[Given]]
Pick = Callable[[Context, Form, str], Awaitable[Given]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that is asked for. `take`: from a message; `pick`: from a button. Both answer what it gives."""

    ask: Ask
    take: Take
    pick: Pick


def pick_button(form: Form, label: str, argument: str | int) -> Button:
    """A button that answers what is asked."""
    return Button(label, buttons.make(PICK_VERB, form.round, argument))


def _screen(context: Context, form: Form, text: str, *choices: Button, columns: int = 2, **args: Any) -> Screen:
    """A question with its choices, and the way out in the last row."""
    rows = [list(choices[at : at + columns]) for at in range(0, len(choices), columns)]
    rows.append([context.reader.button("btn-cancel", STOP_VERB, version=form.round)])
    return context.reader.screen(context.rich(text, **args), rows=rows)


async def _no_message(context: Context, form: Form, piece: Piece) -> Given:
    raise Refused("desk-choose")


async def _no_button(context: Context, form: Form, argument: str) -> Given:
    raise Refused("err-old-button")


def only_text(piece: Piece) -> str:
    """The words of a message. Raises Refused for anything else."""
    if piece.file or piece.place or piece.odd or not piece.text:
        raise Refused("desk-reason-text-only")
    return piece.text


# Words: typed, or one of the pack's ready sentences.

CALLED = ("half", "unsolved", "answer", "reopen", "contest")  # what somebody said on the phone, in their words
_TEXTS = {
    "refer": "desk-refer-why",
    "ask": "desk-ask-ask",
    "extend": "desk-extend-why",
    "done": "desk-done-words",
    "refuse": "desk-cannot-text",
    "note": "desk-note-ask",
    "keep": "desk-keep-why",
    "adopt": "desk-adopt-why",
    "plan": "desk-plan-why",
    "study": "desk-study-why",
    "decline": "desk-decline-why",
    "re-adopt": "desk-adopt-why",
    "re-plan": "desk-plan-why",
    "re-study": "desk-study-why",
    "keep-private": "desk-private-why",
    "seen-done": "desk-seen-done-ask",
    "seen-open": "desk-seen-open-ask",
    **dict.fromkeys(CALLED, "desk-called-words"),
}
_READY: dict[str, Kind] = {"done": "done", "refuse": "refuse", "extend": "extend", "ask": "ask"}
_SHORT = frozenset({"ask", "note", *CALLED})  # a question may be three words


def _ready(context: Context, form: Form) -> tuple[Answer, ...]:
    kind = _READY.get(form.arrow)
    reason = str(form.given.get("reason", "")).replace("-", "_")
    if kind is None or reason == "other":
        return ()
    return context.city.pack.answers.for_move(kind, form.case.category, reason)


async def _ask_words(context: Context, form: Form) -> Screen:
    limits, lang = context.city.pack.limits, context.reader.lang
    ready = [pick_button(form, answer.label(lang), answer.key) for answer in _ready(context, form)]
    text = _TEXTS[form.arrow]
    return _screen(context, form, text, *ready, min=limits.min_reason_chars, days=limits.question_days)


async def _take_words(context: Context, form: Form, piece: Piece) -> Given:
    words, _ = mask(only_text(piece))
    _check(context, form, words)
    if form.arrow not in _SHORT and words != form.given.get("challenged") and context.city.mind.hollow(words):
        return {"challenged": words}
    return {"words": words}


def _check(context: Context, form: Form, words: str) -> None:
    check_length(context.city, words) if form.arrow in _SHORT else check_words(context.city, words)


async def _pick_words(context: Context, form: Form, argument: str) -> Given:
    if argument == "anyway" and form.given.get("challenged"):
        return {"words": form.given["challenged"]}
    answer = context.city.pack.answers.listed.get(argument)
    if answer is None:
        raise Refused("err-old-button")
    return {"words": answer.words("fa")}


async def challenge(context: Context, form: Form) -> Screen:
    """The words say nothing: asked once, kindly; one tap sends them all the same."""
    anyway = pick_button(form, context.reader.line("btn-send-anyway"), "anyway")
    return _screen(context, form, "desk-reason-generic", anyway)


# The picture after the work: its caption is the sentence.


async def _ask_picture(context: Context, form: Form) -> Screen:
    none = pick_button(form, context.reader.line("btn-no-after-photo"), "none")
    return _screen(context, form, "desk-done-photo", none)


async def _take_picture(context: Context, form: Form, piece: Piece) -> Given:
    if piece.file and piece.file.kind == "photo":
        return _photo(context, form, piece)
    if form.given.get("why"):
        words = only_text(piece)
        check_length(context.city, words)
        return {"no_photo": words}
    if piece.file or piece.odd or piece.place:
        raise Refused("desk-reason-text-only")
    raise Refused("desk-done-photo-needed")


def _photo(context: Context, form: Form, piece: Piece) -> Given:
    assert piece.file is not None
    sent, photos = list(form.given.get("sent", [])), list(form.given.get("photos", []))
    if piece.file.key not in sent:  # on a weak network the same one comes again
        sent.append(piece.file.key)
        photos.append(do_attach(context.work, context.bot_key, piece.file))
    given: Given = {"photos": photos, "sent": sent, "picture": True, "no_photo": ""}
    if piece.text and len(piece.text) <= context.city.pack.limits.min_reason_chars:
        return given  # the picture counts; the sentence is asked for
    if piece.text:
        check_length(context.city, piece.text)
        given |= {"challenged" if context.city.mind.hollow(piece.text) else "words": piece.text}
    return given


async def _pick_picture(context: Context, form: Form, argument: str) -> Given:
    if argument == "none":
        return {"why": True}
    answer = context.city.pack.answers.listed.get(argument)
    if answer is None or not form.given.get("why"):
        raise Refused("err-old-button")
    return {"no_photo": answer.words("fa")}


async def ask_why_no_picture(context: Context, form: Form) -> Screen:
    """Why there is none: typed, or a ready sentence."""
    ready = context.city.pack.answers.for_move("no_photo", form.case.category)
    choices = [pick_button(form, answer.label(context.reader.lang), answer.key) for answer in ready]
    return _screen(context, form, "desk-done-no-photo", *choices)


# Choices from lists.


async def _ask_department(context: Context, form: Form) -> Screen:
    pack, lang = context.city.pack, context.reader.lang
    text = "desk-refer-ask"
    keys = [key for key in pack.departments if key not in (form.case.desk, "inspection", "mayor_office")]
    usual = pack.categories[form.case.category].department if form.case.category in pack.categories else ""
    keys.sort(key=lambda key: (key != usual, key == CENTRE))
    return _screen(context, form, text, *(pick_button(form, pack.departments[key].name(lang), key) for key in keys))


async def _pick_department(context: Context, form: Form, argument: str) -> Given:
    if argument not in context.city.pack.departments:
        raise Refused("err-old-button")
    return {"department": argument}


async def _ask_org(context: Context, form: Form) -> Screen:
    bodies, lang = context.city.pack.bodies, context.reader.lang
    choices = [pick_button(form, body.name(lang), key) for key, body in bodies.items()]
    return _screen(context, form, "desk-external-org", *choices)


async def _pick_org(context: Context, form: Form, argument: str) -> Given:
    if argument not in context.city.pack.bodies:
        raise Refused("err-old-button")
    return {"org": argument}


async def _ask_reason(context: Context, form: Form) -> Screen:
    choices = [pick_button(form, context.reader.line(f"btn-reason-{reason}"), reason) for reason in REASONS]
    return _screen(context, form, "desk-cannot-reason", *choices)


async def _pick_reason(context: Context, form: Form, argument: str) -> Given:
    if argument not in REASONS:
        raise Refused("err-old-button")
    return {"reason": argument}


async def _ask_category(context: Context, form: Form) -> Screen:
    """The groups, then the topics of one; by one tap the guesses from the words."""
    pack, lang = context.city.pack, context.reader.lang
    group = form.given.get("group", "")
    if group:
        choices = [pick_button(form, each.label(lang), each.key) for each in pack.offered(group)]
        return _screen(context, form, "desk-recategorise-ask", *choices)
    guesses = context.city.mind.categories(form.case.words)
    found = [pack.categories[guess.key] for guess in guesses if guess.key != form.case.category]
    choices = [pick_button(form, each.label(lang), each.key) for each in found]
    choices += [pick_button(form, each.label(lang), f"g-{key}") for key, each in pack.groups.items()]
    return _screen(context, form, "desk-recategorise-ask", *choices)


async def _pick_category(context: Context, form: Form, argument: str) -> Given:
    pack = context.city.pack
    if argument.startswith("g-") and argument[2:] in pack.groups:
        return {"group": argument[2:]}
    found = pack.categories.get(argument)
    if found is None or found.retired:
        raise Refused("err-old-button")
    return {"category": argument}


async def _ask_colleague(context: Context, form: Form) -> Screen:
    staff, case = await load_staff(context.work), form.case
    people = staff.at(case.desk, private=bool(case.private))
    at_work = {one.person_id for one in staff.on_duty(case.desk, private=bool(case.private))}
    others = [one for one in people if one.person_id != context.person.id and one.person_id in at_work]
    if not others:
        raise Refused("desk-assign-nobody")
    choices = [pick_button(form, staff.name(one.person_id) or f"#{one.person_id}", one.person_id) for one in others]
    return _screen(context, form, "desk-assign-ask", *choices)


async def _pick_colleague(context: Context, form: Form, argument: str) -> Given:
    return {"colleague": number_of(argument)}


async def _ask_photo(context: Context, form: Form) -> Screen:
    files = await context.work.query(cases.FILES, case_id=form.case.id, after=False)
    photos = [file for file in files if file.kind == "photo"]
    if not photos:
        raise Refused("desk-hide-photo-none")
    context.say(context.reader.screen(media=tuple(Media("photo", file.id) for file in photos)), case=form.case.id)
    digits = context.reader.digits
    return _screen(
        context, form, "desk-hide-photo-ask", *(pick_button(form, digits(n), f.id) for n, f in enumerate(photos, 1))
    )


async def _pick_photo(context: Context, form: Form, argument: str) -> Given:
    files = await context.work.query(cases.FILES, case_id=form.case.id, after=False)
    if argument not in {str(file.id) for file in files}:
        raise Refused("err-old-button")
    return {"photo": int(argument)}


# Days, places, numbers.


async def _ask_date(context: Context, form: Form) -> Screen:
    reader, city = context.reader, context.city
    stands = form.case.target_at or 0 if form.arrow == "extend" else 0
    days = coming_days(city.calendar, max(context.work.now, stands))
    choices = [pick_button(form, reader.dates.day_short(reader.lang, day), day // MINUTE) for day in days]
    if form.arrow == "refuse":
        choices.append(pick_button(form, reader.line("btn-no-date"), 0))
    text = "desk-cannot-review" if form.arrow == "refuse" else "desk-extend-date"
    return _screen(context, form, text, *choices)


async def _take_date(context: Context, form: Form, piece: Piece) -> Given:
    day = read_day(only_text(piece), context.work.now, context.city.pack.time.zone)
    closing = context.city.calendar.closing(day) if day else None
    if closing is None or closing <= context.work.now:
        raise Refused("desk-extend-past")
    return {"date": closing}


async def _pick_date(context: Context, form: Form, argument: str) -> Given:
    if argument == "0" and form.arrow == "refuse":
        return {"date": 0}
    day, now = number_of(argument) * MINUTE, context.work.now
    if not now < day < now + FURTHEST or context.city.calendar.closing(day) != day:
        raise Refused("err-old-button")
    return {"date": day}


async def _ask_place(context: Context, form: Form) -> Screen:
    return _screen(context, form, "desk-place-ask")


async def _take_place(context: Context, form: Form, piece: Piece) -> Given:
    if piece.place:
        return {"place": [piece.place.lat, piece.place.lon, piece.place.title]}
    return {"place": [None, None, only_text(piece)[:300]]}


async def _ask_reference(context: Context, form: Form) -> Screen:
    return _screen(context, form, "desk-external-reference")


async def _take_reference(context: Context, form: Form, piece: Piece) -> Given:
    return {"reference": only_text(piece)[:60]}


SLOTS: dict[str, Slot] = {
    "words": Slot(_ask_words, _take_words, _pick_words),
    "picture": Slot(_ask_picture, _take_picture, _pick_picture),
    "department": Slot(_ask_department, _no_message, _pick_department),
    "org": Slot(_ask_org, _no_message, _pick_org),
    "reason": Slot(_ask_reason, _no_message, _pick_reason),
    "category": Slot(_ask_category, _no_message, _pick_category),
    "colleague": Slot(_ask_colleague, _no_message, _pick_colleague),
    "photo": Slot(_ask_photo, _no_message, _pick_photo),
    "date": Slot(_ask_date, _take_date, _pick_date),
    "place": Slot(_ask_place, _take_place, _no_button),
    "reference": Slot(_ask_reference, _take_reference, _no_button),
}
NEEDED: dict[str, tuple[str, ...]] = {
    "refer": ("department", "words"),
    "route": ("department",),
    "hand": ("colleague",),
    "ask": ("words",),
    "extend": ("date", "words"),
    "done": ("picture", "words"),
    "refuse": ("reason", "words", "date"),
    "external": ("org",),
    "pass-on": ("reference",),
    "recategorise": ("category",),
    "relocate": ("place",),
    "note": ("words",),
    "merge": ("into",),
    "split": ("parts",),
    "hide-photo": ("photo",),
    "keep-private": ("words",),
    "keep": ("words",),
    **dict.fromkeys(("adopt", "plan", "study", "decline", "re-adopt", "re-plan", "re-study"), ("words",)),
    "seen-done": ("words",),
    "seen-open": ("words",),
    **dict.fromkeys(CALLED, ("words",)),
}
"""What each arrow asks for, in this order; an arrow that is not here asks for nothing."""
