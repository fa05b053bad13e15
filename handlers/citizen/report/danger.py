"""Danger in somebody's words: the number comes before anything else."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.draft import Draft
from bot.talk.reader import Reader
from bot.talk.rich import Rich, parse
from bot.understand.danger import Kind
from handlers.citizen.help import phone_lines
from handlers.citizen.persian import in_persian
from handlers.citizen.report.state import is_open, version
from handlers.context import Context


def tell(context: Context, text: str, draft: Draft) -> bool:
    """Show the numbers for every kind of danger that was not told yet in this draft; answers whether any was."""
    kinds = [kind for kind in context.city.mind.dangers(text) if kind.key not in draft.told]
    if not kinds:
        return False
    reader = context.reader
    texts = _texts(context, reader, kinds)
    if reader.lang != "fa":  # whoever stands beside may read Persian alone
        texts += _texts(context, in_persian(reader), kinds)
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
    advices = dict.fromkeys(kind.advice for kind in kinds if kind.advice)
    return [
        reader.rich("err-emergency", numbers=phone_lines(reader, pack, numbers)),
        *(parse(pack.advice(key, reader.lang)) for key in advices),
    ]
