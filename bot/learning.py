"""What is made of a city pack before anybody is served by it, at the start and whenever it is read anew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.actions.city import City
from bot.domain.calendar import OfficialDays
from bot.domain.code import Codes
from bot.errors import PackError
from bot.pack.check import check_pack
from bot.pack.load import load_pack
from bot.pack.pack import Pack
from bot.portal.selectors import broken_selectors
from bot.talk.dates import Dates
from bot.talk.menu import LABELS
from bot.talk.texts import Texts
from bot.understand.canned import hollow_answers
from bot.understand.mind import Mind

LOOKS = (hollow_answers, broken_selectors)
"""What is looked for in a pack beside its own checks."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What is made of a city pack alone; several services may share it."""

    pack: Pack
    texts: Texts
    mind: Mind


def learn(folder: Path, overlay: Path | None = None) -> Learned:
    """Read a pack and its texts. Raises PackError."""
    pack = load_pack(folder, overlay)
    return Learned(pack, Texts(pack.ftl, pack.languages.default, frozenset(pack.languages.rtl)), Mind(pack))


def make_city(learned: Learned, key: bytes, official: OfficialDays) -> City:
    """The city for handlers and actions."""
    pack, texts = learned.pack, learned.texts
    dates, calendar = Dates(texts, pack.time.zone), pack.working_time(official)
    return City(pack, texts, dates, learned.mind, Codes(key), calendar, texts.labels(LABELS))


def relearn(folder: Path, overlay: Path | None = None) -> Learned:
    """The same with everything that `check-pack` looks at, and with the categories learned. Blocks for a second or two.

    Raises PackError for the first thing that is wrong.
    """
    for finding in check_pack(folder, overlay, LOOKS):
        if finding.level == "error":
            raise PackError(finding.file, finding.key, finding.what)
    learned = learn(folder, overlay)
    learned.mind.warm()
    return learned
