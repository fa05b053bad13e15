"""A message while a draft is open: the draft takes what fits."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.actions.attach import FileSent, do_attach
from bot.actions.limits import files_left
from bot.domain import geo
from bot.domain.draft import Draft, Place
from bot.talk.rich import Rich
from bot.talk.screen import MediaKind, Screen
from bot.understand.personal import mask
from handlers.citizen.report import danger, state
from handlers.citizen.report.ask import ask
from handlers.citizen.report.words import place_words
from handlers.context import Context
from handlers.pieces import Piece, PlaceSent, piece_of

_MAX_WORDS = 20_000  # letters of all parts together; a person who writes more is asked to stop by the flood's answer


async def take(update: Update, context: Context) -> None:
    """The next message of somebody whose draft is open."""
    if update.message is None:
        return
    await take_piece(context, piece_of(update.message), state.draft_of(context))


async def take_piece(context: Context, piece: Piece, draft: Draft, *, first: Screen | None = None) -> None:
    """Put a piece into the draft and ask on. What can't be kept is answered, and the draft stays as it was.

    `first`: ask this before all else, as whether it is meant as a report at all.
    """
    if piece.odd:
        refuse(context, piece.odd)
        return
    acks: list[Rich] = []
    if piece.file:
        draft = await _take_file(context, piece, piece.file, draft, acks)
    if piece.place:
        draft = take_pin(context, piece.place, draft, acks)
    if piece.text:
        text = _masked(context, piece.text, acks)
        if danger.tell(context, text, draft):
            draft = danger.noted(context, text, draft)
            if danger.is_calm(context, text):
                return
            state.keep(context, _take_words(context, piece, text, draft, acks))
            return
        draft = _take_words(context, piece, text, draft, acks)
    if first:
        state.keep(context, draft)
        context.say(first, collapse="report")
    else:
        await ask(context, draft, *acks, more=piece.more)


def is_it_yours(context: Context) -> Screen:
    """Words that were forwarded: are they meant as a report?"""
    reader, now = context.reader, state.version(context)
    rows = [[reader.button("btn-yes", "r-go", version=now), reader.button("btn-cancel", "r-cancel", version=now)]]
    return reader.screen(reader.rich("report-forwarded"), rows=rows)


def refuse(context: Context, odd: str) -> None:
    """A kind of message that can't be kept: one kind sentence, nothing lost."""
    texts = {"sticker": "err-sticker", "contact": "err-contact", "video_note": "report-file-bad"}
    context.say(context.reader.screen(context.rich(texts.get(odd, "err-kind"))), collapse="odd")


def _masked(context: Context, text: str, acks: list[Rich]) -> str:
    """Card and national id numbers are kept out of what is stored."""
    text, found = mask(text)
    if found:
        acks.append(context.rich("err-personal"))
    return text


def _take_words(context: Context, piece: Piece, text: str, draft: Draft, acks: list[Rich]) -> Draft:
    """Words are what was asked for: an address, a landmark, an answer; otherwise more of the description."""
    step = context.work.dialogue(state.NAME).step
    if piece.file is None and piece.place is None:
        if step == state.PLACE:
            return _take_address(context, text, draft, acks)
        if step == state.LANDMARK and draft.place:
            return replace(draft, place=replace(draft.place, landmark=text[:200]))
        if step == state.QUESTION:
            return replace(draft, answer=text[:1_000])
    if step == state.NEW_TEXT:
        return replace(draft, words=((piece.message_id, text),))
    if len(draft.text) + len(text) > _MAX_WORDS:
        return draft
    if draft.words:
        acks.append(context.rich("report-describe-long" if piece.more else "report-text-added"))
    return replace(draft, words=(*draft.words, (piece.message_id, text)))


def _take_address(context: Context, text: str, draft: Draft, acks: list[Rich]) -> Draft:
    mind = context.city.mind
    if mind.other_town(text) and "this-town" not in draft.said:
        acks.append(context.rich("report-wrong-city"))
        draft = draft.tell("this-town")
    place = Place(address=text[:500], landmark=mind.landmark(text) or "")
    return placed(context, replace(draft, place=place), acks)


def take_pin(context: Context, sent: PlaceSent, draft: Draft, acks: list[Rich]) -> Draft:
    """A pin becomes the draft's place; one outside the world is answered and changes nothing."""
    if not geo.valid(sent.lat, sent.lon) or (sent.lat == 0 and sent.lon == 0):
        acks.append(context.rich("report-place-bad"))
        return draft
    pack = context.city.pack
    area = pack.area_of(sent.lat, sent.lon)
    place = Place(
        sent.lat,
        sent.lon,
        sent.accuracy,
        sent.title[:500],
        area.key if area else "",
        far=not pack.geo.in_city(sent.lat, sent.lon),
    )
    return placed(context, replace(draft, place=place), acks)


def placed(context: Context, draft: Draft, acks: list[Rich]) -> Draft:
    """Say that the place is known. Where the place keyboard was shown, the menu takes its place again."""
    if draft.place is None or (draft.place.far and not draft.place.sure):
        return draft
    told = context.rich("report-place-ok", place=place_words(context, draft.place))
    if "keys" in draft.said:
        context.say(context.reader.screen(told, keys=context.menu()), collapse="report-place")
        return replace(draft, said=draft.said - {"keys"})
    acks.append(told)
    return draft


async def _take_file(context: Context, piece: Piece, file: FileSent, draft: Draft, acks: list[Rich]) -> Draft:
    limits = context.city.pack.limits
    if context.work.dialogue(state.NAME).step == state.NEW_PHOTO:
        kept = replace(draft, files=tuple(f for f in draft.files if f[1] not in ("photo", "video")))
    else:
        kept = draft
    if file.size > limits.max_file_mb * 1_048_576:
        big = "report-video-big" if file.kind == "video" else "report-photo-big"
        acks.append(context.rich(big, max=limits.max_file_mb))
        return draft
    most, text = _most(context, file.kind)
    if kept.count(*_ALIKE.get(file.kind, (file.kind,))) >= most or await files_left(context.work, context.city) <= 0:
        acks.append(context.rich(text, max=most))
        return draft
    attachment = do_attach(context.work, context.bot_key, file)
    _thank(context, file, piece, acks)
    return replace(kept, files=(*kept.files, (attachment, file.kind, piece.message_id)))


_ALIKE: dict[MediaKind, tuple[MediaKind, ...]] = {
    "voice": ("voice", "audio"),
    "audio": ("voice", "audio"),
    "photo": ("photo", "document"),
}
_ALIKE["document"] = _ALIKE["photo"]


def _most(context: Context, kind: MediaKind) -> tuple[int, str]:
    limits = context.city.pack.limits
    if kind == "video":
        return limits.max_videos, "report-video-many"
    if kind in ("voice", "audio"):
        return limits.max_voice, "report-voice-many"
    return limits.max_photos, "report-photo-many"


def _thank(context: Context, file: FileSent, piece: Piece, acks: list[Rich]) -> None:
    if file.kind in ("voice", "audio"):
        acks.append(context.rich("report-voice-ok"))
    elif file.kind == "video":
        acks.append(context.rich("report-video-ok"))
    elif file.kind == "document":
        acks.append(context.rich("report-file-ok"))
