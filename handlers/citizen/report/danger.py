"""Danger in somebody's words: the number comes before anything else."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.draft import Draft
from bot.talk.reader import Reader
from bot.talk.rich import Rich
from bot.understand.danger import Kind
from handlers.citizen.report.state import is_open, version
from handlers.context import Context


def tell(context: Context, text: str, draft: Draft) -> bool:
    """Show the numbers for every kind of danger that was not told yet in this draft; answers whether any was."""
    kinds = [kind for kind in context.city.mind.dangers(text) if kind.key not in draft.told]
    if not kinds:
        return False
    reader = context.reader
    persian = replace(reader, lang="fa")
    texts = _texts(context, reader, kinds)
    if reader.lang != "fa":  # whoever stands beside may read Persian alone
        texts += _texts(context, persian, kinds)
    if any(kind.tone == "calm" for kind in kinds):
        context.say(reader.screen(*texts, gap="\n\n"))
        return True
    if not is_open(context):  # words added to a case: there is no draft to go on with
        context.say(reader.screen(*texts, gap="\n\n"))
        return True
    rows = [[reader.button("btn-continue", "r-go", version=version(context))]]
    context.say(reader.screen(*texts, reader.rich("err-emergency-continue"), rows=rows, gap="\n\n"))
    return True


def noted(context: Context, text: str, draft: Draft) -> Draft:
    """The draft with these kinds marked as told."""
    return replace(draft, told=draft.told | {kind.key for kind in context.city.mind.dangers(text)})


def is_calm(context: Context, text: str) -> bool:
    """Despair: the calm words alone, no menu and no report."""
    return any(kind.tone == "calm" for kind in context.city.mind.dangers(text))


def _texts(context: Context, reader: Reader, kinds: list[Kind]) -> list[Rich]:
    pack = context.city.pack
    if any(kind.tone == "calm" for kind in kinds):
        return [reader.rich("err-crisis")]
    numbers = dict.fromkeys(number for kind in kinds for number in kind.numbers)
    lines = "\n".join(
        reader.line("phone-line", name=reader.line(pack.phone_text(number)), number=reader.digits(number))
        for number in numbers
    )
    advices = dict.fromkeys(kind.advice for kind in kinds if kind.advice)
    from bot.talk.rich import parse

    return [
        reader.rich("err-emergency", numbers=lines),
        *(parse(pack.advice(key, reader.lang)) for key in advices),
    ]
