"""An announcement as citizens read it, in the reader's language; the words that were filled in stay as typed."""

from __future__ import annotations

from typing import cast

from bot.domain.content import Content
from bot.talk import rich
from bot.talk.reader import Reader
from bot.talk.rich import Bold, Plain, Rich
from bot.talk.screen import Media, MediaKind, Screen

PIN = "c-pin"  # the button that sends the place
NO_ISOLATES = str.maketrans({rich.FSI: None, rich.PDI: None})
_TITLE = 48  # letters of a free text that name it


def announcement(reader: Reader, kind: str, content: Content, cast_id: int) -> Screen:
    """The whole message: its heading, what is told, its file and a button for its place."""
    head = reader.rich(f"cast-head-{kind}")
    return dressed(reader, content, cast_id, bolded(head), body(reader, content))


def corrected(reader: Reader, content: Content, cast_id: int) -> Screen:
    """For those who got the earlier text."""
    return dressed(reader, content, cast_id, reader.rich("cast-corrected"), body(reader, content))


def over(reader: Reader, content: Content, now: int) -> Screen:
    """What it told of is over."""
    clock = reader.clock(now)
    if content.template:
        return reader.screen(reader.rich(f"cast-{content.template}-over", place=content.place, clock=clock))
    return reader.screen(reader.rich("cast-over", title=title(reader, content), clock=clock))


def extended(reader: Reader, content: Content, until: int) -> Screen:
    """It takes longer."""
    return reader.screen(reader.rich("cast-extended", title=title(reader, content), until=reader.date_clock(until)))


def body(reader: Reader, content: Content) -> Rich:
    """What is told: the template in the reader's language, or the text in it, else in Persian."""
    if not content.template:
        return (Plain(rich.plain(content.texts.get(reader.lang) or content.texts.get("fa", ""))),)
    told = reader.rich(
        f"cast-{content.template}",
        place=content.place,
        reason=content.reason,
        **{"from": reader.date_clock(content.from_at), "until": reader.date_clock(content.until_at)},
    )
    detour = [reader.rich("cast-road-detour", detour=content.detour)] if content.detour else []
    return rich.join(told, *detour)


def title(reader: Reader, content: Content) -> str:
    """How lists and later messages name it."""
    if content.template:
        return reader.line(f"cast-title-{content.template}", place=content.place).translate(NO_ISOLATES)
    return short(content.texts.get(reader.lang) or content.texts.get("fa", ""), _TITLE)


def short(text: str, most: int) -> str:
    """The first words of a text, at most so many letters."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: words.rfind(" ", 0, most) + 1 or most].rstrip() + "…"


def dressed(reader: Reader, content: Content, cast_id: int, *texts: Rich) -> Screen:
    """With what it shows besides words."""
    media = (Media(cast(MediaKind, content.file[1]), content.file[0]),) if content.file else ()
    rows = [[reader.button("btn-on-map", PIN, cast_id)]] if content.pin else []
    return reader.screen(*texts, rows=rows, media=media, gap="\n\n")


def bolded(head: Rich) -> Rich:
    """The words that head a message."""
    return (Bold(rich.visible(head)),)
