"""Help, emergency numbers, and what becomes of what people send."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Update

from bot.pack.pack import Pack
from bot.talk.reader import Reader
from bot.talk.rich import Plain, Rich, join
from bot.talk.screen import Screen
from handlers.citizen.menu import back_button, leave
from handlers.citizen.persian import in_persian, with_persian
from handlers.context import Context

# Life first; then what may explode or shock; then the town's own number.
_NUMBERS = (
    *("fire", "ambulance", "police", "social_emergency", "red_crescent"),
    *("gas", "power", "water", "municipality_137"),
)


async def emergency(update: Update, context: Context) -> None:
    """Each number on a line of its own, with the menu."""
    leave(context)
    context.say(context.reader.screen(*_numbers(context), keys=context.menu(), gap="\n\n"))


def _numbers(context: Context) -> list[Rich]:
    reader, pack = context.reader, context.city.pack
    told = [number for key in _NUMBERS if (number := pack.fact(f"phones.{key}"))]
    texts: list[Rich] = [(Plain(phone_lines(reader, pack, told)),)]
    return texts if reader.lang == "fa" else [*texts, in_persian(reader).rich("help-emergency")]


def phone_lines(reader: Reader, pack: Pack, numbers: Iterable[str]) -> str:
    """Who answers each of these short numbers, a line each."""
    return "\n".join(
        reader.line("phone-line", name=reader.line(pack.phone_text(number)), number=reader.digits(number))
        for number in numbers
    )


def danger_texts(context: Context, words: str) -> list[Rich] | None:
    """The numbers for what words name, in Persian too; none for no danger; None for despair: calm words alone then."""
    kinds = context.city.mind.dangers(words)
    if any(kind.tone == "calm" for kind in kinds):
        return None
    numbers = dict.fromkeys(number for kind in kinds for number in kind.numbers)
    readers = dict.fromkeys([context.reader, in_persian(context.reader)]) if numbers else ()
    pack = context.city.pack
    return [reader.rich("err-emergency", numbers=phone_lines(reader, pack, numbers)) for reader in readers]


async def help_(update: Update, context: Context) -> None:
    """The command."""
    leave(context)
    context.say(_help(context))


async def help_here(update: Update, context: Context) -> None:
    """The button: in place."""
    context.show(update, _help(context))


def _help(context: Context) -> Screen:
    reader, address = context.reader, context.city.pack.fact("portal.bot_address")
    genuine = [reader.rich("help-genuine")]
    if address:
        genuine.append(reader.rich("help-genuine-address", address=address))
    rows = [
        [reader.button("btn-human", "h-human"), reader.button("btn-privacy", "h-privacy")],
        [reader.button("btn-share", "h-share"), back_button(context)],
    ]
    return reader.screen(
        reader.rich("help-text"),
        join(*genuine),
        with_persian(reader, "help-emergency"),
        rows=rows,
        gap="\n\n",
    )


async def privacy(update: Update, context: Context) -> None:
    """What is kept, who sees it, and how to have it back or away. Nothing is said of erasing by the clock."""
    reader = context.reader
    texts = [reader.rich(f"help-privacy-{part}") for part in ("kept", "staff", "public", "rights")]
    rows = [[reader.button("btn-my-data", "d-data")], [back_button(context)]]
    context.show(update, reader.screen(*texts, rows=rows, gap="\n\n"))


COMMANDS = {"help": help_}
LABELS = {"btn-emergency": emergency}
VERBS = {"h-help": help_here, "h-privacy": privacy}
