"""Language, neighbourhood and manner: each changes in place."""

from __future__ import annotations

from telegram import Update

from bot.actions.settings import set_area, set_language, set_simple
from bot.errors import Refused
from bot.talk import buttons
from bot.talk.screen import Button
from handlers.citizen.languages import language_rows
from handlers.citizen.menu import back_button, more_screen
from handlers.context import Context
from handlers.press import stale


async def languages(update: Update, context: Context) -> None:
    """The question in every language, so that whoever chose a wrong one finds back."""
    texts, offered = context.city.texts, context.city.pack.languages.offered
    rows = [*language_rows(context, "g-set", context.reader.lang), [back_button(context)]]
    context.show(update, context.reader.screen(*(texts.rich(lang, "start-language") for lang in offered), rows=rows))


async def language(update: Update, context: Context) -> None:
    """The menu comes anew in the chosen language."""
    try:
        set_language(context.work, context.city, context.press.argument)
    except Refused:
        await stale(context)
        return
    context.read_again()
    context.show(update, more_screen(context))
    said = [context.rich("set-language-ok")]
    if context.city.pack.missing_texts(context.reader.lang):
        said.append(context.rich("set-language-partial"))
    context.say(context.reader.screen(*said, keys=context.menu()), collapse="manner")


async def areas(update: Update, context: Context) -> None:
    """Which part of the town; voluntary, and taken back with one tap."""
    mine = context.person.area
    each = [_area(context, area.key, area.name(context.reader.lang)) for area in context.city.pack.areas]
    rows = [each[at : at + 2] for at in range(0, len(each), 2)]
    off = [context.reader.button("btn-area-off", "s-area-off")] if mine else []
    rows += [off, [back_button(context)]]
    context.show(update, context.reader.screen(context.rich("set-area-ask"), rows=rows))


def _area(context: Context, key: str, name: str) -> Button:
    return Button(f"✅ {name}" if key == context.person.area else name, buttons.make("s-area-set", argument=key))


async def area(update: Update, context: Context) -> None:
    """This is where they live."""
    known = {one.key: one.name(context.reader.lang) for one in context.city.pack.areas}
    name = known.get(context.press.argument)
    if name is None:
        await stale(context)
        return
    set_area(context.work, context.city, context.press.argument)
    context.work.toast(context.reader.line("set-area-ok", area=name))
    await areas(update, context)


async def no_area(update: Update, context: Context) -> None:
    """Nobody's business."""
    set_area(context.work, context.city, "")
    context.work.toast(context.reader.line("set-area-off"))
    await areas(update, context)


async def simple(update: Update, context: Context) -> None:
    """Simple and large, or ordinary again. The menu comes anew, its keys stand differently now."""
    set_simple(context.work, context.press.argument == "on")
    context.read_again()
    context.show(update, more_screen(context))
    told = context.rich("set-simple-on" if context.reader.simple else "set-simple-off")
    context.say(context.reader.screen(told, keys=context.menu()), collapse="manner")


VERBS = {
    "g-list": languages,
    "g-set": language,
    "s-area": areas,
    "s-area-set": area,
    "s-area-off": no_area,
    "s-simple": simple,
}
