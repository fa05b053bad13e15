"""Which messages come, and when: each tap changes one kind, in place."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from bot.actions import wishes
from bot.talk.buttons import make
from bot.talk.rich import FSI, PDI
from bot.talk.screen import Button, Screen
from handlers.citizen.menu import back_button
from handlers.context import Context
from handlers.refused import kindly

_NO_ISOLATES = str.maketrans({FSI: None, PDI: None})  # a label is one line of one direction
_SIGNS = {wishes.NOW: "set-push-on", wishes.DAILY: "set-push-daily", wishes.OFF: "set-push-off"}


@kindly("err-old-button")
async def shown(update: Update, context: Context) -> None:
    """Each kind with what is chosen for it."""
    context.show(update, _screen(context, await wishes.wishes(context.work, context.city)))


def _screen(context: Context, chosen: Mapping[str, str]) -> Screen:
    reader, person, city = context.reader, context.person, context.city
    if person.stopped_at:
        rows = [[reader.button("btn-start-again", "p-go")], [back_button(context)]]
        return reader.screen(reader.rich("set-stopped"), rows=rows)
    rows = [[_kind(context, kind, mode)] for kind, mode in chosen.items()]
    if person.area:
        text, argument = ("btn-near-all", "off") if person.near else ("btn-near-only", "on")
        rows.append([reader.button(text, "p-near", argument)])
    rows += [[reader.button("btn-stop-all", "p-ask")], [back_button(context)]]
    texts = [reader.rich("set-push"), reader.rich("set-push-how")]
    if wishes.DAILY in chosen.values():
        texts.append(reader.rich("set-summary-on", clock=reader.digits(city.pack.digests["citizen_summary"].at)))
    return reader.screen(*texts, rows=rows)


def _kind(context: Context, kind: str, mode: str) -> Button:
    """A tap leads to the next mode."""
    reader, known = context.reader, wishes.modes(kind)
    following = known[(known.index(mode) + 1) % len(known)] if mode in known else known[0]
    label = reader.line(_SIGNS[mode], kind=reader.line(f"cast-kind-{kind}"))
    return Button(label.translate(_NO_ISOLATES), make("p-set", 0, f"{kind}.{following}"))


@kindly("err-old-button")
async def chosen(update: Update, context: Context) -> None:
    """This kind so, from now on."""
    kind, _, mode = context.press.argument.partition(".")
    wishes.wish(context.work, context.city, kind, mode)
    name = context.reader.line(f"cast-kind-{kind}")
    context.work.toast(context.reader.line(_SIGNS[mode], kind=name))
    known = {**await wishes.wishes(context.work, context.city), kind: mode}
    context.show(update, _screen(context, known))


@kindly("err-old-button")
async def near(update: Update, context: Context) -> None:
    """News of neighbourhoods: of all, or of one's own."""
    wishes.set_near(context.work, near=context.press.argument == "on")
    await shown(update, context)


@kindly("err-old-button")
async def ask(update: Update, context: Context) -> None:
    """What it means, before it is done."""
    reader = context.reader
    buttons = [reader.button("btn-stop-all", "p-stop"), reader.button("btn-no", "p-list")]
    context.show(update, reader.screen(reader.rich("set-stop-ask"), rows=[buttons]))


@kindly("err-old-button")
async def stop(update: Update, context: Context) -> None:
    """Nothing more."""
    wishes.stop(context.work)
    rows = [[context.reader.button("btn-start-again", "p-go")], [back_button(context)]]
    context.show(update, context.reader.screen(context.rich("set-stop-ok"), rows=rows))


@kindly("err-old-button")
async def go(update: Update, context: Context) -> None:
    """Everything again."""
    wishes.start_again(context.work)
    context.work.toast(context.reader.line("set-start-ok"))
    await shown(update, context)


VERBS = {"p-list": shown, "p-set": chosen, "p-near": near, "p-ask": ask, "p-stop": stop, "p-go": go}
