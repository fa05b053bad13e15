"""What is asked for a project or programme, one thing at a time: choices, and what it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.actions.attach import do_attach
from bot.actions.fields import check_words
from bot.domain.project import STAGES
from bot.errors import Refused
from bot.talk import buttons
from bot.talk.digits import latin
from bot.talk.limits import ALBUM
from bot.talk.screen import Button
from handlers.admin.keep.things import Given, Row, Thing
from handlers.context import Context
from handlers.moments import read_day, read_moment
from handlers.pieces import Piece

PICK_VERB = "kp-pick"
TITLE_LETTERS, PLACE_LETTERS, WORDS_LETTERS = 100, 200, 3_000
_PERCENTS = (0, 25, 50, 75, 90, 100)


@dataclass(frozen=True, slots=True)
class Form:
    """A change on its way. `row`: as the editor saw it, None for a new one. `round`: what its buttons carry."""

    thing: Thing
    row: Row
    field: str
    round: int
    given: Given


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that is asked for. `fills`: what stands in the given once it is known."""

    fills: str
    take: Callable[[Context, Form, Piece], Given]
    pick: Callable[[Context, Form, str], Given]
    choices: Callable[[Context, Form], list[Button]]


def _button(context: Context, form: Form, text: str, argument: str) -> Button:
    return Button(context.reader.line(text), buttons.make(PICK_VERB, form.round, argument))


def _no_choice(_context: Context, _form: Form) -> list[Button]:
    return []


def _no_message(_context: Context, _form: Form, _piece: Piece) -> Given:
    raise Refused("desk-choose")


def _no_button(_context: Context, _form: Form, _argument: str) -> Given:
    raise Refused("err-old-button")


def _only_text(piece: Piece, most: int) -> str:
    if piece.file or piece.place or piece.odd or not any(map(str.isalnum, piece.text)):
        raise Refused("keep-text-only")
    if len(piece.text) > most:
        raise Refused("keep-text-long", max=most)
    return piece.text


def _title(_context: Context, _form: Form, piece: Piece) -> Given:
    return {"title": " ".join(_only_text(piece, TITLE_LETTERS).split())}


def _words(_context: Context, _form: Form, piece: Piece) -> Given:
    return {"words": _only_text(piece, WORDS_LETTERS)}


def _skip_words(context: Context, form: Form) -> list[Button]:
    return [_button(context, form, "btn-skip", "none")]


def _no_words(_context: Context, _form: Form, argument: str) -> Given:
    if argument != "none":
        raise Refused("err-old-button")
    return {"words": ""}


def _reason(context: Context, _form: Form, piece: Piece) -> Given:
    words = _only_text(piece, WORDS_LETTERS)
    check_words(context.city, words)
    if context.city.mind.hollow(words):
        raise Refused("keep-why-hollow")
    return {"reason": words}


def _stages(context: Context, form: Form) -> list[Button]:
    return [_button(context, form, f"project-stage-{stage}", stage) for stage in STAGES if stage != form.row.stage]


def _stage(_context: Context, _form: Form, argument: str) -> Given:
    if argument not in STAGES:
        raise Refused("err-old-button")
    return {"stage": argument}


def _percents(context: Context, form: Form) -> list[Button]:
    reader = context.reader
    shown = [percent for percent in _PERCENTS if percent != form.row.percent]
    return [Button(reader.digits(percent), buttons.make(PICK_VERB, form.round, percent)) for percent in shown]


def _pick_percent(_context: Context, _form: Form, argument: str) -> Given:
    return _percent(argument)


def _take_percent(_context: Context, _form: Form, piece: Piece) -> Given:
    return _percent(latin(piece.text).strip(" ٪%"))


def _percent(text: str) -> Given:
    if not text.isdecimal() or len(text) > 3 or int(text) > 100:
        raise Refused("keep-percent-wrong")
    return {"percent": int(text)}


def _end(context: Context, _form: Form, piece: Piece) -> Given:
    return {"ends_at": read_day(context, _only_text(piece, PLACE_LETTERS))}


