"""Cards: what is promised to citizens is what the municipality confirmed, and staff never read who reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from bot.clock import DAY, HOUR
from bot.pack import Pack, load_pack
from bot.talk.cards import own_card, own_line, timeline
from bot.talk.cases import place, title
from bot.talk.dates import Dates
from bot.talk.desk import Around, clip, desk_card
from bot.talk.reader import Reader
from bot.talk.rich import Code, visible
from bot.talk.texts import Texts

DATA = Path(__file__).parents[3] / "data"
NOW = 1_764_000_000_000


@dataclass(frozen=True)
class Happened:
    kind: str
    at: int
    person_id: int | None = None
    data: str = "{}"
    words: str = ""
    by: str = "citizen"


@dataclass(frozen=True)
class Case:
    code: str = "47291538"
    category: str = "street_light"
    area: str = "center"
    lat: float | None = None
    address: str = "خیابان شریعتی"
    landmark: str = ""
    words: str = "چراغ خاموش است"
    urgent: bool = False
    public: bool = False
    photo_missing: bool = False
    target_at: int | None = NOW + 3 * DAY
    channel: str = "bale"
    created_at: int = NOW - HOUR
    state: str = "received"
    hidden: bool = False
    reopened: int = 0
    referrals: int = 0
    supporters: int = 0
    org: str = ""
    reference: str = ""
    department: str = "civil"
    answer: str = ""
    closed_how: str = ""
    kind: str = ""
    standing: str = ""
    published: bool = False


@cache
def packs() -> tuple[Pack, Pack]:
    """As the municipality has it, and with everything confirmed."""
    return load_pack(DATA / "qorveh"), load_pack(DATA / "qorveh", DATA / "demo")


@cache
def reader(lang: str = "fa") -> Reader:
    pack = packs()[0]
    texts = Texts(pack.ftl, "fa", frozenset(pack.languages.rtl))
    return Reader(texts, Dates(texts, pack.time.zone), lang)


def shown(pack: Pack, case: Case, lang: str = "fa") -> str:
    return visible(own_card(reader(lang), pack, case, ["photo", "photo", "voice"], NOW))


def test_department_and_target_are_told_only_when_confirmed() -> None:
    unconfirmed, confirmed = packs()
    assert "واحد" not in shown(unconfirmed, Case())
    assert "زمان پیش‌بینی‌شده" not in shown(unconfirmed, Case())
    assert "واحد" in shown(confirmed, Case())
    assert "زمان پیش‌بینی‌شده" in shown(confirmed, Case())


def test_lateness_is_told_while_the_case_is_open_and_not_after() -> None:
    late = Case(target_at=NOW - DAY)
    assert "گذشته است" in shown(packs()[1], late)
    assert "گذشته است" not in shown(packs()[1], replace(late, state="cancelled"))


def test_the_reporter_sees_what_they_sent() -> None:
    text = shown(packs()[1], Case())
    assert "چراغ خاموش است" in text
    assert "خیابان شریعتی" in text
    assert "عکس: \u2068۲\u2069" in text


def test_the_code_can_be_copied() -> None:
    card = own_card(reader(), packs()[0], Case(), [], NOW)
    assert [part.text for part in card if isinstance(part, Code)] == ["۴۷۲۹ ۱۵۳۸"]


def test_a_title_is_topic_and_rough_place_and_never_the_words() -> None:
    case = Case()
    assert case.words not in visible(own_line(reader(), packs()[0], 1, case))
    assert title(reader("en"), packs()[0], "other", "") == "Topic not known yet"


@pytest.mark.parametrize("lang", ["fa", "ckb", "az", "en"])
@pytest.mark.parametrize("state", ["received", "reviewing", "referred", "in_progress", "done", "closed", "cancelled"])
def test_every_state_can_be_told_in_every_language(lang: str, state: str) -> None:
    case = Case(state=state)
    assert shown(packs()[0], case, lang)
    assert visible(desk_card(reader(lang), packs()[0], case, ["voice"], ["بیشتر"], Around(NOW)))


def test_a_landmark_of_the_pack_is_told_by_its_name() -> None:
    pack = packs()[1]
    key, mark = next(iter(pack.landmarks.items()))
    assert mark.name("fa") in place(reader(), pack, Case(address="", landmark=key))
    assert place(reader(), pack, Case(address="", landmark="روبه‌روی مسجد")) == "روبه‌روی مسجد"
    assert place(reader(), pack, Case(address="", lat=35.1)) == "نقطه‌ای روی نقشه"
    assert place(reader(), pack, Case(address="")) == ""


def test_the_desk_sees_additions_under_the_words() -> None:
    text = visible(desk_card(reader(), packs()[0], Case(), [], ["سه شب است"], Around(NOW)))
    assert text.index("چراغ خاموش است") < text.index("سه شب است")


def test_pieces_that_came_together_are_one_line_of_the_timeline() -> None:
    kinds = [("filed", NOW), ("added", NOW + HOUR), ("added", NOW + HOUR), ("other-kind", NOW + HOUR)]
    events = [Happened(kind, at) for kind, at in kinds]
    assert len(visible(timeline(reader(), packs()[0], "47291538", events)).splitlines()) == 3


def test_a_clipped_text_ends_between_words_even_without_spaces() -> None:
    assert clip("ا" * 700).startswith("ا" * 500)
    assert clip("کوتاه") == "کوتاه"