def _open_end(context: Context, form: Form) -> list[Button]:
    return [_button(context, form, "btn-no-date", "none")] if form.row.ends_at else []


def _no_end(_context: Context, _form: Form, argument: str) -> Given:
    if argument != "none":
        raise Refused("err-old-button")
    return {"ends_at": 0}


def _when(context: Context, _form: Form, piece: Piece) -> Given:
    return {"starts_at": read_moment(context, _only_text(piece, PLACE_LETTERS))}


def _until(context: Context, form: Form, piece: Piece) -> Given:
    """A clock on the day that it begins, or a whole moment."""
    words = _only_text(piece, PLACE_LETTERS)
    alone = not any(letter.isalpha() or letter in "/-" for letter in words.replace("ساعت", ""))
    day = f"{context.reader.dates.short('en', form.row.starts_at)} " if alone else ""
    ends_at = read_moment(context, f"{day}{words}")
    if ends_at <= form.row.starts_at:
        raise Refused("keep-end-before")
    return {"ends_at": ends_at}


def _place(_context: Context, form: Form, piece: Piece) -> Given:
    """Words, a pin, or a venue, which is both. Words that come first take the place of an older pin."""
    if piece.place is None:
        words = {"place": " ".join(_only_text(piece, PLACE_LETTERS).split())}
        return words if form.given.get("pin") else {**words, "lat": None, "lon": None}
    named = {"place": piece.place.title[:PLACE_LETTERS]} if piece.place.title else {}
    return {**named, "lat": piece.place.lat, "lon": piece.place.lon, "pin": True}


def _pin(_context: Context, _form: Form, piece: Piece) -> Given:
    if piece.place is None:
        raise Refused("keep-pin-only")
    return {"lat": piece.place.lat, "lon": piece.place.lon, "pin": True}


def _skip_pin(context: Context, form: Form) -> list[Button]:
    return [_button(context, form, "btn-skip", "none")]


def _no_pin(_context: Context, _form: Form, argument: str) -> Given:
    if argument != "none":
        raise Refused("err-old-button")
    return {"pin": True}


def _photo(context: Context, form: Form, piece: Piece) -> Given:
    """One more; the album that it came with goes on in the next messages."""
    if piece.file is None or piece.file.kind != "photo":
        raise Refused("keep-photos-only")
    files, keys = list(form.given.get("files", ())), list(form.given.get("keys", ()))
    if piece.file.key in keys:  # on a weak network the same one comes again
        return {}
    if len(files) >= ALBUM:
        raise Refused("keep-photos-many", max=ALBUM)
    kind = "document" if piece.file.as_file else "photo"
    return {
        "files": [*files, [do_attach(context.work, context.bot_key, piece.file), kind]],
        "keys": [*keys, piece.file.key],
    }


def _photo_choices(context: Context, form: Form) -> list[Button]:
    if form.given.get("files"):
        return [_button(context, form, "btn-photos-done", "done")]
    return [_button(context, form, "btn-photos-none", "none")]


def _photos_done(_context: Context, form: Form, argument: str) -> Given:
    if argument not in ("done", "none") or (argument == "done") != bool(form.given.get("files")):
        raise Refused("err-old-button")
    return {"photos": True}


SLOTS: dict[str, Slot] = {
    "title": Slot("title", _title, _no_button, _no_choice),
    "words": Slot("words", _words, _no_words, _skip_words),
    "stage": Slot("stage", _no_message, _stage, _stages),
    "percent": Slot("percent", _take_percent, _pick_percent, _percents),
    "end": Slot("ends_at", _end, _no_end, _open_end),
    "when": Slot("starts_at", _when, _no_button, _no_choice),
    "until": Slot("ends_at", _until, _no_end, _open_end),
    "place": Slot("place", _place, _no_button, _no_choice),
    "pin": Slot("pin", _pin, _no_pin, _skip_pin),
    "photos": Slot("photos", _photo, _photos_done, _photo_choices),
    "reason": Slot("reason", _reason, _no_button, _no_choice),
}
